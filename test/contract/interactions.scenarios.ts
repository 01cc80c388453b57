import type { World } from '../harness/world.ts';
import { personOfNobody, type Scenarios } from './scenario.ts';

/** A chat that nobody has told of yet; it is still open. */
const reportOf = (world: World, more: object = {}): object => ({
  source: 'desk', externalId: `chat-${world.next()}`, channel: 'chat', startedAt: new Date(Date.now() - 60_000).toISOString(), outcome: 'open', ...more,
});

export const interactionsScenarios: Scenarios = {
  listInteractions: {
    valid: async (world) => {
      await world.interaction(world.org.agent.id);
      return { as: world.org.leader, query: { agentId: world.org.agent.id, limit: 10 } };
    },
    list: {
      add: (world, agentId) => world.interaction(agentId),
      peopleIn: (body) => (body as { data: { agentId: number }[] }).data.map((row) => row.agentId),
      query: { limit: 500 },
    },
  },
  recordInteractions: {
    valid: (world) => ({ as: world.org.manager, body: reportOf(world, { agentId: world.org.agent.id }) }),
    cases: [
      { status: 200, when: 'several are told of, one of them wrong', request: (world) => ({ as: world.org.admin, body: { interactions: [reportOf(world), { source: 'desk', channel: 'pigeon' }] } }) },
      { status: 422, when: 'the person is nobody here', request: (world) => ({ as: world.org.admin, body: reportOf(world, { agentId: personOfNobody }) }) },
      { status: 422, when: 'nothing is known of it yet but a rating', request: (world) => ({ as: world.org.admin, body: { source: 'desk', externalId: `new-${world.next()}`, rating: 4 } }) },
    ],
  },
  getInteraction: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await world.interaction(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id: await world.interaction(id) } }) },
  },
  listTranscripts: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await world.transcribed(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id: await world.transcribed(id) } }) },
  },
};
