import type { Scenarios } from './scenario.ts';

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
  getInteraction: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await world.interaction(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id: await world.interaction(id) } }) },
  },
};
