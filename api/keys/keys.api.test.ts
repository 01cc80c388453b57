import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import type { KeyScope } from '../auth/key-scopes.ts';
import { KEY_SCOPES } from '../auth/key-scopes.ts';
import { sql } from '../db/db.ts';
import { call, send } from '../../test/harness/calls.ts';
import { contractChecker } from '../../test/harness/contract-checker.ts';
import { startTestApp } from '../../test/harness/app.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { until } from '../../test/harness/until.ts';
import { createLog } from '../observability/log.ts';
import { newKey } from './key-secret.ts';

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

describe('API keys', function () {
  this.timeout(30_000);
  const clock = new TestClock();
  let world: World;

  before(async () => {
    world = await startWorld('keys', {}, { clock });
  });
  after(() => world.close());

  const make = async (scopes: readonly KeyScope[], fields: object = {}): Promise<{ id: string; key: string; prefix: string }> =>
    (await call(world.app, 'createApiKey', { as: world.org.admin, body: { name: 'Zendesk', scopes, ...fields } })).body as { id: string; key: string; prefix: string };
  const agents = (key: string) => call(world.app, 'listAgents', { as: { token: key } });
  const lastUsed = async (id: string): Promise<string | null> => ((await call(world.app, 'getApiKey', { as: world.org.admin, params: { id } })).body as { lastUsedAt: string | null }).lastUsedAt;

  it('have the scopes that the contract describes', () => {
    const schema = (contractChecker().contract.document['components'] as { schemas: Record<string, { enum: string[]; description: string }> }).schemas['KeyScope'];
    expect(schema?.enum).to.have.members(Object.keys(KEY_SCOPES));
    for (const scope of Object.keys(KEY_SCOPES)) expect(schema?.description).to.contain(`\`${scope}\`: `);
  });

  it('are shown once, and kept as a hash', async () => {
    const { id, key, prefix } = await make(['agents:read']);
    expect(key.startsWith(prefix)).to.equal(true);
    const one = await call(world.app, 'getApiKey', { as: world.org.admin, params: { id } });
    const list = await call(world.app, 'listApiKeys', { as: world.org.admin });
    for (const { text } of [one, list]) expect(text).to.contain(prefix).and.to.not.contain(key);
    const everywhere = await world.app.query(sql<{ text: string }>`select t::text as text from api_keys t union all select t::text from outbox t union all select t::text from audit_log t union all select t::text from idempotency_keys t`);
    expect(everywhere.filter(({ text }) => text.includes(key.slice(20)))).to.deep.equal([]);
  });

  it('work as a bearer token and in X-API-Key, and not in both', async () => {
    const { key } = await make(['agents:read']);
    expect((await agents(key)).status).to.equal(200);
    expect((await call(world.app, 'listAgents', { as: null, headers: { 'X-API-Key': key } })).status).to.equal(200);
    const both = await call(world.app, 'listAgents', { as: { token: key }, headers: { 'X-API-Key': key } });
    expect(both.status).to.equal(400);
    expect(both.body).to.have.property('code', 'two_credentials');
  });

  it('are not taken for sign-ins, nor sign-ins for them', async () => {
    const answer = await call(world.app, 'listAgents', { as: null, headers: { 'X-API-Key': world.org.admin.token } });
    expect(answer.status).to.equal(401);
    expect(answer.body).to.have.property('code', 'key_invalid');
  });

  it('get the same answer whatever is wrong with them', async () => {
    const [revoked, expiring] = [await make(['agents:read']), await make(['agents:read'], { expiresAt: new Date(clock.now().getTime() + 60_000).toISOString() })];
    await call(world.app, 'revokeApiKey', { as: world.org.admin, params: { id: revoked.id } });
    expect((await agents(expiring.key)).status).to.equal(200);
    clock.forward(61);
    const good = (await make(['agents:read'])).key;
    const swapped = good.slice(0, 16) + newKey().slice(16);
    const bodies = [];
    for (const key of [revoked.key, expiring.key, newKey(), swapped, `${good}x`, good.slice(0, -1), 'sl_', 'sl_live_', `sl_test_${good.slice(8)}`]) {
      const { status, body } = await call(world.app, 'listAgents', { as: { token: key } });
      expect(status, key).to.equal(401);
      const { code, detail } = body as { code: string; detail: string };
      bodies.push(`${code} ${detail}`);
    }
    expect(new Set(bodies).size, bodies.join('\n')).to.equal(1);
  });

  it('that are revoked stop working in every process at once, and stay in the list', async () => {
    const { id, key } = await make(['agents:read']);
    const other = await startTestApp('keys_other', { DATABASE_URL: world.app.config.database.url }, {}, { ...world.app.database, drop: () => Promise.resolve() });
    try {
      expect((await agents(key)).status).to.equal(200);
      expect((await send(other, 'listAgents', { as: { token: key } })).status).to.equal(200);
      await call(world.app, 'revokeApiKey', { as: world.org.admin, params: { id } });
      expect((await agents(key)).status, 'where it was revoked').to.equal(401);
      await until(async () => (await send(other, 'listAgents', { as: { token: key } })).status === 401, 5000);
    } finally {
      await other.close();
    }
    const { body } = await call(world.app, 'getApiKey', { as: world.org.admin, params: { id } });
    expect(body).to.include({ status: 'revoked' });
    expect((await call(world.app, 'revokeApiKey', { as: world.org.admin, params: { id } })).status, 'once more').to.equal(204);
    const audits = await world.app.query(sql`select 1 from audit_log where action = 'key.revoke' and target_id = ${id}`);
    expect(audits).to.have.length(1);
  });

  it('remember when they were last used, to the minute', async () => {
    const { id, key } = await make(['agents:read']);
    expect(await lastUsed(id)).to.equal(null);
    await agents(key);
    const first = await lastUsed(id);
    expect(first).to.be.a('string');
    clock.forward(50);
    await agents(key);
    expect(await lastUsed(id), 'within the minute').to.equal(first);
    clock.forward(20);
    await agents(key);
    expect(Date.parse((await lastUsed(id)) ?? '') - Date.parse(first ?? '')).to.be.within(69_000, 75_000);
  });

  it('see what their scopes say and nothing of what is private', async () => {
    const { org } = world;
    const open = await world.note(org.agent.id, org.leader);
    const secret = await world.note(org.agent.id, org.leader, { isPrivate: true });
    const { key } = await make(['notes:read']);
    const { body } = await call(world.app, 'listQuickNotes', { as: { token: key }, query: { agentId: org.agent.id, limit: 100 } });
    const ids = (body as { quickNotes: { id: string }[] }).quickNotes.map((note) => note.id);
    expect(ids).to.include(open).and.to.not.include(secret);
    expect((await call(world.app, 'getQuickNote', { as: { token: key }, params: { id: secret } })).status).to.equal(404);
  });

  it('neither grant what is an administrator’s nor change one', async () => {
    const { key } = await make(['agents:write']);
    const person = { username: `sneaky_${world.next()}`, email: 'sneaky@example.test', fullName: 'Sneaky One', role: 'admin', department: 'Support', password: 'Correct-Horse-1' };
    for (const role of ['admin', 'manager']) expect((await call(world.app, 'createAgent', { as: { token: key }, body: { ...person, role } })).status).to.equal(403);
    expect((await call(world.app, 'updateAgent', { as: { token: key }, params: { id: world.org.admin.id }, body: { fullName: 'Owned' } })).status).to.equal(403);
    expect((await call(world.app, 'updateAgent', { as: { token: key }, params: { id: world.org.agent.id }, body: { role: 'manager' } })).status).to.equal(403);
  });

  it('stand in the audit log and in events as who did it', async () => {
    const { id, key } = await make(['presence:write']);
    await call(world.app, 'updateAgentStatus', { as: { token: key }, params: { id: world.org.agent.id }, body: { status: 'busy', reason: `Call ${world.next()}` } });
    const [entry] = await world.app.query(sql`select actor_type, actor_id from audit_log where action = 'agent.status' order by at desc, id desc limit 1`);
    expect(entry).to.deep.equal({ actor_type: 'key', actor_id: id });
    const [event] = await world.app.query(sql<{ actor: object }>`select actor from outbox where type = 'agent_status_change' order by position desc limit 1`);
    expect(event?.actor).to.deep.equal({ id: 0, name: 'Zendesk' });
  });

  it('open no sockets', async () => {
    const { key } = await make(Object.keys(KEY_SCOPES) as KeyScope[]);
    const reason = await world.app.socket(key).then(() => undefined, (error: unknown) => error as { data: { status: number; code: string } });
    expect(reason?.data).to.include({ status: 403, code: 'not_for_keys' });
  });

  it('repeat a request under their own Idempotency-Key, not under another key’s', async () => {
    const [one, two] = [await make(['agents:write']), await make(['agents:write'])];
    const request = { params: { id: world.org.agent.id }, body: { system: 'front', externalId: `f${world.next()}` }, headers: { 'Idempotency-Key': 'same' } };
    expect((await call(world.app, 'createIdentity', { ...request, as: { token: one.key } })).status).to.equal(201);
    const again = await call(world.app, 'createIdentity', { ...request, as: { token: one.key } });
    expect([again.status, again.headers.get('Idempotency-Replayed')]).to.deep.equal([201, 'true']);
    expect((await call(world.app, 'createIdentity', { ...request, as: { token: two.key } })).status, 'another system').to.equal(409);
  });

  it('are counted by themselves, and leave the limits of others alone', async () => {
    const limited = await startWorld('keys_limited', { RATE_LIMIT_FACTOR: '0.02' });
    try {
      const [one, two] = [await limited.key(['agents:read']), await limited.key(['agents:read'])];
      const ask = async (token: string): Promise<number> => (await send(limited.app, 'listAgents', { as: { token } })).status;
      expect([await ask(one.token), await ask(one.token), await ask(one.token)]).to.deep.equal([200, 200, 429]);
      expect([await ask(two.token), await ask(limited.org.admin.token)]).to.deep.equal([200, 200]);
    } finally {
      await limited.close();
    }
  });

  it('are refused in an address, however they are written there', async () => {
    const { key } = await make(['agents:read']);
    for (const path of [`/api/agents?api_key=${key}`, `/api/agents?token=${key.replaceAll('_', '%5F')}`, `/api/agents/${key}`, `/nowhere/${key}`]) {
      const response = await fetch(world.app.url + path);
      const text = await response.text();
      expect(response.status, path).to.equal(400);
      expect(text).to.contain('key_in_url').and.to.not.contain(key);
    }
  });

  it('are in no line of the log', () => {
    const output = new PassThrough();
    let lines = '';
    output.on('data', (chunk: Buffer) => (lines += chunk.toString()));
    const log = createLog('trace', 'test', output);
    const key = newKey();
    log.error({ err: new Error(`GET /api/agents?k=${key}`), url: `/x?${key}`, headers: { 'x-api-key': key } }, `refused ${key}`);
    expect(lines).to.contain('sl_live_***').and.to.not.contain(key.slice(8));
  });

  it('are no way to make keys', async () => {
    const everything = await make(Object.keys(KEY_SCOPES) as KeyScope[]);
    for (const id of ['listApiKeys', 'createApiKey', 'revokeApiKey'] as const) {
      const answer = await call(world.app, id, { as: { token: everything.key }, params: { id: everything.id }, ...(id === 'createApiKey' ? { body: { name: 'x', scopes: ['agents:read'] } } : {}) });
      expect(answer.status, id).to.equal(403);
    }
  });
});
