import { DEFAULT_TEAM_SETTINGS } from '../../api/performance/team-settings.ts';
import type { Scenarios } from './scenario.ts';

export const teamsScenarios: Scenarios = {
  listTeams: { valid: ({ org }) => ({ as: org.agent, query: { limit: 100 } }) },
  createTeam: {
    valid: ({ org, next }) => ({ as: org.manager, body: { name: `Crew ${next()}`, department: 'Support', leaderIds: [org.leader.id] } }),
    cases: [
      { status: 409, when: 'the name is taken', request: ({ org }) => ({ as: org.admin, body: { name: org.team.name.toUpperCase(), department: 'Support' } }) },
      { status: 422, when: 'a leader may not lead', request: ({ org, next }) => ({ as: org.admin, body: { name: `Crew ${next()}`, department: 'Support', leaderIds: [org.agent.id] } }) },
    ],
  },
  getTeam: { valid: ({ org }) => ({ as: org.agent, params: { id: org.team.id } }) },
  updateTeam: {
    valid: async (world) => ({ as: world.org.manager, params: { id: await world.team() }, body: { name: `Renamed ${world.next()}`, isActive: false } }),
    cases: [
      { status: 409, when: 'the name is taken', request: async (world) => ({ as: world.org.admin, params: { id: await world.team() }, body: { name: world.org.team.name } }) },
      { status: 422, when: 'a leader may not lead', request: async (world) => ({ as: world.org.admin, params: { id: await world.team() }, body: { leaderIds: [world.org.viewer.id] } }) },
    ],
  },
  listTeamMembers: { valid: ({ org }) => ({ as: org.agent, params: { id: org.team.id } }) },
  setTeamMembers: {
    valid: async (world) => ({ as: world.org.manager, params: { id: await world.team() }, body: { agentIds: [await world.someone()] } }),
    cases: [
      {
        status: 403,
        when: 'a manager moves an administrator',
        request: async (world) => ({ as: world.org.manager, params: { id: await world.team() }, body: { agentIds: [world.org.admin.id] } }),
      },
      { status: 422, when: 'somebody is not there', request: async (world) => ({ as: world.org.admin, params: { id: await world.team() }, body: { agentIds: [2_147_483_647] } }) },
    ],
  },
  getTeamSettings: {
    valid: ({ org }) => ({ as: org.leader, params: { id: org.team.id } }),
    about: { request: (_world, { teamId }) => ({ params: { id: teamId } }) },
  },
  updateTeamSettings: {
    valid: ({ org, next }) => ({ as: org.leader, params: { id: org.team.id }, body: { ...DEFAULT_TEAM_SETTINGS, cadenceDays: 7 + (next() % 60) } }),
    cases: [
      {
        status: 422,
        when: 'the weights are not 100 together',
        request: ({ org }) => ({ as: org.leader, params: { id: org.team.id }, body: { ...DEFAULT_TEAM_SETTINGS, weights: { ...DEFAULT_TEAM_SETTINGS.weights, trend: 14 } } }),
      },
    ],
    about: { request: (_world, { teamId }) => ({ params: { id: teamId }, body: DEFAULT_TEAM_SETTINGS }) },
  },
};
