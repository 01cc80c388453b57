import type { World } from '../harness/world.ts';
import type { Scenarios } from './scenario.ts';

async function withdrawn(world: World, agentId: number): Promise<string> {
  const id = await world.sessionRequest(agentId);
  const { org, app } = world;
  const by = await world.principal([org.agent, org.leader].find((person) => person.id === agentId) ?? org.agent);
  await app.ctx.sessionRequests.withdraw(by, id);
  return id;
}

export const sessionRequestsScenarios: Scenarios = {
  listSessionRequests: {
    valid: async (world) => {
      await world.sessionRequest(world.org.agent.id);
      return { as: world.org.leader, query: { agentId: world.org.agent.id, status: 'open', late: false } };
    },
    list: {
      add: (world, agentId) => world.sessionRequest(agentId),
      peopleIn: (body) => (body as { data: { agentId: number }[] }).data.map((request) => request.agentId),
      query: { limit: 100 },
    },
  },
  createSessionRequest: {
    valid: async (world) => {
      await world.noRequests(world.org.agent.id);
      return { as: world.org.agent, body: { topic: `Difficult callers, ${world.next()}`, message: 'I had two of them yesterday.', preferredTimes: ['2099-03-02T09:00:00Z', '2099-03-03T10:00:00+02:00'] } };
    },
    cases: [
      { status: 400, when: 'a preferred time is a second that no clock here has', request: ({ org }) => ({ as: org.agent, body: { topic: 'A leap second', preferredTimes: ['2098-12-31T23:59:60Z'] } }) },
      {
        status: 409,
        when: 'ten of theirs wait for an answer',
        request: async (world) => {
          const { org, app } = world;
          await world.noRequests(org.leader.id);
          const by = await world.principal(org.leader);
          for (let n = 0; n < 10; n++) await app.ctx.sessionRequests.create(by, { topic: `One more, ${world.next()}` });
          return { as: org.leader, body: { topic: 'And another' } };
        },
      },
      { status: 422, when: 'a preferred time is over', request: ({ org }) => ({ as: org.agent, body: { topic: 'Last year', preferredTimes: ['2001-01-01T09:00:00Z'] } }) },
    ],
  },
  getSessionRequest: {
    valid: async (world) => ({ as: world.org.agent, params: { id: await world.sessionRequest(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id: await world.sessionRequest(id) } }) },
  },
  declineSessionRequest: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await world.sessionRequest(world.org.agent.id) }, body: { reason: 'We talk about it on Monday anyway.' } }),
    cases: [
      { status: 403, when: 'it is one’s own', request: async (world) => ({ as: world.org.leader, params: { id: await world.sessionRequest(world.org.leader.id) }, body: { reason: 'No time.' } }) },
      { status: 409, when: 'it was withdrawn', request: async (world) => ({ as: world.org.leader, params: { id: await withdrawn(world, world.org.agent.id) }, body: { reason: 'No time.' } }) },
    ],
    about: {
      request: async (world, { id }) => ({ params: { id: await world.sessionRequest(id) }, body: { reason: 'No time.' } }),
      // One’s own request is for others to answer.
      except: (_role, relation) => (relation === 'self' ? 403 : undefined),
    },
  },
  withdrawSessionRequest: {
    valid: async (world) => ({ as: world.org.agent, params: { id: await world.sessionRequest(world.org.agent.id) } }),
    cases: [
      { status: 403, when: 'it is somebody else’s', request: async (world) => ({ as: world.org.leader, params: { id: await world.sessionRequest(world.org.agent.id) } }) },
      { status: 409, when: 'it was withdrawn before', request: async (world) => ({ as: world.org.agent, params: { id: await withdrawn(world, world.org.agent.id) } }) },
    ],
    about: {
      request: async (world, { id }) => ({ params: { id: await world.sessionRequest(id) } }),
      except: (role, relation) => (role === 'team_leader' && relation === 'ownTeam' ? 403 : undefined),
    },
  },
};
