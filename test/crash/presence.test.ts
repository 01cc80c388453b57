import { expect } from 'chai';
import { io, type Socket } from 'socket.io-client';
import { startFaultProxy, type FaultProxy } from '../harness/fault-proxy.ts';
import { expectWhole, type LedgerRow } from '../harness/ledger.ts';
import { until } from '../harness/until.ts';
import { CrashRig } from './rig.ts';

const SECOND = 1000;
/** The longest a sign of life takes to be written: a ping of the socket and a heartbeat of the process. */
const UNWRITTEN_MS = 16 * SECOND;

describe('One person in two browsers with three tabs, while networks and servers die', function () {
  this.timeout(240_000);
  this.slow(200_000);
  let rig: CrashRig;
  let proxy: FaultProxy;
  let begun: number;

  before(async () => {
    rig = await CrashRig.start();
    proxy = await startFaultProxy(Number(new URL(rig.url).port));
  });
  after(async () => {
    await proxy.close();
    await rig.stop();
  });

  /** A tab that comes back whenever its connection breaks. */
  async function tab(url: string): Promise<Socket> {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 500, auth: { token: rig.agent.token } });
    socket.on('connect_error', () => !socket.active && setTimeout(() => socket.connect(), 200));
    await until(() => socket.connected);
    return socket;
  }
  const ledger = () => rig.query<LedgerRow>(`select status, source, reason, (extract(epoch from started_at) * 1000)::float8 as "from", (extract(epoch from ended_at) * 1000)::float8 as "to"
    from presence_intervals where agent_id = ${rig.agent.id} and superseded_at is null order by started_at, ended_at nulls last`);
  const now = async (): Promise<number> => (await rig.query<{ now: number }>('select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now'))[0]!.now;
  const told = async () => (await ledger()).map(({ status, source }) => `${status} by ${source}`);
  const living = async (): Promise<number> => (await rig.query<{ n: number }>(`select count(*)::int as n from agent_sessions where agent_id = ${rig.agent.id} and is_active and ended_at is null
    and last_activity > clock_timestamp() - interval '25 seconds'`))[0]!.n;

  it('leaves a record without overlap or hole that sums to the wall clock', async () => {
    begun = await now();
    const near = [await tab(rig.url), await tab(rig.url)];
    const far = await tab(`http://127.0.0.1:${proxy.port}`);
    await until(async () => (await living()) === 3);
    expect(await told()).to.deep.equal(['online by socket']);
    expect((await near[0]!.emitWithAck('status:update', { status: 'busy', reason: 'On a call' })).ok).to.equal(true);

    // The second browser's network is pulled: the first one is still there.
    proxy.cut();
    await until(() => !far.connected);
    await until(async () => (await living()) === 2);
    proxy.restore();
    await until(async () => (await living()) === 3, 20_000);
    expect(await told(), 'after a cut').to.deep.equal(['online by socket', 'busy by self']);

    // The server is killed, and everybody is back within the grace.
    await rig.killApi();
    await rig.startApi();
    await until(() => [...near, far].every((socket) => socket.connected), 20_000);
    expect(await told(), 'after a short death').to.deep.equal(['online by socket', 'busy by self']);

    // The first browser is closed, then the second one's radio link dies without a word.
    for (const socket of near) socket.disconnect();
    await until(async () => (await living()) === 1, 60_000);
    const frozenAt = await now();
    proxy.freeze();
    await until(async () => (await told()).length === 3, 60_000);
    const lost = (await ledger()).at(-1)!;
    expect(lost).to.include({ status: 'offline', source: 'socket_lost' });
    expect(lost.from, 'the last sign of life').to.be.within(frozenAt - UNWRITTEN_MS, frozenAt);
    proxy.thaw();
    await until(async () => (await told()).at(-1) === 'online by socket', 60_000);

    // The server is killed and stays away for longer than the grace.
    await until(async () => (await living()) === 1, 60_000);
    const killedAt = await now();
    await rig.killApi();
    await until(async () => (await now()) - killedAt > 35 * SECOND, 60_000);
    await rig.startApi();
    await until(async () => (await told()).length === 6, 60_000);
    expect(await told()).to.deep.equal(['online by socket', 'busy by self', 'offline by socket_lost', 'online by socket', 'offline by socket_lost', 'online by socket']);
    const rows = await ledger();
    expect(rows[4]!.from, 'the last heartbeat').to.be.within(killedAt - UNWRITTEN_MS, killedAt);
    expect(rows[5]!.from, 'the return').to.be.above(killedAt + 35 * SECOND);

    far.disconnect();
    const end = await now();
    expectWhole(rows, end);
    expect(rows[0]!.from - begun, 'from the first tab on').to.be.within(0, 5 * SECOND);
  });
});
