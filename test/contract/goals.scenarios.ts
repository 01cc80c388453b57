import type { Role } from '../../api/auth/principal.ts';
import type { Relation } from '../harness/world.ts';
import type { Scenarios } from './scenario.ts';
import { personOfNobody } from './scenario.ts';

const ownIs = (status: number) => (_role: Role, relation: Relation): number | undefined => (relation === 'self' ? status : undefined);

export const goalsScenarios: Scenarios = {
  listGoals: {
    valid: async (world) => {
      await world.goal(world.org.agent.id);
      return { as: world.org.agent, query: { agentId: world.org.agent.id, status: 'open' } };
    },
    list: {
      add: (world, agentId) => world.goal(agentId),
      peopleIn: (body) => (body as { data: { agentId: number }[] }).data.map((goal) => goal.agentId),
      query: { limit: 100 },
    },
  },
  createGoal: {
    valid: ({ org, next }) => ({
      as: org.leader,
      body: { agentId: org.agent.id, title: `Shorter holds, ${next()}`, description: 'Look it up before putting on hold.', metric: 'aht', startValue: 420, targetValue: 360, dueDate: '2099-12-31' },
    }),
    cases: [
      { status: 404, when: 'nobody has the id', request: ({ org }) => ({ as: org.admin, body: { agentId: personOfNobody, title: 'Calm.' } }) },
      { status: 422, when: 'it is for oneself', request: ({ org }) => ({ as: org.leader, body: { agentId: org.leader.id, title: 'Calm.' } }) },
      { status: 422, when: 'a metric has no target', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Calm.', metric: 'csat' } }) },
      { status: 422, when: 'a target has no metric', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Calm.', targetValue: 4 } }) },
      { status: 422, when: 'it is due in the past', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Calm.', dueDate: '2001-01-01' } }) },
    ],
    about: { request: ({ next }, { id }) => ({ body: { agentId: id, title: `Goal ${next()}` } }), except: ownIs(422) },
  },
  getGoal: {
    valid: async (world) => ({ as: world.org.agent, params: { id: await world.goal(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id: await world.goal(id) } }) },
  },
  updateGoal: {
    valid: async (world) => ({
      as: world.org.leader,
      params: { id: await world.goal(world.org.agent.id) },
      body: { title: 'Now it says this.', description: null, dueDate: '2099-01-01', status: 'reached', outcome: 'Twice in a row.' },
    }),
    cases: [
      { status: 403, when: 'it is one’s own', request: async (world) => ({ as: world.org.leader, params: { id: await world.goal(world.org.leader.id) }, body: { status: 'reached' } }) },
      { status: 422, when: 'a goal that nothing measures is given a target', request: async (world) => ({ as: world.org.leader, params: { id: await world.goal(world.org.agent.id) }, body: { targetValue: 1 } }) },
    ],
    about: { request: async (world, { id }) => ({ params: { id: await world.goal(id) }, body: { status: 'dropped', outcome: 'Other work.' } }), except: ownIs(403) },
  },
};
