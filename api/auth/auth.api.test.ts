import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { systemPrincipal } from './principal.ts';
import { sql } from '../db/db.ts';
import { call, send } from '../../test/harness/calls.ts';
import { fingerprint } from '../../test/harness/fingerprint.ts';
import { TEST_PASSWORD } from '../../test/harness/people.ts';
import { startTestApp } from '../../test/harness/app.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

const system = systemPrincipal('test');

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresIn: number;
  readonly agent: { readonly id: number };
}

/** A clock that tests turn. */
class TestClock {
  #ahead = 0;
  now(): Date {
    return new Date(Date.now() + this.#ahead);
  }
  forward(seconds: number): void {
    this.#ahead += seconds * 1000;
  }
}

describe('Signing in', function () {
  this.timeout(30_000);
  const clock = new TestClock();
  let world: World;

  before(async () => {
    world = await startWorld('auth', { JWT_EXPIRY: '15m', REFRESH_TOKEN_EXPIRY: '7d' }, { clock });
  });
  after(() => world.close());

  const login = (username: string, password = TEST_PASSWORD) => call(world.app, 'login', { as: null, body: { username, password } });
  const refresh = (refreshToken: string) => call(world.app, 'refreshTokens', { as: null, body: { refreshToken } });
  const me = (token: string) => call(world.app, 'getMe', { as: { token } });
  const someone = async (): Promise<string> => {
    const username = `Somebody_${world.next()}`;
    await world.app.people.create('cs', { username });
    return username;
  };
  const signIn = async (username: string): Promise<Tokens> => (await login(username)).body as Tokens;

  it('works with the user name and with the e-mail, whatever their case', async () => {
    const username = await someone();
    for (const name of [username, username.toUpperCase(), `${username}@example.test`, `${username.toUpperCase()}@EXAMPLE.test`]) {
      const { status, body } = await login(name);
      expect(status, name).to.equal(200);
      expect(body).to.include({ tokenType: 'Bearer', expiresIn: 900 });
      expect((await me((body as Tokens).accessToken)).body).to.nested.include({ 'agent.username': username });
    }
  });

  it('says the same of a wrong password, an unknown name and somebody deactivated', async () => {
    const [known, gone] = [await someone(), await someone()];
    await world.app.query(sql`update agents set is_active = false where username = ${gone}`);
    const answers = [await login(known, 'Wrong-Horse-1'), await login(`nobody_${world.next()}`), await login(gone)];
    for (const { status, body } of answers) {
      expect(status).to.equal(401);
      expect(body).to.include({ code: 'wrong_credentials', detail: 'User name or password is wrong.' });
    }
  });

  it('takes a name of any letters for a wrong one', async () => {
    for (const username of ['İ'.repeat(255), 'ß'.repeat(255), '🦄'.repeat(255), '%', "' or 1=1 --"]) {
      expect((await login(username)).status, username.slice(0, 8)).to.equal(401);
    }
  });

  it('is impossible for somebody without a password, such as people from an import', async () => {
    const username = await someone();
    await world.app.query(sql`update agents set password_hash = '!' where username = ${username}`);
    for (const password of ['!', TEST_PASSWORD, 'nobody has this password']) expect((await login(username, password)).status).to.equal(401);
  });

  it('has to wait after five failures, longer each time, even with the right password', async () => {
    const username = await someone();
    for (let i = 0; i < 5; i++) expect((await login(username, 'Wrong-Horse-1')).status).to.equal(401);
    const waits: number[] = [];
    for (let i = 0; i < 4; i++) {
      const locked = await login(username);
      expect(locked.status).to.equal(429);
      expect(locked.body).to.include({ code: 'locked' });
      waits.push(Number(locked.headers.get('retry-after')));
      clock.forward((waits.at(-1) ?? 0) + 1);
      if (i < 3) expect((await login(username.toUpperCase(), 'Wrong-Horse-1')).status).to.equal(401);
    }
    expect(waits).to.deep.equal([2, 4, 8, 16]);
    expect((await login(username)).status).to.equal(200);
    expect((await login(username, 'Wrong-Horse-1')).status, 'the slate is clean').to.equal(401);
    expect((await login(username)).status).to.equal(200);
  });

  it('waits a quarter of an hour at most', async () => {
    const username = await someone();
    await login(username, 'Wrong-Horse-1');
    await world.app.query(sql`update login_failures set failures = 1000000 where last_failed_at = (select max(last_failed_at) from login_failures)`);
    await login(username, 'Wrong-Horse-1');
    expect(Number((await login(username)).headers.get('retry-after'))).to.be.within(890, 900);
  });

  it('writes refused and successful sign-ins into the audit log, never the password', async () => {
    const username = await someone();
    await login(username, 'Wrong-Horse-1');
    await login(username);
    const rows = await world.app.query(sql<{ action: string; text: string }>`select action, a::text as text from audit_log a where action like 'auth.login%' order by at desc limit 2`);
    expect(rows.map((row) => row.action).sort()).to.deep.equal(['auth.login', 'auth.login_failed']);
    for (const { text } of rows) expect(text).to.not.match(/Horse/);
  });

  describe('gives a refresh token', () => {
    it('that works once, for new tokens of the same sign-in', async () => {
      const first = await signIn(await someone());
      const second = (await refresh(first.refreshToken)).body as Tokens;
      expect(second.refreshToken).to.not.equal(first.refreshToken);
      expect((await me(second.accessToken)).body).to.nested.include({ 'agent.id': first.agent.id });
    });

    it('whose second use ends the whole family', async () => {
      const first = await signIn(await someone());
      const second = (await refresh(first.refreshToken)).body as Tokens;
      const reused = await refresh(first.refreshToken);
      expect([reused.status, (reused.body as { code: string }).code]).to.deep.equal([401, 'refresh_reused']);
      expect((await refresh(second.refreshToken)).body).to.include({ code: 'refresh_invalid' });
      for (const { accessToken } of [first, second]) expect((await me(accessToken)).body).to.include({ status: 401, code: 'session_ended' });
    });

    it('of which at most one of many uses at once succeeds, and none of its tokens lives on', async () => {
      const first = await signIn(await someone());
      const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(first.refreshToken)));
      const successes = answers.filter((answer) => answer.status === 200).map((answer) => answer.body as Tokens);
      expect(successes).to.have.lengthOf(1);
      for (const { accessToken, refreshToken } of [first, ...successes]) {
        expect((await me(accessToken)).status).to.equal(401);
        expect((await refresh(refreshToken)).status).to.equal(401);
      }
    });

    it('of which another sign-in of the same person knows nothing', async () => {
      const username = await someone();
      const [stolen, other] = [await signIn(username), await signIn(username)];
      await refresh(stolen.refreshToken);
      await refresh(stolen.refreshToken);
      expect((await me(other.accessToken)).status).to.equal(200);
      expect((await refresh(other.refreshToken)).status).to.equal(200);
    });

    it('that ends with logging out, with deactivation and with time', async () => {
      const [a, b, c] = [await signIn(await someone()), await signIn(await someone()), await signIn(await someone())];
      await call(world.app, 'logout', { as: { token: a.accessToken } });
      await call(world.app, 'updateAgent', { as: world.org.admin, params: { id: b.agent.id }, body: { isActive: false } });
      for (const { refreshToken } of [a, b]) expect((await refresh(refreshToken)).body).to.include({ status: 401, code: 'refresh_invalid' });
      clock.forward(8 * 24 * 3600);
      expect((await refresh(c.refreshToken)).body).to.include({ status: 401, code: 'refresh_invalid' });
      // The cast of this world signed in a week ago, too.
      world = await resigned(world);
    });

    it('of which only a hash is stored', async () => {
      const { refreshToken, accessToken } = await signIn(await someone());
      const dump = JSON.stringify(await world.app.query(sql`select (select json_agg(r) from refresh_tokens r) as r, (select json_agg(s) from auth_sessions s) as s, (select json_agg(a) from audit_log a) as a, (select json_agg(o) from outbox o) as o`));
      expect(dump).to.not.include(refreshToken);
      expect(dump).to.not.include(accessToken);
    });
  });

