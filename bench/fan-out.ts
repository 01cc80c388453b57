import { setTimeout as sleep } from 'node:timers/promises';
import { compared, defineBench, median, milliseconds, quantile, timed, whole, type Measurement } from './bench.ts';
import { startChild } from './children.ts';
import { install, type Installation } from './installation.ts';
import { RawSocket } from './raw-socket.ts';

const SOCKETS = 500;
const ROUNDS = 7;
/** Events in a burst: 100,000 deliveries. */
const BURST = 200;
/** 50 events a second to 500 sockets are the 25,000 deliveries a second of the target. */
const EVENTS_PER_SECOND = 50;
const STEADY_SECONDS = 8;
const STEADY_ROUNDS = 3;
const WRITERS = 16;
const EVENT = 'agent_status_change';
/** Each change carries a number of its own in its reason, by which its arrival is known. */
const TAG = '"reason":"n';

/** A status change on its way to 500 sockets, against Socket.IO emitting the same payload. */
export const fanOut = defineBench({
  name: 'fan-out',
  about: `A status change to ${SOCKETS} signed-in sockets in the room, with outbox, global order and audience; bare: Socket.IO emitting the same payload and meta to one room, nothing stored. Bursts of ${BURST} events, medians of ${ROUNDS} interleaved rounds; then ${EVENTS_PER_SECOND} changes a second for ${STEADY_SECONDS} s, medians of ${STEADY_ROUNDS} interleaved rounds.`,
  async run(note): Promise<readonly Measurement[]> {
    const installation = await install(SOCKETS);
    await installation.query(`update agents set online_status = 'online'`);
    const api = await installation.startApi();
    const bare = await startChild(new URL('./servers/bare-sockets.ts', import.meta.url), {});
    const ours = await Listeners.open(api.url, (n) => installation.tokenOf(n + 1));
    const theirs = await Listeners.open(bare.url, () => '');
    try {
      const write = (n: number): Promise<void> => putStatus(api.url, installation, n);
      const emit = async (n: number): Promise<void> => void (await (await fetch(`${bare.url}/?first=${n}`)).text());
      const burst = { stored: [] as number[], written: [] as number[], bare: [] as number[] };
      for (let round = 0; round <= ROUNDS; round++) {
        const first = round * 10_000;
        const bareRate = await theirs.deliveriesPerSecond(BURST, () => fetch(`${bare.url}/?times=${BURST}&first=${first}`));
        const storedRate = await ours.deliveriesPerSecond(BURST, () => storeEvents(installation, first));
        const writtenRate = await ours.deliveriesPerSecond(BURST, () => inParallel(BURST, (n) => write(first + 1000 + n)));
        if (round === 0) continue; // warming up
        burst.bare.push(bareRate);
        burst.stored.push(storedRate);
        burst.written.push(writtenRate);
        note(`burst ${round}: committed events ${whole(storedRate)}/s, through HTTP ${whole(writtenRate)}/s, bare ${whole(bareRate)}/s`);
      }
      const steady = { ours: [] as number[], bare: [] as number[] };
      for (let round = 1; round <= STEADY_ROUNDS; round++) {
        const first = 1_000_000 * round;
        const [bareTimes, ourTimes] = [await theirs.latencies(first, emit), await ours.latencies(first, write)];
        steady.bare.push(quantile(bareTimes, 0.99));
        steady.ours.push(quantile(ourTimes, 0.99));
        const told = (times: readonly number[]): string => [0.5, 0.9, 0.99].map((share) => milliseconds(quantile(times, share))).join(', ');
        note(`steady ${round}: p50, p90, p99 ours ${told(ourTimes)}; bare ${told(bareTimes)}`);
      }
      return [
        compared('deliveries of a burst of committed events', median(burst.stored), median(burst.bare), '/s', 0.8),
        { ...compared('the same, each change written through HTTP first', median(burst.written), median(burst.bare), '/s', 0), target: '', met: null },
        timed(`p99 from the request to the socket at ${whole(EVENTS_PER_SECOND * SOCKETS)} deliveries/s`, median(steady.ours), median(steady.bare), 25),
      ];
    } finally {
      ours.close();
      theirs.close();
      await Promise.all([api.stop(), bare.stop()]);
      await installation.close();
    }
  },
});

