import { createHash, randomBytes } from 'node:crypto';
import { BrowserCookie } from '../../api/auth/browser-cookie.ts';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import type { TestApp } from '../harness/app.ts';
import { TEST_PASSWORD } from '../harness/people.ts';
import type { World } from '../harness/world.ts';
import type { Scenarios } from './scenario.ts';

const system = systemPrincipal('test');

/** A fresh sign-in of a person made for it. */
async function signIn({ app, next }: World) {
  const username = `signs_in_${next()}`;
  await app.people.create('cs', { username });
  return app.ctx.auth.login(system, username, TEST_PASSWORD);
}

/** The secret of a link that an administrator would hand over. */
async function linkFor(app: TestApp, agentId: number): Promise<string> {
  return (await app.ctx.passwords.issueFor(system, agentId, false)).link?.split('#token=')[1] ?? '';
}

const firstAdministrator = (token: string) => ({ token, username: 'first_admin', email: 'first@example.test', fullName: 'First Admin', password: TEST_PASSWORD });

/** A cookie as a browser would send it, in an installation that is asked at its own address. */
async function inBrowser(world: World) {
  const username = `browses_${world.next()}`;
  const { id } = await world.app.people.create('cs', { username });
  const { refreshToken } = await world.app.ctx.auth.login(system, username, TEST_PASSWORD, 'cookie');
  const cookie = new BrowserCookie(world.app.config).keep(id, refreshToken)['Set-Cookie'] ?? '';
  return { as: null, headers: { Origin: world.app.url, Cookie: cookie }, body: { agentId: id } };
}

const FOREIGN = { Origin: 'https://elsewhere.example.test' };

export const authScenarios: Scenarios = {
  login: {
    valid: ({ org }) => ({ as: null, body: { username: org.leader.username, password: TEST_PASSWORD } }),
    cases: [
      { status: 401, when: 'the password is wrong', request: ({ org }) => ({ as: null, body: { username: org.viewer.username, password: 'Wrong-Horse-1' } }) },
      { status: 401, when: 'nobody has the name', request: ({ next }) => ({ as: null, body: { username: `nobody_${next()}`, password: TEST_PASSWORD } }) },
      {
        status: 403,
        when: 'another password has to be chosen first',
        request: async ({ app, next }) => {
          const username = `must_change_${next()}`;
          const { id } = await app.people.create('cs', { username });
          await app.ctx.passwords.issueFor(system, id, true);
          return { as: null, body: { username, password: TEST_PASSWORD } };
        },
      },
      {
        status: 429,
        when: 'the name is locked after failures',
        request: async ({ app, next }) => {
          const username = `locked_${next()}`;
          for (let i = 0; i < 5; i++) await app.ctx.auth.login(system, username, 'wrong').catch(() => undefined);
          return { as: null, body: { username, password: TEST_PASSWORD } };
        },
      },
    ],
  },
  refreshTokens: {
    valid: async (world) => ({ as: null, body: { refreshToken: (await signIn(world)).refreshToken } }),
    cases: [
      { status: 401, when: 'the token is none', request: () => ({ as: null, body: { refreshToken: randomBytes(32).toString('base64url') } }) },
      {
        status: 401,
        when: 'the token was used before',
        request: async (world) => {
          const { refreshToken } = await signIn(world);
          await world.app.ctx.auth.refresh(system, refreshToken);
          return { as: null, body: { refreshToken } };
        },
      },
    ],
  },
  loginInBrowser: {
    valid: ({ app, org }) => ({ as: null, headers: { Origin: app.url }, body: { username: org.leader.username, password: TEST_PASSWORD } }),
    cases: [
      { status: 401, when: 'the password is wrong', request: ({ app, org }) => ({ as: null, headers: { Origin: app.url }, body: { username: org.viewer.username, password: 'Wrong-Horse-1' } }) },
      { status: 403, when: 'the page is another server’s', request: ({ org }) => ({ as: null, headers: FOREIGN, body: { username: org.leader.username, password: TEST_PASSWORD } }) },
    ],
  },
  refreshInBrowser: {
    valid: inBrowser,
    cases: [
      { status: 401, when: 'the browser keeps nothing of the person', request: ({ app, org }) => ({ as: null, headers: { Origin: app.url }, body: { agentId: org.leader.id } }) },
      { status: 403, when: 'the page is another server’s', request: async (world) => ({ ...(await inBrowser(world)), headers: FOREIGN }) },
    ],
  },
  logout: { valid: async (world) => ({ as: { token: (await signIn(world)).accessToken } }) },
  changePassword: {
    valid: async (world) => ({ as: { token: (await signIn(world)).accessToken }, body: { currentPassword: TEST_PASSWORD, newPassword: 'Another-Horse-2' } }),
    cases: [
      { status: 422, when: 'the current one is wrong', request: async (world) => ({ as: { token: (await signIn(world)).accessToken }, body: { currentPassword: 'Wrong-Horse-1', newPassword: 'Another-Horse-2' } }) },
      { status: 422, when: 'it is the same again', request: async (world) => ({ as: { token: (await signIn(world)).accessToken }, body: { currentPassword: TEST_PASSWORD, newPassword: TEST_PASSWORD } }) },
      { status: 400, when: 'the new one is weak', request: async (world) => ({ as: { token: (await signIn(world)).accessToken }, body: { currentPassword: TEST_PASSWORD, newPassword: 'lowercase1' } }) },
    ],
  },
  forgotPassword: {
    valid: ({ org }) => ({ as: null, body: { usernameOrEmail: org.agent.username } }),
    cases: [{ status: 202, when: 'nobody has the name', request: ({ next }) => ({ as: null, body: { usernameOrEmail: `nobody_${next()}` } }) }],
  },
  resetPassword: {
    valid: async (world) => ({ as: null, body: { token: await linkFor(world.app, await world.someone()), password: 'Another-Horse-2' } }),
    cases: [{ status: 401, when: 'there is no such link', request: () => ({ as: null, body: { token: randomBytes(32).toString('base64url'), password: 'Another-Horse-2' } }) }],
  },
  sendPasswordLink: {
    valid: async (world) => ({ as: world.org.admin, params: { id: await world.someone() }, body: { mustChange: true } }),
    cases: [
      { status: 200, when: 'nothing is said of how', request: async (world) => ({ as: world.org.admin, params: { id: await world.someone() } }) },
      {
        status: 409,
        when: 'the person is not active any more',
        request: async (world) => {
          const id = await world.someone();
          await world.app.query(sql`update agents set is_active = false where id = ${id}`);
          return { as: world.org.admin, params: { id } };
        },
      },
    ],
    about: { request: (_world, { id }) => ({ params: { id }, body: {} }) },
  },
  getMe: { valid: ({ org }) => ({ as: org.agent }) },
  completeSetup: {
    valid: () => ({ as: null, body: firstAdministrator(randomBytes(32).toString('base64url')) }),
    validGives: 401,
    cases: [
      {
        status: 201,
        when: 'nobody is there and the link is fresh',
        request: async (world) => {
          const app = await world.emptyInstallation();
          return { as: null, app, body: firstAdministrator((await app.ctx.auth.offerSetup()) ?? '') };
        },
      },
      {
        status: 409,
        when: 'somebody was created after the link was offered',
        request: async ({ app }) => {
          const token = randomBytes(32).toString('base64url');
          const hash = createHash('sha256').update(token).digest();
          await app.query(sql`insert into one_time_tokens (token_hash, purpose, expires_at) values (${hash}, 'setup', now() + interval '1 hour')`);
          return { as: null, body: firstAdministrator(token) };
        },
      },
    ],
  },
};
