import { createServer } from 'node:net';
import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { systemPrincipal } from '../auth/principal.ts';
import { call } from '../../test/harness/calls.ts';
import { listen } from '../../test/harness/listener.ts';
import { TEST_PASSWORD } from '../../test/harness/people.ts';
import { until } from '../../test/harness/until.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

const system = systemPrincipal('test');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

interface Refusal extends Error {
  data?: { status: number; code: string };
}

describe('Sockets', function () {
  this.timeout(30_000);
  let world: World;
  let port: number;
  const opened: Socket[] = [];

  before(async () => {
    port = await freePort();
    world = await startWorld('sockets', { WS_PORT: String(port), CORS_ORIGINS: 'https://desk.example.com' });
  });
  after(() => world.close());
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.disconnect();
  });

  /** Connects as a client of its own making would. @throws the refusal. */
  async function connect(options: NonNullable<Parameters<typeof io>[1]> & object, url = world.app.url): Promise<Socket> {
    const socket = io(url, { reconnection: false, forceNew: true, transports: ['websocket'], ...options });
    opened.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return socket;
  }
  const refusal = (options: Parameters<typeof connect>[0]): Promise<Refusal> => connect(options).then(() => expect.fail('connected'), (error: Refusal) => error);
  const alive = async (socket: Socket): Promise<boolean> => (await socket.emitWithAck('resume', {})).ok;

  describe('are opened', () => {
    const ways: Record<string, (token: string) => Parameters<typeof connect>[0]> = {
      'with auth.token': (token) => ({ auth: { token } }),
      'with auth.sessionId, as the guide calls it': (token) => ({ auth: { sessionId: token } }),
      'with the Authorization header': (token) => ({ extraHeaders: { Authorization: `Bearer ${token}` } }),
      'with ?token=': (token) => ({ query: { token } }),
      'at /ws': (token) => ({ auth: { token }, path: '/ws' }),
      'by long polling': (token) => ({ auth: { token }, transports: ['polling'] }),
    };
    for (const [way, options] of Object.entries(ways)) {
      it(way, async () => {
        expect(await alive(await connect(options(world.org.agent.token)))).to.equal(true);
      });
    }

    it('at the second port as well, where they hear the same', async () => {
      for (const path of ['/socket.io', '/ws']) {
        const socket = await connect({ auth: { token: world.org.leader.token }, path }, `http://127.0.0.1:${port}`);
        const heard = listen(socket);
        await world.note(world.org.agent.id);
        await until(() => heard.some(({ name }) => name === 'quickNote:created'));
      }
    });

    it('for exact origins only', async () => {
      const ask = async (origin: string) => (await fetch(`${world.app.url}/socket.io/?EIO=4&transport=polling`, { headers: { Origin: origin } })).headers.get('access-control-allow-origin');
      expect(await ask('https://desk.example.com')).to.equal('https://desk.example.com');
      expect(await ask('https://desk.example.com.evil.test')).to.equal(null);
      expect(await ask('null')).to.equal(null);
    });
  });

  describe('are refused', () => {
    const tokens: Record<string, string | undefined> = { 'without a token': undefined, 'with an empty one': '', 'with nonsense': 'nonsense', 'with one that is no text': 7 as unknown as string }; // what a client may send
    for (const [way, token] of Object.entries(tokens)) {
      it(`${way}, saying why`, async () => {
        const { data } = await refusal({ auth: { token } });
        expect(data).to.include({ status: 401 });
      });
    }

    it('with a token that was tampered with', async () => {
      const [header, payload, signature] = world.org.viewer.token.split('.');
      const admin = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString()) as { sub: string };
      const forged = Buffer.from(JSON.stringify({ ...admin, sub: String(world.org.admin.id) })).toString('base64url');
      expect((await refusal({ auth: { token: `${header}.${forged}.${signature}` } })).data).to.include({ status: 401, code: 'token_invalid' });
    });
  });

  describe('carry messages', () => {
    it('whose ids may be digits, and come back as integers', async () => {
      const socket = await connect({ auth: { token: world.org.leader.token } });
      const ack = await socket.emitWithAck('status:update', { agentId: String(world.org.agent.id), status: 'busy', reason: 'Digits' });
      expect(ack).to.nested.include({ ok: true, 'data.id': world.org.agent.id, 'data.onlineStatus': 'busy' });
      const own = await socket.emitWithAck('status:update', { status: 'online' });
      expect(own).to.nested.include({ ok: true, 'data.id': world.org.leader.id });
    });

    it('that are refused as their HTTP twin refuses them', async () => {
      const socket = await connect({ auth: { token: world.org.agent.token } });
      const refused: [string, unknown, object][] = [
        ['quickNote:create', { agentId: world.org.colleague.id, noteType: 'POSITIVE', content: 'x' }, { status: 403, code: 'role_not_allowed' }],
        ['status:update', { agentId: world.org.colleague.id, status: 'away' }, { status: 403 }],
        ['status:update', { agentId: 2_147_483_647, status: 'away' }, { status: 404 }],
        ['status:update', { agentId: 'me', status: 'away' }, { status: 400 }],
        ['status:update', { agentId: '99999999999', status: 'away' }, { status: 400 }],
        ['status:update', { status: 'asleep' }, { status: 400 }],
        ['status:update', { status: 'away', extra: 1 }, { status: 400 }],
        ['status:update', { status: 'away', reason: 'a\0b' }, { status: 400 }],
        ['status:update', 'away', { status: 400 }],
        ['status:update', null, { status: 400 }],
        ['status:update', ['away'], { status: 400 }],
        ['status:update', JSON.parse('{"status":"away","__proto__":{"x":1}}'), { status: 400 }],
      ];
      for (const [event, message, error] of refused) {
        const ack = await socket.emitWithAck(event, message);
        expect(ack, JSON.stringify(message)).to.have.property('ok', false);
        expect(ack.error).to.include(error);
        if (ack.error.status === 400) expect(ack.error.details, JSON.stringify(message)).to.be.an('array').that.is.not.empty;
      }
    });

    it('and answer by the event `error` where no acknowledgement is asked for', async () => {
      const socket = await connect({ auth: { token: world.org.agent.token } });
      const error = new Promise<object>((resolve) => socket.once('error', resolve));
      socket.emit('status:update', { status: 'asleep' });
      expect(await error).to.include({ status: 400, code: 'validation_failed' });
    });

    it('at most once for a clientRequestId, which is the Idempotency-Key of HTTP', async () => {
      const socket = await connect({ auth: { token: world.org.leader.token } });
      const note = { agentId: world.org.agent.id, noteType: 'POSITIVE', content: 'Once.' };
      const first = await socket.emitWithAck('quickNote:create', { ...note, clientRequestId: 'once' });
      const second = await socket.emitWithAck('quickNote:create', { ...note, clientRequestId: 'once' });
      const third = await call(world.app, 'createQuickNote', { as: world.org.leader, body: note, headers: { 'Idempotency-Key': 'once' } });
      expect(second).to.deep.equal(first);
      expect(third.body).to.deep.equal(first.data);
      const other = await socket.emitWithAck('quickNote:create', { ...note, content: 'Twice.', clientRequestId: 'once' });
      expect(other).to.nested.include({ ok: false, 'error.code': 'idempotency_key_reused' });
      const wrong = await socket.emitWithAck('quickNote:create', { ...note, clientRequestId: { x: 1 } });
      expect(wrong).to.nested.include({ ok: false, 'error.status': 400 });
    });

    it('of 200 kB at most; a larger one ends that connection and no other', async () => {
      const [socket, other] = [await connect({ auth: { token: world.org.leader.token } }), await connect({ auth: { token: world.org.agent.token } })];
      socket.emit('quickNote:create', { agentId: world.org.agent.id, noteType: 'POSITIVE', content: 'x'.repeat(300_000) });
      await until(() => socket.disconnected);
      expect(await alive(other)).to.equal(true);
    });

    it('that nobody knows without harm', async () => {
      const socket = await connect({ auth: { token: world.org.agent.token } });
      socket.emit('no:such:thing', { x: 1 });
      socket.emit('quickNote:created', { id: 'forged' });
      expect(await alive(socket)).to.equal(true);
    });
  });

  describe('end', () => {
    const signIn = async (username: string) => (await world.app.ctx.auth.login(system, username, TEST_PASSWORD)).accessToken;
    const endOf = async (socket: Socket): Promise<unknown> => {
      const reason = new Promise((resolve) => socket.once('session_ended', (payload: { reason: string }) => resolve(payload.reason)));
      await until(() => socket.disconnected);
      return reason;
    };

    it('with the sign-in they were opened with, and no other of the person', async () => {
      const { colleague } = world.org;
      const [one, two] = [await signIn(colleague.username), await signIn(colleague.username)];
      const [first, second] = [await connect({ auth: { token: one } }), await connect({ auth: { token: two } })];
      const ended = endOf(first);
      await call(world.app, 'logout', { as: { token: one } });
      expect(await ended).to.equal('session_ended');
      expect(await alive(second)).to.equal(true);
      expect((await refusal({ auth: { token: one } })).data).to.include({ status: 401, code: 'session_ended' });
    });

    it('for all devices of somebody who is deactivated', async () => {
      const username = `leaves_${world.next()}`;
      const { id } = await world.app.people.create('cs', { username });
      const sockets = [await connect({ auth: { token: await signIn(username) } }), await connect({ auth: { token: await signIn(username) } })];
      const ended = Promise.all(sockets.map(endOf));
      await call(world.app, 'updateAgent', { as: world.org.admin, params: { id }, body: { isActive: false } });
      expect(await ended).to.deep.equal(['session_ended', 'session_ended']);
    });

    it('when a refresh token is used twice', async () => {
      const tokens = await world.app.ctx.auth.login(system, world.org.colleague.username, TEST_PASSWORD);
      const socket = await connect({ auth: { token: tokens.accessToken } });
      await call(world.app, 'refreshTokens', { as: null, body: { refreshToken: tokens.refreshToken } });
      const ended = endOf(socket);
      expect((await call(world.app, 'refreshTokens', { as: null, body: { refreshToken: tokens.refreshToken } })).body).to.include({ code: 'refresh_reused' });
      expect(await ended).to.equal('session_ended');
    });

    it('in a turn with the sign-in over HTTP: nothing is answered any more once logging out is', async () => {
      const { colleague } = world.org;
      for (let i = 0; i < 10; i++) {
        const token = await signIn(colleague.username);
        await call(world.app, 'getMe', { as: { token } });
        await call(world.app, 'logout', { as: { token } });
        expect((await call(world.app, 'getMe', { as: { token } })).status).to.equal(401);
      }
    });

    it('a role that was taken away, at once', async () => {
      const username = `demoted_${world.next()}`;
      const leader = await world.app.people.person('team_leader', { username });
      const team = await world.app.people.team(`Short ${world.next()}`, [leader.id]);
      await call(world.app, 'getTeamSettings', { as: leader, params: { id: team.id } });
      await call(world.app, 'updateTeam', { as: world.org.admin, params: { id: team.id }, body: { leaderIds: [] } });
      expect((await call(world.app, 'getTeamSettings', { as: leader, params: { id: team.id } })).status).to.equal(404);
      await call(world.app, 'updateTeam', { as: world.org.admin, params: { id: team.id }, body: { leaderIds: [leader.id] } });
      expect((await call(world.app, 'getTeamSettings', { as: leader, params: { id: team.id } })).status).to.equal(200);
    });
  });
});

