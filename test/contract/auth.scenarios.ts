import { createHash, randomBytes } from 'node:crypto';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
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

const firstAdministrator = (token: string) => ({ token, username: 'first_admin', email: 'first@example.test', fullName: 'First Admin', password: TEST_PASSWORD });

export const authScenarios: Scenarios = {
  login: {
    valid: ({ org }) => ({ as: null, body: { username: org.leader.username, password: TEST_PASSWORD } }),
    cases: [
      { status: 401, when: 'the password is wrong', request: ({ org }) => ({ as: null, body: { username: org.viewer.username, password: 'Wrong-Horse-1' } }) },
      { status: 401, when: 'nobody has the name', request: ({ next }) => ({ as: null, body: { username: `nobody_${next()}`, password: TEST_PASSWORD } }) },
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
  logout: { valid: async (world) => ({ as: { token: (await signIn(world)).accessToken } }) },
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
