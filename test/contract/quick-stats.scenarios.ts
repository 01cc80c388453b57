import { uuidOfNobody, type Scenarios } from './scenario.ts';

export const quickStatsScenarios: Scenarios = {
  getQuickStats: {
    valid: ({ org }) => ({ as: org.leader }),
    cases: [
      { status: 404, when: 'the team is led by somebody else', request: ({ org }) => ({ as: org.leader, query: { teamId: org.otherTeam.id } }) },
      { status: 404, when: 'there is no such team', request: ({ org }) => ({ as: org.manager, query: { teamId: uuidOfNobody } }) },
      { status: 404, when: 'a front-line person asks for their team', request: ({ org }) => ({ as: org.agent, query: { teamId: org.team.id } }) },
      { status: 400, when: 'the day is in the future', request: ({ org }) => ({ as: org.leader, query: { asOf: '2099-12-31' } }) },
    ],
  },
  listQuickStatsPeople: {
    valid: ({ org }) => ({ as: org.leader, query: { onlineStatus: 'offline', limit: 10 } }),
    cases: [{ status: 404, when: 'the team is led by somebody else', request: ({ org }) => ({ as: org.leader, query: { teamId: org.otherTeam.id } }) }],
    list: {
      add: () => Promise.resolve(), // whoever is at the front line is in it
      peopleIn: (body) => (body as { data: { agentId: number }[] }).data.map((row) => row.agentId),
      query: { limit: 100 },
    },
  },
};
