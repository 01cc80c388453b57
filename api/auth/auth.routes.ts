import { presentAgent } from '../agents/agent.presenter.ts';
import type { AgentsService } from '../agents/agents.service.ts';
import type { Config } from '../config.ts';
import { defineHandlers } from '../http/handler.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import type { AuthService, Tokens } from './auth.service.ts';

export type AuthOperations = 'login' | 'refreshTokens' | 'logout' | 'getMe' | 'completeSetup';

export const authRoutes = (auth: AuthService, agents: AgentsService, teams: TeamsService, config: Config) =>
  defineHandlers<AuthOperations>({
    login: async ({ principal, body }) => ({ status: 200, body: present(await auth.login(principal, body.username, body.password)) }),
    refreshTokens: async ({ principal, body }) => ({ status: 200, body: present(await auth.refresh(principal, body.refreshToken)) }),
    logout: async ({ principal }) => {
      await auth.logout(principal);
      return { status: 200, body: { success: true, message: 'Signed out.' } };
    },
    getMe: async ({ principal }) => ({
      status: 200,
      body: {
        agent: presentAgent(await agents.get(principal.agentId)),
        ledTeams: await teams.refs(principal.ledTeamIds),
        installation: { demo: config.demo, simulated: config.simulator, businessTimezone: config.businessTimezone },
      },
    }),
    completeSetup: async ({ principal, body }) => ({ status: 201, body: present(await auth.setup(principal, body)) }),
  });

const present = ({ agent, ...tokens }: Tokens) => ({ ...tokens, agent: presentAgent(agent) });
