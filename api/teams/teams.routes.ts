import { presentAgentTo } from '../agents/agent.presenter.ts';
import type { AgentsService } from '../agents/agents.service.ts';
import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import { presentTeam } from './team.presenter.ts';
import type { TeamsService } from './teams.service.ts';

export type TeamsOperations =
  | 'listTeams' | 'createTeam' | 'getTeam' | 'updateTeam' | 'listTeamMembers' | 'setTeamMembers'
  | 'getTeamSettings' | 'updateTeamSettings';

export const teamsRoutes = (teams: TeamsService, agents: AgentsService) =>
  defineHandlers<TeamsOperations>({
    listTeams: async ({ query: { page = 1, limit = 20 } }) => {
      const { rows, total } = await teams.list(page, limit);
      return { status: 200, body: { data: rows.map(presentTeam), meta: pageMeta(total, page, limit) } };
    },
    createTeam: async ({ principal, body }) => {
      const team = await teams.create(principal, body);
      return { status: 201, body: presentTeam(team), headers: { ...etag(team.version), Location: `/api/teams/${team.id}` } };
    },
    getTeam: async ({ params }) => {
      const team = await teams.get(params.id);
      return { status: 200, body: presentTeam(team), headers: etag(team.version) };
    },
    updateTeam: async ({ principal, params, body, headers }) => {
      const team = await teams.update(principal, params.id, body, expectedVersion(headers));
      return { status: 200, body: presentTeam(team), headers: etag(team.version) };
    },
    listTeamMembers: async ({ principal, params, query: { page = 1, limit = 20 } }) => {
      await teams.get(params.id);
      const { rows, total } = await agents.list({ teamId: params.id, status: 'active' }, { page, limit });
      return { status: 200, body: { data: rows.map((row) => presentAgentTo(principal, row)), meta: pageMeta(total, page, limit) } };
    },
    setTeamMembers: async ({ principal, params, body }) => {
      const team = await teams.setMembers(principal, params.id, body.agentIds);
      return { status: 200, body: presentTeam(team), headers: etag(team.version) };
    },
    getTeamSettings: async ({ principal, params }) => {
      const state = await teams.settings(principal, params.id);
      return { status: 200, body: state, headers: etag(state.version) };
    },
    updateTeamSettings: async ({ principal, params, body, headers }) => {
      const state = await teams.updateSettings(principal, params.id, body, expectedVersion(headers));
      return { status: 200, body: state, headers: etag(state.version) };
    },
  });
