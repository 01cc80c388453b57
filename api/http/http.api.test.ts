import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { sql } from '../db/db.ts';
import { startServer } from '../server.ts';
import { call, send, toAnswer } from '../../test/harness/calls.ts';
import type { Answer } from '../../test/harness/contract-checker.ts';
import { startTestApp } from '../../test/harness/app.ts';
import { TEST_PASSWORD } from '../../test/harness/people.ts';
import { startWorld, type World } from '../../test/harness/world.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DESK = 'https://desk.example.com';

describe('HTTP', function () {
  this.timeout(30_000);
  let world: World;
  let ahead = 0;

  before(async () => {
    world = await startWorld('http', { CORS_ORIGINS: `${DESK},https://crm.example.com:8443`, JWT_EXPIRY: '7d' }, { clock: { now: () => new Date(Date.now() + ahead) } });
  });
  after(() => world.close());

  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    toAnswer(await fetch(`${world.app.url}${path}`, { method, headers: { Authorization: `Bearer ${world.org.agent.token}`, ...headers } }));

  describe('problems', () => {
    it('are told in one shape, with the names older clients read', async () => {
      const { body, headers } = await get('/api/agents/2147483647', { 'X-Request-Id': 'desk-42' });
      expect(headers.get('content-type')).to.match(/^application\/problem\+json/);
      const { timestamp, ...rest } = body as { timestamp: string };
      expect(rest).to.deep.equal({
        type: 'urn:sideline:problem:not_found', title: 'Not Found', status: 404, detail: 'Agent not found.', instance: '/api/agents/2147483647',
        code: 'not_found', requestId: 'desk-42', error: 'Not Found', message: 'Agent not found.',
      });
      expect(Math.abs(Date.parse(timestamp) - Date.now())).to.be.below(60_000);
    });

    it('of a query name the parameter and leave its value out of the instance', async () => {
      const { body } = await get('/api/agents?limit=1000&secret=hunter2');
      expect(body).to.deep.include({ status: 400, instance: '/api/agents' });
      expect((body as { details: { path: string }[] }).details.map(({ path }) => path)).to.have.members(['/query/limit', '/query/secret']);
      expect(JSON.stringify(body)).to.not.include('hunter2');
    });

    it('say what is allowed where a method is not', async () => {
      for (const [path, method, allowed] of [['/api/agents', 'DELETE', 'GET, POST'], ['/api/quick-notes/018f0000-0000-7000-8000-000000000000', 'PATCH', 'DELETE, GET, PUT'], ['/api/auth/login', 'GET', 'POST']] as const) {
        const { status, headers, body } = await get(path, {}, method);
        expect(status).to.equal(405);
        expect(headers.get('allow')?.split(', ').sort().join(', ')).to.equal(allowed);
        expect(body).to.include({ code: 'method_not_allowed' });
      }
    });

    it('tell nothing of what went wrong inside', async () => {
      await world.app.query(sql`alter table teams rename to teams_away`);
      const { status, text } = await get('/api/teams');
      await world.app.query(sql`alter table teams_away rename to teams`);
      expect(status).to.equal(500);
      expect(text).to.not.match(/relation|teams_away|select|\.ts|stack/i);
      expect(JSON.parse(text)).to.include({ code: 'internal_error' });
    });

    it('are what is nowhere, too', async () => {
      for (const path of ['/api', '/api/', '/api/nothing', '/nothing.php', '/api/agents/1/nothing', '/%2e%2e/etc/passwd', '/widgets/..%2f..%2fpackage.json']) {
        const { status, body } = await get(path);
        expect(status, path).to.be.oneOf([400, 404]);
        expect(body, path).to.have.property('code');
      }
    });
  });

  describe('request ids', () => {
    it('are kept when they are plain, and made otherwise', async () => {
      for (const plain of ['desk-42', 'a.b_c-D9', 'x'.repeat(100)]) expect((await get('/api/auth/me', { 'X-Request-Id': plain })).headers.get('x-request-id')).to.equal(plain);
      for (const odd of ['a b', '<script>', 'x'.repeat(101), 'é', '{"$ne":1}', 'a;b']) expect((await get('/api/auth/me', { 'X-Request-Id': odd })).headers.get('x-request-id')).to.match(UUID);
    });

    it('cannot carry a header of their own', async () => {
      const answer = await raw('GET /api/auth/me HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\n\tSet-Cookie: evil=1\r\nConnection: close\r\n\r\n');
      expect(answer).to.not.match(/^set-cookie/im);
    });

    it('stand in the audit log beside what they caused', async () => {
      await call(world.app, 'updateAgentStatus', { as: world.org.agent, params: { id: world.org.agent.id }, body: { status: 'busy' }, headers: { 'X-Request-Id': 'audit-me' } });
      expect(await world.app.query(sql`select action, actor_id, ip_address::text as ip from audit_log where request_id = 'audit-me'`)).to.deep.equal([{ action: 'agent.status', actor_id: String(world.org.agent.id), ip: '127.0.0.1/32' }]);
    });
  });

  describe('other origins', () => {
    const preflight = (origin: string) => get('/api/quick-notes', { Origin: origin, 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key' }, 'OPTIONS');

    it('are let in when they are named exactly', async () => {
      for (const origin of [DESK, 'https://crm.example.com:8443']) {
        const { status, headers } = await preflight(origin);
        expect(status).to.equal(204);
        expect(headers.get('access-control-allow-origin')).to.equal(origin);
        expect(headers.get('access-control-allow-headers')).to.include('idempotency-key');
        expect(headers.get('vary')).to.match(/origin/i);
        const answer = await get('/api/auth/me', { Origin: origin });
        expect(answer.headers.get('access-control-allow-origin')).to.equal(origin);
        for (const name of ['Content-Disposition', 'ETag', 'Retry-After', 'X-Request-Id', 'Idempotency-Replayed', 'Location']) expect(answer.headers.get('access-control-expose-headers'), name).to.include(name);
      }
    });

    it('are kept out otherwise, and never given credentials', async () => {
      for (const origin of ['https://evil.test', `${DESK}.evil.test`, 'https://desk.example.com:444', 'http://desk.example.com', 'https://xdesk.example.com', 'null', DESK.toUpperCase(), `${DESK}/`]) {
        for (const { headers } of [await preflight(origin), await get('/api/auth/me', { Origin: origin })]) {
          expect(headers.get('access-control-allow-origin'), origin).to.equal(null);
          expect(headers.get('access-control-allow-credentials'), origin).to.equal(null);
        }
      }
      expect((await preflight(DESK)).headers.get('access-control-allow-credentials')).to.equal(null);
    });
  });

  describe('pages', () => {
    it('come with a strict content policy, wherever they are', async () => {
      for (const path of ['/api/auth/me', '/health', '/nothing', '/openapi.yaml']) {
        const { headers } = await get(path);
        const policy = headers.get('content-security-policy') ?? '';
        expect(policy, path).to.match(/default-src 'self'/).and.match(/script-src 'self'(;|$)/).and.match(/object-src 'none'/).and.match(/base-uri 'none'/).and.match(/require-trusted-types-for 'script'/);
        expect(policy).to.not.match(/unsafe|\*/);
        expect(policy).to.include(`frame-ancestors 'self' ${DESK} https://crm.example.com:8443`);
        expect(headers.get('x-content-type-options')).to.equal('nosniff');
        expect(headers.get('referrer-policy')).to.equal('no-referrer');
        expect(headers.get('x-powered-by')).to.equal(null);
        expect(headers.get('set-cookie')).to.equal(null);
      }
    });

    it('of the API are never cached', async () => {
      for (const path of ['/api/auth/me', '/api/agents', '/api/nothing']) expect((await get(path)).headers.get('cache-control'), path).to.equal('no-store');
    });

    it('serve the contract, and a reader for it', async () => {
      expect((await get('/openapi.yaml')).text).to.match(/^openapi: 3\.1/).and.include('operationId: createQuickNote');
      expect(JSON.parse((await get('/openapi.json')).text)).to.have.property('openapi', '3.1.0');
      const docs = await get('/docs');
      expect(docs.headers.get('content-type')).to.match(/^text\/html/);
      for (const [, asset] of docs.text.matchAll(/(?:src|href)="([^"]+)"/g)) expect((await get(asset ?? '')).status, asset).to.equal(200);
    });
  });

  it('answers HEAD as GET, without the body', async () => {
    const answer = await get(`/api/agents/${world.org.agent.id}`, {}, 'HEAD');
    expect([answer.status, answer.text]).to.deep.equal([200, '']);
    expect(answer.headers.get('etag')).to.match(/^"\d+"$/);
  });

  it('takes version v1 or none', async () => {
    expect((await get('/api/auth/me', { 'Accept-Version': 'v1' })).status).to.equal(200);
    for (const version of ['v2', 'V1', '1', 'v1, v2', '*']) {
      const { status, body } = await get('/api/auth/me', { 'Accept-Version': version });
      expect(status, version).to.equal(400);
      expect(body).to.deep.include({ code: 'unsupported_version', details: [{ path: '/header/accept-version', message: 'must be one of v1' }] });
    }
  });

  it('lets the first of two writers win who read the same version, and anybody who asks for none', async () => {
    const { agent, admin } = world.org;
    const read = await call(world.app, 'getAgent', { as: admin, params: { id: agent.id } });
    const change = (fullName: string, ifMatch?: string) => call(world.app, 'updateAgent', { as: admin, params: { id: agent.id }, body: { fullName }, ...(ifMatch ? { headers: { 'If-Match': ifMatch } } : {}) });
    const etag = read.headers.get('etag') ?? '';
    const answers = await Promise.all([change('Ada One', etag), change('Ada Two', etag)]);
    expect(answers.map((answer) => answer.status).sort()).to.deep.equal([200, 412]);
    expect((await change('Ada Three', '*')).status).to.equal(200);
    const last = await change('Ada Agent');
    expect(last.headers.get('etag')).to.equal(`"${(last.body as { version: number }).version}"`);
  });

  describe('Idempotency-Key', () => {
    const note = (content: string, key: string, as = world.org.leader) => call(world.app, 'createQuickNote', { as, body: { agentId: world.org.agent.id, noteType: 'POSITIVE', content }, headers: { 'Idempotency-Key': key } });

    it('is a person’s own', async () => {
      const [mine, theirs] = [await note('Mine.', 'shared'), await note('Theirs.', 'shared', world.org.manager)];
      expect([mine.status, theirs.status]).to.deep.equal([201, 201]);
      expect((mine.body as { id: string }).id).to.not.equal((theirs.body as { id: string }).id);
    });

    it('is one of an operation', async () => {
      await note('First.', 'same');
      const absence = await call(world.app, 'createAbsence', { as: world.org.leader, params: { id: world.org.agent.id }, body: { kind: 'leave', ...world.freeDay() }, headers: { 'Idempotency-Key': 'same' } });
      expect(absence.status).to.equal(201);
    });

    it('holds another path for another request', async () => {
      const day = world.freeDay();
      const absence = (id: number) => call(world.app, 'createAbsence', { as: world.org.leader, params: { id }, body: { kind: 'leave', ...day }, headers: { 'Idempotency-Key': 'path' } });
      expect((await absence(world.org.agent.id)).status).to.equal(201);
      expect((await absence(world.org.colleague.id)).body).to.include({ status: 422, code: 'idempotency_key_reused' });
    });

    it('means the same whatever the order of the fields', async () => {
      const send = (body: string) => call(world.app, 'createQuickNote', { as: world.org.leader, body, headers: { 'Idempotency-Key': 'order' } });
      const first = await send(`{"agentId":${world.org.agent.id},"noteType":"POSITIVE","content":"Same."}`);
      const second = await send(`{ "content": "Same.", "noteType": "POSITIVE", "agentId": ${world.org.agent.id} }`);
      expect(second.body).to.deep.equal(first.body);
    });

    it('keeps no refusal: what was wrong may be put right', async () => {
      const body = { agentId: world.org.agent.id, noteType: 'POSITIVE', content: 'Good.' };
      const headers = { 'Idempotency-Key': 'mended' };
      expect((await call(world.app, 'createQuickNote', { as: world.org.leader, body: { ...body, agentId: world.org.leader.id }, headers })).status).to.equal(422);
      expect((await call(world.app, 'createQuickNote', { as: world.org.leader, body, headers })).status).to.equal(201);
    });

    it('creates one of many requests at once', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => note('Once.', 'at-once')));
      expect(new Set(answers.filter((answer) => answer.status === 201).map((answer) => (answer.body as { id: string }).id)).size).to.equal(1);
      for (const answer of answers) expect(answer.status).to.be.oneOf([201, 409]);
      expect(await world.app.query(sql`select count(*)::int as n from quick_notes where content = 'Once.'`)).to.deep.equal([{ n: 1 }]);
    });

    it('is kept for a day', async () => {
      const first = await note('A day.', 'a-day');
      ahead = 23.9 * 3_600_000;
      expect((await note('A day.', 'a-day')).body).to.deep.equal(first.body);
      ahead = 24.1 * 3_600_000;
      expect((await note('Another day.', 'a-day')).status).to.equal(201);
      ahead = 0;
    });
  });

  it('takes no body that is nested deeper than anybody means, with an Idempotency-Key or without', async () => {
    const send = (levels: number, headers: Record<string, string> = {}) => call(world.app, 'sendNotification', { as: world.org.leader, body: `{"userId":${world.org.agent.id},"type":"info","message":"Deep","data":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`, headers });
    for (const headers of [{ 'Idempotency-Key': 'deep' }, {}] as Record<string, string>[]) {
      const { status, body } = await send(3000, headers);
      expect([status, (body as { details: { path: string; code: string }[] }).details]).to.deep.equal([400, [{ path: '/body', message: 'is nested deeper than 64 lists or objects', code: 'depth' }]]);
    }
    expect((await send(62, { 'Idempotency-Key': 'less-deep' })).status).to.equal(201);
    expect((await send(63)).status).to.equal(400);
  });

  describe('limits', () => {
    it('are told with every answer', async () => {
      const { headers } = await call(world.app, 'listAgents', { as: world.org.viewer });
      expect(headers.get('ratelimit-policy')).to.match(/^"listAgents";q=100000;w=60$/);
      expect(headers.get('ratelimit')).to.match(/^"listAgents";r=\d+;t=\d+$/);
    });

    it('are a person’s and an operation’s own, and count what is refused', async () => {
      const narrow = await startWorld('limits', { RATE_LIMIT_FACTOR: '0.03' });
      try {
        const { app, org } = narrow;
        const statuses = [];
        for (let i = 0; i < 4; i++) statuses.push((await call(app, 'listAgents', { as: org.viewer, query: { page: i === 1 ? 0 : 1 } })).status);
        expect(statuses).to.deep.equal([200, 400, 200, 429]);
        expect((await call(app, 'listAgents', { as: org.agent })).status).to.equal(200);
        expect((await call(app, 'searchAgents', { as: org.viewer, query: { q: 'a' } })).status).to.equal(200);
      } finally {
        await narrow.close();
      }
    });

    it('on signing in count failures alone, by address, which a header cannot change', async () => {
      const narrow = await startWorld('sign_in_limits', { RATE_LIMIT_FACTOR: '0.3' });
      try {
        const { app, org } = narrow;
        const attempt = (password: string, i: number) => call(app, 'login', { as: null, body: { username: i < 0 ? org.agent.username : `nobody_${i}`, password }, headers: { 'X-Forwarded-For': `10.0.0.${i + 10}` } });
        for (let i = 0; i < 5; i++) expect((await attempt(TEST_PASSWORD, -1)).status).to.equal(200);
        const failures = [];
        for (let i = 0; i < 4; i++) failures.push((await attempt('Wrong-Horse-1', i)).status);
        expect(failures).to.deep.equal([401, 401, 401, 429]);
        expect((await attempt(TEST_PASSWORD, -1)).status).to.equal(429);
      } finally {
        await narrow.close();
      }
    });

    it('know callers apart behind a proxy that is trusted', async () => {
      const narrow = await startWorld('behind_proxy', { RATE_LIMIT_FACTOR: '0.1', TRUST_PROXY: '1' });
      try {
        const attempt = (address: string) => call(narrow.app, 'login', { as: null, body: { username: 'nobody', password: 'x' }, headers: { 'X-Forwarded-For': `6.6.6.6, ${address}` } });
        expect([(await attempt('10.0.0.1')).status, (await attempt('10.0.0.1')).status, (await attempt('10.0.0.2')).status]).to.deep.equal([401, 429, 401]);
      } finally {
        await narrow.close();
      }
    });
  });

  it('is not healthy before it says so', async () => {
    const app = await startTestApp('health');
    const other = await startServer(app.ctx);
    const health = async (url: string) => toAnswer(await fetch(`${url}/health`));
    const starting = await health(other.url);
    expect(starting.status).to.equal(503);
    expect(starting.headers.get('retry-after')).to.equal('1');
    other.markReady();
    expect((await health(other.url)).body).to.deep.include({ status: 'ok' });
    await other.close();
    await app.close();
  });

  it('takes no body with a GET for anything', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(`${world.app.url}/api/agents`, { method: 'GET', headers: { Authorization: `Bearer ${world.org.agent.token}`, 'Content-Type': 'application/json', 'Content-Length': '2' } }, (response) => resolve(response.resume().statusCode));
      request.on('error', reject);
      request.end('{]');
    });
    expect(answer).to.equal(200);
    expect((await send(world.app, 'listAgents', { as: world.org.agent })).status).to.equal(200);
  });

  /** Sends bytes as they are. */
  async function raw(text: string): Promise<string> {
    const { port, hostname } = new URL(world.app.url);
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(Number(port), hostname, () => socket.end(text));
      socket.on('data', (data) => (answer += String(data)));
      socket.on('error', reject);
      socket.on('close', () => resolve(answer));
    });
  }
});
