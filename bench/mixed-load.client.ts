// The people and sockets of the mixed load, a process of their own: takes one message, answers with what it saw.
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { RawSocket } from './raw-socket.ts';

export interface MixedLoad {
  readonly url: string;
  readonly users: readonly User[];
  /** Those of them who lead a team, or everybody. */
  readonly leaders: readonly User[];
  /** Tokens of the sockets. */
  readonly listeners: readonly string[];
  /** People have the ids from 1 to this. */
  readonly people: number;
  readonly perSecond: number;
  readonly seconds: number;
}

interface User {
  readonly id: number;
  readonly token: string;
}

/** Times in milliseconds, from the moment a request was due to the end of its answer. */
export interface MixedResult {
  readonly seconds: number;
  readonly sent: number;
  readonly failed: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly operations: Readonly<Record<string, { count: number; p95: number }>>;
  /** Of processor time that the load generator took itself. */
  readonly processorSeconds: number;
  /** Until the last answer. */
  readonly secondsInAll: number;
  readonly sockets: number;
  readonly socketsKept: number;
  readonly deliveries: number;
}

interface Operation {
  readonly name: string;
  /** Of a hundred requests. */
  readonly share: number;
  make(load: MixedLoad, user: User): { method?: string; path: string; body?: unknown };
}

const pick = <T>(values: readonly T[]): T => values[Math.floor(Math.random() * values.length)] as T;
const anybody = ({ people }: MixedLoad): number => 1 + Math.floor(Math.random() * people);
const DAY_MS = 86_400_000;
/** Without an answer for so long a request has failed, in milliseconds. */
const ANSWER_MS = 30_000;
let serial = 0;

/** What people do all day, most of it looking. The first user is an administrator, so what only they may do is theirs. */
const OPERATIONS: readonly Operation[] = [
  { name: 'list people', share: 36, make: () => ({ path: `/api/agents?status=active&department=${pick(['Support', 'Sales', 'Billing'])}&limit=25&page=${1 + Math.floor(Math.random() * 4)}` }) },
  { name: 'one person', share: 18, make: (load) => ({ path: `/api/agents/${anybody(load)}` }) },
  { name: 'search', share: 8, make: () => ({ path: `/api/agents/search?q=${pick(['ada', 'brandt', 'chloe%20costa', 'fisher', 'hugo', 'garcai'])}` }) },
  { name: 'stats', share: 8, make: () => ({ path: '/api/agents/stats' }) },
  { name: 'departments', share: 2, make: () => ({ path: '/api/agents/departments' }) },
  { name: 'performance', share: 8, make: (_load, user) => ({ path: `/api/agents/${user.id}/performance?from=${new Date(Date.now() - 27 * DAY_MS).toISOString().slice(0, 10)}` }) },
  { name: 'activity', share: 6, make: (_load, user) => ({ path: `/api/agents/${user.id}/activity` }) },
  { name: 'notes', share: 6, make: () => ({ path: '/api/quick-notes?limit=20' }) },
  { name: 'who am I', share: 2, make: () => ({ path: '/api/auth/me' }) },
  { name: 'queue', share: 1, make: () => ({ path: '/api/priority-queue' }) },
  { name: 'set own status', share: 2, make: (_load, user) => ({ method: 'PUT', path: `/api/agents/${user.id}/status`, body: { status: pick(['online', 'busy', 'away']) } }) },
  { name: 'write a note', share: 1, make: (load) => ({ method: 'POST', path: '/api/quick-notes', body: { agentId: 2 + (anybody(load) % (load.people - 1)), noteType: 'POSITIVE', content: 'Well explained.' } }) },
  { name: 'rename somebody', share: 1, make: (load) => ({ method: 'PUT', path: `/api/agents/${anybody(load)}`, body: { phone: `+1 555 ${serial}` } }) },
  {
    name: 'report a call',
    share: 1,
    make: (load) => ({
      method: 'POST',
      path: '/api/interactions',
      body: { source: 'bench', externalId: `live-${process.pid}-${serial}`, channel: 'voice', agentId: anybody(load), startedAt: new Date().toISOString(), waitSeconds: 8, talkSeconds: 240, acwSeconds: 20, outcome: 'answered', resolved: true },
    }),
  },
];
const FOR_ADMIN = new Set(['write a note', 'rename somebody', 'report a call']);
const FOR_LEADERS = new Set(['queue']);
const deck = OPERATIONS.flatMap((operation) => Array.from({ length: operation.share }, () => operation));

