import { uuidOfNobody, type Scenarios } from './scenario.ts';

export const statusBoardScenarios: Scenarios = {
  getStatusBoard: {
    valid: ({ org }) => ({ as: org.leader, query: { teamId: org.team.id } }),
    cases: [{ status: 404, when: 'there is no such team', request: ({ org }) => ({ as: org.viewer, query: { teamId: uuidOfNobody } }) }],
    about: { request: (_world, { teamId }) => ({ query: { teamId } }) },
  },
};