  describe('gives an access token', () => {
    const secretOf = (): { kid: string; secret: string } => world.app.config.auth.secrets[0] ?? expect.fail('no secret');
    const claims = async () => jwt.decode((await signIn(await someone())).accessToken) as jwt.JwtPayload;
    const sign = (payload: object, header: object = {}, secret: string = secretOf().secret): string =>
      jwt.sign(payload, secret, { algorithm: 'HS256', header: { alg: 'HS256', typ: 'at+jwt', kid: secretOf().kid, ...header } });

    it('that a copy with the right key proves to be accepted', async () => {
      expect((await me(sign(await claims()))).status).to.equal(200);
    });

    it('that expires, to the second', async () => {
      const { accessToken } = await signIn(await someone());
      clock.forward(895);
      expect((await me(accessToken)).status).to.equal(200);
      clock.forward(10);
      expect((await me(accessToken)).body).to.include({ status: 401, code: 'token_expired' });
    });

    const forgeries: Record<string, () => Promise<string>> = {
      'with no algorithm': async () => [Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt', kid: secretOf().kid })), Buffer.from(JSON.stringify(await claims()))].map((part) => part.toString('base64url')).join('.') + '.',
      'with another algorithm of the same key': async () => jwt.sign(await claims(), secretOf().secret, { algorithm: 'HS512', header: { alg: 'HS512', typ: 'at+jwt', kid: secretOf().kid } }),
      'with a public key of the forger': async () => {
        const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
        return jwt.sign(await claims(), privateKey, { algorithm: 'RS256', header: { alg: 'RS256', typ: 'at+jwt', kid: secretOf().kid } });
      },
      'with another key': async () => sign(await claims(), {}, randomBytes(32).toString('hex')),
      'with an unknown key id': async () => sign(await claims(), { kid: 'ffffffffffff' }),
      'with a key id that is a path': async () => sign(await claims(), { kid: '../../dev/null' }, ''.padEnd(32, '\0')),
      'of another type': async () => sign(await claims(), { typ: 'JWT' }),
      'of another issuer': async () => sign({ ...(await claims()), iss: 'somebody' }),
      'for another audience': async () => sign({ ...(await claims()), aud: 'somebody' }),
      'for another person than the sign-in': async () => sign({ ...(await claims()), sub: String(world.org.admin.id) }),
      'without a sign-in': async () => sign({ ...(await claims()), sid: null }),
      'of a sign-in that never was': async () => sign({ ...(await claims()), sid: '018f0000-0000-7000-8000-000000000000' }),
      'of a sign-in that is no id': async () => sign({ ...(await claims()), sid: "x' or true --" }),
      'without an end': async () => sign(Object.fromEntries(Object.entries(await claims()).filter(([name]) => name !== 'exp'))),
      'for a subject that is no number': async () => sign({ ...(await claims()), sub: 'admin' }),
      'for a subject beyond all numbers': async () => sign({ ...(await claims()), sub: '99999999999' }),
      'not yet valid': async () => sign({ ...(await claims()), nbf: Math.floor(clock.now().getTime() / 1000) + 3600 }),
      'with a character changed': async () => {
        const token = sign(await claims());
        const at = token.lastIndexOf('.') + 5;
        return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      },
      'signed by hand without a header': async () => {
        const payload = Buffer.from(JSON.stringify(await claims())).toString('base64url');
        return `.${payload}.${createHmac('sha256', secretOf().secret).update(`.${payload}`).digest('base64url')}`;
      },
    };
    for (const [what, forge] of Object.entries(forgeries)) {
      it(`and refuses one ${what}`, async () => {
        const answer = await me(await forge());
        expect(answer.status, answer.text).to.equal(401);
        expect(answer.headers.get('www-authenticate')).to.match(/^Bearer /);
      });
    }

    it('that is read from `Authorization: Bearer` alone', async () => {
      const { accessToken } = await signIn(await someone());
      for (const headers of [{ Authorization: accessToken }, { Authorization: `Basic ${accessToken}` }, { Authorization: 'Bearer' }, { Authorization: `Bearer ${accessToken} x` }, { Cookie: `token=${accessToken}` }]) {
        expect((await send(world.app, 'getMe', { as: null, headers })).status, JSON.stringify(headers)).to.equal(401);
      }
    });
  });

  describe('as the first administrator', () => {
    const person = { username: 'first_admin', email: 'First@Example.test', fullName: 'First Admin', password: TEST_PASSWORD };

    it('takes the newest link, once', async () => {
      const app = await world.emptyInstallation();
      const [older, newer] = [await app.ctx.auth.offerSetup(), await app.ctx.auth.offerSetup()];
      const setup = (token: string | undefined) => call(app, 'completeSetup', { as: null, body: { token, ...person } });
      expect((await setup(older)).status).to.equal(401);
      const done = await setup(newer);
      expect(done.body).to.nested.include({ 'agent.role': 'admin', 'agent.email': 'first@example.test' });
      expect((await call(app, 'getMe', { as: { token: (done.body as Tokens).accessToken } })).status).to.equal(200);
      expect((await setup(newer)).status).to.equal(401);
      expect(await app.ctx.auth.offerSetup()).to.equal(undefined);
    });

    it('is one, however many use the link at once', async () => {
      const app = await world.emptyInstallation();
      const token = await app.ctx.auth.offerSetup();
      const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => call(app, 'completeSetup', { as: null, body: { token, ...person, username: `admin_${i}`, email: `admin${i}@example.test` } })));
      expect(answers.map((answer) => answer.status).sort()).to.deep.equal([201, 401, 401, 401, 401]);
    });

    it('needs a link that is not older than a day, and a password that would pass anywhere else', async () => {
      const app = await world.emptyInstallation();
      const token = await app.ctx.auth.offerSetup();
      const before = await fingerprint(app);
      const weak = await call(app, 'completeSetup', { as: null, body: { token, ...person, password: 'weak' } });
      expect(weak.body).to.nested.include({ status: 400, 'details[0].path': '/body/password' });
      expect(await fingerprint(app)).to.deep.equal(before);
      await app.query(sql`update one_time_tokens set expires_at = now() - interval '1 second'`);
      expect((await call(app, 'completeSetup', { as: null, body: { token, ...person } })).status).to.equal(401);
    });
  });

  /** The same world with everybody signed in anew. */
  async function resigned({ app, org }: World): Promise<World> {
    for (const person of Object.values(org)) {
      if (!('token' in person)) continue;
      Object.assign(person, { token: (await app.ctx.auth.login(system, person.username, TEST_PASSWORD)).accessToken });
    }
    return world;
  }
});

describe('Keys that are exchanged', () => {
  it('verify the tokens of the older key until it is taken away', async () => {
    const [older, newer] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
    const world = await startWorld('rotation', { JWT_SECRET: older });
    try {
      const database = world.app.database;
      const during = await startTestApp('rotation', { JWT_SECRET: `${newer},${older}` }, {}, { ...database, drop: () => Promise.resolve() });
      expect((await call(world.app, 'getMe', { as: world.org.agent, app: during })).status).to.equal(200);
      const fresh = await during.ctx.auth.login(system, world.org.agent.username, TEST_PASSWORD);
      await during.close();
      const after = await startTestApp('rotation', { JWT_SECRET: newer }, {}, { ...database, drop: () => Promise.resolve() });
      expect((await call(world.app, 'getMe', { as: world.org.agent, app: after })).status).to.equal(401);
      expect((await call(world.app, 'getMe', { as: { token: fresh.accessToken }, app: after })).status).to.equal(200);
      await after.close();
    } finally {
      await world.close();
    }
  });
});