describe('Sockets of an installation with tokens of two seconds', () => {
  it('end with their token', async () => {
    const world = await startWorld('expiring', { JWT_EXPIRY: '2s' });
    try {
      const { accessToken } = await world.app.ctx.auth.login(system, world.org.agent.username, TEST_PASSWORD);
      const socket = await world.app.socket(accessToken);
      const heard = listen(socket);
      await until(() => socket.disconnected, 5000);
      expect(heard.at(-1)).to.deep.include({ name: 'session_ended', payload: { reason: 'token_expired' } });
      await world.app.socket(accessToken).then(() => expect.fail('connected'), (error: Refusal) => expect(error.data).to.include({ status: 401, code: 'token_expired' }));
    } finally {
      await world.close();
    }
  });
});

describe('Sockets of an installation with narrow limits', () => {
  it('count together with HTTP', async () => {
    const world = await startWorld('narrow', { RATE_LIMIT_FACTOR: '0.0025' });
    try {
      const { leader, agent } = world.org;
      const note = { agentId: agent.id, noteType: 'POSITIVE', content: 'Counted.' };
      const socket = await world.app.socket(leader.token);
      expect((await call(world.app, 'createQuickNote', { as: leader, body: note })).status).to.equal(201);
      expect(await socket.emitWithAck('quickNote:create', note)).to.have.property('ok', true);
      expect((await call(world.app, 'createQuickNote', { as: leader, body: note })).status).to.equal(201);
      expect(await socket.emitWithAck('quickNote:create', note)).to.nested.include({ ok: false, 'error.status': 429, 'error.code': 'rate_limited' });
      expect((await call(world.app, 'createQuickNote', { as: leader, body: note })).status).to.equal(429);
    } finally {
      await world.close();
    }
  });
});

describe('Sockets of a server that stops', () => {
  it('lose their transport, so that clients come back by themselves', async () => {
    const world = await startWorld('stopping');
    const socket = await world.app.socket(world.org.agent.token);
    const reason = new Promise((resolve) => socket.once('disconnect', resolve));
    await world.app.server.gateway.close();
    expect(await reason).to.be.oneOf(['transport close', 'transport error']);
    await world.close();
  });
});
