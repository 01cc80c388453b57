import { presentAgent } from '../agents/agent.presenter.ts';
import type { AgentsService } from '../agents/agents.service.ts';
import type { Config } from '../config.ts';
import { unauthorized } from '../errors/problem.ts';
import { defineHandlers } from '../http/handler.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import type { AuthService, Tokens } from './auth.service.ts';
import { BrowserCookie } from './browser-cookie.ts';
import type { PasswordsService } from './passwords.service.ts';

export type AuthOperations = 'login' | 'refreshTokens' | 'loginInBrowser' | 'refreshInBrowser' | 'logout' | 'getMe' | 'completeSetup'
  | 'forgotPassword' | 'resetPassword' | 'changePassword' | 'sendPasswordLink';

export const authRoutes = (auth: AuthService, passwords: PasswordsService, agents: AgentsService, teams: TeamsService, config: Config) => {
  const cookie = new BrowserCookie(config);
  const kept = ({ refreshToken, agent, ...tokens }: Tokens) => ({ status: 200, body: { ...tokens, agent: presentAgent(agent) }, headers: cookie.keep(agent.id, refreshToken) }) as const;
  return defineHandlers<AuthOperations>({
    login: async ({ principal, body }) => ({ status: 200, body: present(await auth.login(principal, body.username, body.password)) }),
    refreshTokens: async ({ principal, body }) => ({ status: 200, body: present(await auth.refresh(principal, body.refreshToken)) }),
    loginInBrowser: async ({ principal, body, stream }) => {
      cookie.assertOwnPage(stream.headers);
      return kept(await auth.login(principal, body.username, body.password, 'cookie'));
    },
    refreshInBrowser: async ({ principal, body, stream }) => {
      cookie.assertOwnPage(stream.headers);
      const token = cookie.read(stream.headers, body.agentId);
      if (!token) throw unauthorized('refresh_invalid', 'This browser keeps no sign-in of this person; sign in again.');
      return kept(await auth.refreshInBrowser(principal, body.agentId, token));
    },
    logout: async ({ principal, stream }) => {
      const inCookie = cookie.read(stream.headers, principal.agentId);
      await auth.logout(principal, inCookie);
      return { status: 200, body: { success: true, message: 'Signed out.' }, headers: inCookie === undefined ? {} : cookie.takeAway(principal.agentId) };
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
    forgotPassword: async ({ principal, body }) => {
      await passwords.forgot(principal, body.usernameOrEmail);
      const message = passwords.sendsMail ? 'If there is such a person, a link is on its way to them.' : 'This installation sends no mail; ask an administrator for a link.';
      return { status: 202, body: { success: true, message } };
    },
    resetPassword: async ({ principal, body }) => {
      await passwords.reset(principal, body.token, body.password);
      return { status: 200, body: { success: true, message: 'The password is set; sign in with it.' } };
    },
    changePassword: async ({ principal, body }) => {
      await passwords.change(principal, body.currentPassword, body.newPassword);
      return { status: 200, body: { success: true, message: 'The password is changed; other sign-ins have ended.' } };
    },
    sendPasswordLink: async ({ principal, params, body }) => ({ status: 200, body: await passwords.issueFor(principal, params.id, body?.mustChange ?? false) }),
  });
};

const present = ({ agent, ...tokens }: Tokens) => ({ ...tokens, agent: presentAgent(agent) });
