import type { World } from '../harness/world.ts';
import type { Scenarios } from './scenario.ts';

const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();

async function snoozed(world: World, agentId: number = world.org.agent.id): Promise<number> {
  const { snoozes } = world.app.ctx;
  await snoozes.snooze(await world.principal(world.org.admin), agentId, { until: tomorrow(), reason: 'On a course' });
  return agentId;
}

/** Leaders, managers and administrators are not in the queue themselves. */
const onlyFrontLine = (_role: string, relation: string): number | undefined => (relation === 'self' ? 422 : undefined);

export const priorityQueueScenarios: Scenarios = {
  getPriorityQueue: {
    valid: ({ org }) => ({ as: org.leader, query: { teamId: org.team.id } }),
    about: { request: (_world, { teamId }) => ({ query: { teamId } }) },
    cases: [{ status: 404, when: 'the team is another leader’s', request: ({ org }) => ({ as: org.leader, query: { teamId: org.otherTeam.id } }) }],
    list: {
      add: (world, agentId) => world.note(agentId),
      peopleIn: (body) => {
        const { data, notEligible } = body as Record<'data' | 'notEligible', { agent: { id: number } }[]>;
        return [...data, ...notEligible].map(({ agent }) => agent.id);
      },
      query: { limit: 500 },
    },
  },
  getQueueEvidence: {
    valid: ({ org }) => ({ as: org.leader, params: { agentId: org.agent.id }, query: { kind: 'notes' } }),
    about: { request: (_world, { id }) => ({ params: { agentId: id }, query: { kind: 'overdueActions' } }) },
  },
  snoozeAgent: {
    valid: ({ org, next }) => ({ as: org.leader, params: { agentId: org.agent.id }, body: { until: tomorrow(), reason: `Busy week ${next()}` } }),
    cases: [{ status: 422, when: 'the end has passed', request: ({ org }) => ({ as: org.leader, params: { agentId: org.agent.id }, body: { until: '2020-01-01', reason: 'Too late' } }) }],
    about: { request: (_world, { id }) => ({ params: { agentId: id }, body: { until: tomorrow(), reason: 'Later' } }), except: onlyFrontLine },
  },
  wakeAgent: {
    valid: async (world) => ({ as: world.org.leader, params: { agentId: await snoozed(world) } }),
    cases: [{ status: 422, when: 'the person is not in the queue', request: ({ org }) => ({ as: org.admin, params: { agentId: org.leader.id } }) }],
    about: { request: async (world, { id }) => ({ params: { agentId: world.isFrontLine(id) ? await snoozed(world, id) : id } }), except: onlyFrontLine },
  },
};
