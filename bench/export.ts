import { connect, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { defineBench, median, whole, type Measurement } from './bench.ts';
import type { Child } from './children.ts';
import { install, type Installation } from './installation.ts';
import { askProbe, PROBE } from './probe.ts';
import { forgetPeak, peakMegabytes } from './processes.ts';

const PEOPLE = 1042;
/** Whether memory follows the rows shows beside an export of ten times as many, and of a tenth; `BENCH_ROWS` shortens a trial. */
const ALL = Number(process.env['BENCH_ROWS'] ?? 3_000_000);
const ROWS = ALL / 10;
const FEW = ROWS / 10;
/** A thousand a day. */
const DAYS = ALL / 1000;
const ROUNDS = 3;
/** Readers that are slower than the rows: each takes so much in a second. */
const SLOW = { readers: 20, bytes: 1024, seconds: 20 } as const;
const LOOP_MS = 50;
const FORMATS = ['csv', 'xlsx'] as const;
type Format = (typeof FORMATS)[number];
/** A heap that has room for the server and little more, in megabytes: what does not fit in is not needed. */
const SMALL_HEAP = ['--max-old-space-size=128', '--max-semi-space-size=8'];

/** What a sheet of interactions has, with the same order and joins. */
const BARE = (since: string): string => `copy (
  select i.external_id, i.source, i.agent_id, a.full_name, t.name, i.started_at, i.channel, i.direction, i.queue, i.topic, i.customer_ref, i.outcome, i.resolved,
    i.first_contact, i.wait_seconds, i.talk_seconds, i.hold_seconds, i.acw_seconds, i.rating, i.rating_original, i.rating_scale, i.sentiment
  from interactions i left join agents a on a.id = i.agent_id left join teams t on t.id = i.team_id
  where i.started_at >= '${since}' order by i.started_at desc, i.id desc) to stdout (format csv)`;

export const exportRows = defineBench({
  name: 'export',
  about:
    `The newest ${whole(ROWS)} of ${whole(ALL)} interactions as a file, by an administrator, through the API as it runs; bare: \`COPY … TO STDOUT\` of the same columns in the same order, read by Node. ` +
    `Medians of ${ROUNDS} interleaved rounds. Memory is the most the API's process had meanwhile, of a server that was just started: for ${whole(FEW)} rows, ${ROUNDS} times; with ${SLOW.readers} readers at once that take ` +
    `${whole(SLOW.bytes)} bytes a second each, for ${SLOW.seconds} s; for ${whole(ROWS)} rows; and for all ${whole(ALL)}, there and in a server whose heap is kept small (\`${SMALL_HEAP.join(' ')}\`).`,
  async run(note): Promise<readonly Measurement[]> {
    const installation = await install(PEOPLE);
    try {
      await fill(installation);
      note('filled');
      const lines: Measurement[] = [];
      // A fresh server for each: the memory of a process does not shrink to what it needs.
      for (const format of FORMATS) lines.push(...(await withApi(installation, [], (api) => measure(installation, api, format, note))));
      const small = await withApi(installation, SMALL_HEAP, (api) => download(installation, api, 'format=csv'));
      note(`csv, small heap: ${small.seconds.toFixed(1)} s, peak ${whole(small.peakMegabytes)} MB`);
      return [...lines, told(`csv, most memory, ${whole(ALL)} rows, small heap`, small.peakMegabytes)];
    } finally {
      await installation.close();
    }
  },
});

async function withApi<T>(installation: Installation, nodeArguments: readonly string[], work: (api: Child) => Promise<T>): Promise<T> {
  const api = await installation.startApi({}, [...PROBE, ...nodeArguments]);
  try {
    return await work(api);
  } finally {
    await api.stop();
  }
}

/** The newest tenth of the days holds a tenth of the rows. Indexes are made afterwards, which takes a tenth of the time. */
async function fill({ query }: Installation): Promise<void> {
  const indexes = await query<{ name: string; text: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text from pg_index i where i.indrelid = 'interactions'::regclass and not i.indisunique`,
  );
  for (const { name } of indexes) await query(`drop index ${name}`);
  await query('alter table interactions disable trigger user');
  await query(
    `insert into interactions (id, source, external_id, channel, agent_id, team_id, started_at, business_date, wait_seconds, talk_seconds,
       hold_seconds, acw_seconds, outcome, queue, topic, customer_ref, resolved, first_contact, rating, rating_original, rating_scale, sentiment)
     select gen_random_uuid(), 'bench', 'CALL-' || n, 'voice', ids[1 + n % people], teams[1 + n % people], at, (at at time zone 'UTC')::date, n % 60, 200 + n % 400, n % 50, n % 70,
       case when n % 10 = 0 then 'missed' else 'answered' end, 'Queue ' || n % 12, 'Topic ' || n % 40, 'Customer ' || n % 9000, n % 7 <> 0, n % 3 <> 0,
       r.rating, r.rating::text, case when r.rating is not null then '1-5' end, (n % 200 - 100) / 100.0
     from (select n, now() - (n / $1::float8) * make_interval(days => $2::int) as at from generate_series(1, $1::int) as n) i
     cross join lateral (select case when n % 5 < 2 then 1 + n % 5 end as rating) r
     cross join (select array_agg(id order by id) as ids, array_agg(team_id order by id) as teams, count(*)::int as people from agents where role = 'cs') a`,
    [ALL, DAYS],
  );
  await query('alter table interactions enable trigger user');
  for (const { text } of indexes) await query(text);
  await query('vacuum analyze interactions');
}

interface Taken {
  readonly seconds: number;
  readonly megabytes: number;
  readonly peakMegabytes: number;
  readonly loopMs: number;
}

const since = (share: number): string => new Date(Date.now() - DAYS * share * 86_400_000).toISOString().slice(0, 10);
const most = (taken: readonly Taken[]): number => Math.max(...taken.map(({ peakMegabytes: peak }) => peak));
const told = (what: string, megabytes: number): Measurement => ({ what, ours: `${whole(megabytes)} MB`, bare: '', target: '', met: null });

async function measure(installation: Installation, api: Child, format: Format, note: (line: string) => void): Promise<Measurement[]> {
  const take = (from?: string): Promise<Taken> => download(installation, api, `format=${format}${from ? `&from=${from}` : ''}`);
  const few: Taken[] = [];
  for (let round = 0; round < ROUNDS; round += 1) few.push(await take(since(FEW / ALL)));
  const slow = await slowReaders(installation, api, format);
  note(`${format}: few rows ${whole(most(few))} MB; slow readers ${whole(slow)} MB`);
  const fast: Taken[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await bareCopy(installation));
    fast.push(await take(since(ROWS / ALL)));
    note(`${format}: ${fast.at(-1)?.seconds.toFixed(1)} s, peak ${whole(fast.at(-1)?.peakMegabytes ?? NaN)} MB, loop ${fast.at(-1)?.loopMs.toFixed(0)} ms; bare ${bare.at(-1)?.toFixed(2)} s`);
  }
  const all = await take();
  note(`${format}: all ${all.seconds.toFixed(1)} s, ${all.megabytes.toFixed(0)} MB, peak ${whole(all.peakMegabytes)} MB, loop ${all.loopMs.toFixed(0)} ms`);
  const [ours = NaN, beside = NaN] = [fast.map(({ seconds }) => seconds), bare].map((seconds) => ROWS / median(seconds));
  const loop = Math.max(...[...fast, all].map(({ loopMs }) => loopMs));
  return [
    { what: `${format}, rows`, ours: `${whole(ours)} rows/s`, bare: `${whole(beside)} rows/s`, ratio: ours / beside, target: '', met: null },
    { what: `${format}, event loop of the API meanwhile, p99`, ours: `${loop.toFixed(0)} ms`, bare: '', target: `≤ ${LOOP_MS} ms`, met: loop <= LOOP_MS },
    told(`${format}, most memory, ${whole(FEW)} rows`, most(few)),
    told(`${format}, most memory, slow readers`, slow),
    told(`${format}, most memory, ${whole(ROWS)} rows`, most(fast)),
    told(`${format}, most memory, ${whole(ALL)} rows`, all.peakMegabytes),
  ];
}

/** Takes the file in and forgets it. */
async function download({ tokenOf }: Installation, api: Child, query: string): Promise<Taken> {
  await sleep(1000);
  await askProbe(api.process);
  forgetPeak(api.process.pid);
  const started = performance.now();
  const response = await fetch(`${api.url}/api/exports/interactions?${query}`, { headers: { Authorization: `Bearer ${tokenOf(1)}` } });
  if (response.status !== 200 || !response.body) throw new Error(`${query}: ${response.status}`);
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length;
  const seconds = (performance.now() - started) / 1000;
  return { seconds, megabytes: bytes / 2 ** 20, peakMegabytes: peakMegabytes(api.process.pid), loopMs: (await askProbe(api.process)).loopP99Ms };
}

/** The most memory, while many read everything there is and hardly take any of it. */
async function slowReaders({ tokenOf }: Installation, api: Child, format: Format): Promise<number> {
  const { hostname, port } = new URL(api.url);
  // Leaders: nobody is given many files at a time.
  const sockets = Array.from({ length: SLOW.readers }, (_, n): Socket => {
    const socket = connect({ host: hostname, port: Number(port) }).pause();
    socket.write(`GET /api/exports/interactions?format=${format} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${tokenOf(25 * (n + 1))}\r\n\r\n`);
    return socket;
  });
  forgetPeak(api.process.pid);
  for (let second = 0; second < SLOW.seconds; second += 1) {
    await sleep(1000);
    for (const socket of sockets) socket.read(SLOW.bytes);
  }
  for (const socket of sockets) socket.destroy();
  return peakMegabytes(api.process.pid);
}

/** Seconds. */
async function bareCopy({ databaseUrl }: Installation): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const started = performance.now();
  await pipeline(client.query(to(BARE(since(ROWS / ALL)))), new Writable({ write: (_chunk, _encoding, done) => done() }));
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  return seconds;
}