/** The sockets of one server. */
class Listeners {
  #sockets: RawSocket[] = [];
  #count = 0;
  #expected = Infinity;
  #done: () => void = () => undefined;
  #sentAt: Map<number, number> | undefined;
  #latencies: number[] = [];

  static async open(url: string, tokenOf: (n: number) => string): Promise<Listeners> {
    const listeners = new Listeners();
    for (let n = 0; n < SOCKETS; n++) listeners.#sockets.push(await RawSocket.open(url, tokenOf(n), (frame) => listeners.#arrived(frame)));
    await sleep(500);
    return listeners;
  }

  /** How many frames arrive in a second while `cause` makes so many events reach everybody; counted from the first. */
  async deliveriesPerSecond(events: number, cause: () => Promise<unknown>): Promise<number> {
    const started = this.#firstArrival();
    const all = this.#expect(events * SOCKETS);
    await cause();
    const from = await started;
    await all;
    return (events * SOCKETS) / ((performance.now() - from) / 1000);
  }

  /** From the request that causes an event to each socket that hears it, in milliseconds. */
  async latencies(first: number, cause: (n: number) => Promise<void>): Promise<number[]> {
    const events = EVENTS_PER_SECOND * STEADY_SECONDS;
    this.#sentAt = new Map();
    this.#latencies = [];
    const all = this.#expect(events * SOCKETS);
    const start = performance.now();
    const sent: Promise<void>[] = [];
    for (let n = first; n < first + events; n++) {
      await sleep(Math.max(0, start + ((n - first) * 1000) / EVENTS_PER_SECOND - performance.now()));
      this.#sentAt.set(n, performance.now());
      sent.push(cause(n));
    }
    await Promise.all(sent);
    await all;
    this.#sentAt = undefined;
    return this.#latencies;
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }

  #firstResolve: ((at: number) => void) | undefined;

  #firstArrival(): Promise<number> {
    return new Promise((resolve) => {
      this.#firstResolve = resolve;
    });
  }

  #expect(frames: number): Promise<void> {
    this.#count = 0;
    this.#expected = frames;
    return new Promise((resolve) => {
      this.#done = resolve;
    });
  }

  #arrived(frame: Buffer): void {
    if (frame.toString('latin1', 4, 4 + EVENT.length) !== EVENT) return;
    this.#firstResolve?.(performance.now());
    this.#firstResolve = undefined;
    if (this.#sentAt) {
      const at = frame.indexOf(TAG) + TAG.length;
      const sent = this.#sentAt.get(Number(frame.toString('latin1', at, frame.indexOf('.', at))));
      if (sent !== undefined) this.#latencies.push(performance.now() - sent);
    }
    this.#count++;
    if (this.#count === this.#expected) this.#done();
  }
}

async function putStatus(url: string, installation: Installation, n: number): Promise<void> {
  const id = 1 + (n % SOCKETS);
  const response = await fetch(`${url}/api/agents/${id}/status`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${installation.tokenOf(id)}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ status: n % 2 === 0 ? 'busy' : 'online', reason: `n${n}.` }),
  });
  if (!response.ok) throw new Error(`status change answered ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

/** As many events as a transaction with that many status changes would leave in the outbox. */
async function storeEvents(installation: Installation, first: number): Promise<void> {
  await installation.query(
    `insert into outbox (id, type, aggregate_type, aggregate_id, payload, audience, actor, occurred_at)
     select gen_random_uuid(), '${EVENT}', 'agent', agent::text,
       jsonb_build_object('agentId', agent, 'status', 'busy', 'reason', 'n' || n || '.', 'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
       jsonb_build_object('agentId', agent), jsonb_build_object('id', agent, 'name', 'Ada Abbott ' || agent), now()
     from (select n, 1 + n % ${SOCKETS} as agent from generate_series($1::int, $1::int + ${BURST - 1}) as n) events`,
    [first],
  );
}

/** Runs `work` for 0 … times − 1, a few at a time. */
async function inParallel(times: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: WRITERS }, run));
}