process.once('message', (load: MixedLoad) => {
  void run(load).then((result) => process.send?.(result, () => process.exit(0)));
});

async function run(load: MixedLoad): Promise<MixedResult> {
  let deliveries = 0;
  let lost = 0;
  const sockets: RawSocket[] = [];
  for (const token of load.listeners) sockets.push(await RawSocket.open(load.url, token, () => deliveries++, () => lost++));
  const pool = new Pool(load.url, { connections: load.users.length, pipelining: 1, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS });
  const all = createHistogram();
  const each = new Map(OPERATIONS.map(({ name }) => [name, createHistogram()]));
  const failures: Record<string, number> = {};
  let sent = 0;
  let answered = 0;
  const started = performance.now();
  const used = process.cpuUsage();
  const total = load.perSecond * load.seconds;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * load.perSecond));
    for (; sent < due; sent++) {
      const operation = pick(deck);
      const user = FOR_ADMIN.has(operation.name) ? load.users[0] : pick(FOR_LEADERS.has(operation.name) ? load.leaders : load.users);
      if (!user) throw new Error('nobody to send anything');
      serial++;
      const dueAt = started + (sent / load.perSecond) * 1000;
      void send(pool, user, operation.make(load, user)).then((failure) => {
        answered++;
        const took = Math.max(1, Math.round((performance.now() - dueAt) * 1000));
        all.record(took);
        each.get(operation.name)?.record(took);
        if (failure) failures[`${operation.name}: ${failure}`] = (failures[`${operation.name}: ${failure}`] ?? 0) + 1;
      });
    }
    await sleep(1);
  }
  const seconds = (performance.now() - started) / 1000;
  while (answered < sent) await sleep(5);
  const { user, system } = process.cpuUsage(used);
  const secondsInAll = (performance.now() - started) / 1000;
  const socketsKept = sockets.length - lost;
  for (const socket of sockets) socket.close();
  await pool.destroy();
  return {
    seconds, sent, failures, failed: Object.values(failures).reduce((sum, n) => sum + n, 0),
    p50: quantileOf(all, 50), p95: quantileOf(all, 95), p99: quantileOf(all, 99), max: all.max / 1000,
    operations: Object.fromEntries([...each].map(([name, histogram]) => [name, { count: histogram.count, p95: quantileOf(histogram, 95) }])),
    processorSeconds: (user + system) / 1e6, secondsInAll, sockets: sockets.length, socketsKept, deliveries,
  };
}

const quantileOf = (histogram: RecordableHistogram, percent: number): number => histogram.percentile(percent) / 1000;

/** Why a request failed; undefined when it did not. */
function send(pool: Pool, user: User, { method = 'GET', path, body }: { method?: string; path: string; body?: unknown }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const text = body === undefined ? null : JSON.stringify(body);
    const headers = ['authorization', `Bearer ${user.token}`, ...(text === null ? [] : ['content-type', 'application/json'])];
    let status = 0;
    let start = '';
    pool.dispatch(
      { method, path, headers, body: text },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_controller, chunk) => {
          if (status >= 300 && start.length < 300) start += chunk.toString();
        },
        onResponseEnd: () => resolve(status < 300 ? undefined : `${status} ${/"code":"(\w+)"/.exec(start)?.[1] ?? ''}`),
        onResponseError: (_controller, error) => resolve(error.message),
      },
    );
  });
}
