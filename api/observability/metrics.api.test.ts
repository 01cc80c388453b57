import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { DependencyWatch } from './dependency-watch.ts';
import { createLog } from './log.ts';

describe('The metrics of an installation', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('metrics');
    org = await app.people.organisation();
  });
  after(() => app.close());

  const read = async (): Promise<Map<string, number>> => {
    const { text, headers } = await app.request(org.admin.token).get('/metrics').expect(200);
    expect(headers['content-type']).to.match(/^text\/plain; version=/);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  };

  it('count every request by operation and status, and refusals by their code', async () => {
    const before = await read();
    const grown = async (name: string): Promise<number> => ((await read()).get(name) ?? 0) - (before.get(name) ?? 0);
    await app.request(org.agent.token).get('/api/auth/me').expect(200);
    await app.request(org.agent.token).get('/api/auth/me?unheardOf=1').expect(400);
    await app.request().get('/nothing/here').expect(404);
    expect(await grown('sideline_http_request_duration_seconds_count{operation="getMe",status="200"}')).to.equal(1);
    expect(await grown('sideline_http_errors_total{operation="getMe",code="validation_failed"}')).to.equal(1);
    expect(await grown('sideline_http_errors_total{operation="none",code="not_found"}')).to.equal(1);
  });

  it('tell sockets, events, the database and the process', async () => {
    const socket = await app.socket(org.agent.token);
    await app.request(org.agent.token).put(`/api/agents/${org.agent.id}/status`).send({ status: 'busy' }).expect(200);
    await app.settled();
    const found = await read();
    expect(found.get('sideline_websocket_connections')).to.equal(1);
    expect(found.get('sideline_events_total{type="agent_status_change"}')).to.be.at.least(1);
    expect(found.get('sideline_dependency_up{name="postgresql"}')).to.equal(1);
    expect(found.get('sideline_process_resident_memory_bytes')).to.be.above(10_000_000);
    expect(found.get('sideline_http_requests_in_flight')).to.equal(1);
    socket.disconnect();
  });

  it('are for administrators', async () => {
    await app.request().get('/metrics').expect(401);
    await app.request(org.manager.token).get('/metrics').expect(403);
  });
});

describe('An installation without metrics', () => {
  it('says that they are switched off', async () => {
    const app = await startTestApp('no_metrics', { METRICS_ENABLED: 'off' });
    try {
      const org = await app.people.organisation();
      const { body } = await app.request(org.admin.token).get('/metrics').expect(503);
      expect(body.detail).to.contain('METRICS_ENABLED');
    } finally {
      await app.close();
    }
  });
});

describe('The watch over dependencies', () => {
  it('tells every look, and logs only what changed', async () => {
    let isUp = true;
    const told: boolean[] = [];
    const lines: string[] = [];
    const log = createLog('info', 'test', { write: (line) => void lines.push((JSON.parse(line) as { msg: string }).msg) });
    const watch = new DependencyWatch([{ name: 'db', check: () => (isUp ? Promise.resolve() : Promise.reject(new Error('away'))) }], 60_000, log, (_name, up) => told.push(up));
    for (const now of [true, true, false, false, true]) {
      isUp = now;
      await watch.look();
    }
    watch.close();
    expect(told).to.deep.equal([true, true, false, false, true]);
    expect(lines).to.deep.equal(['a dependency is away', 'a dependency is back']);
  });
});
