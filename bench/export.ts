import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { defineBench, median, whole, type Measurement } from './bench.ts';
import type { Child } from './children.ts';
import { install, type Installation } from './installation.ts';
import { forgetPeak, peakMegabytes } from './processes.ts';

const PEOPLE = 1042;
const ROWS = 300_000;
/** Whether memory follows the rows shows beside an export of a tenth. */
const FEW = ROWS / 10;
const DAYS = 300;
const ROUNDS = 3;
/** A reader that is slower than the rows: it takes so much at a time and rests. */
const SLOW = { bytes: 256 * 1024, restMs: 250, megabytesPerSecond: 1 } as const;
const FORMATS = ['csv', 'xlsx'] as const;

/** What a sheet of interactions has, with the same order and joins. */
const BARE = `copy (
  select i.external_id, i.source, i.agent_id, a.full_name, t.name, i.started_at, i.channel, i.direction, i.queue, i.topic, i.customer_ref, i.outcome, i.resolved,
    i.first_contact, i.wait_seconds, i.talk_seconds, i.hold_seconds, i.acw_seconds, i.rating, i.rating_original, i.rating_scale, i.sentiment
  from interactions i left join agents a on a.id = i.agent_id left join teams t on t.id = i.team_id
  order by i.started_at desc, i.id desc) to stdout (format csv)`;

export const exportRows = defineBench({
  name: 'export',
  about:
    `${whole(ROWS)} interactions of ${DAYS} days as a file, by an administrator, through the API as it runs; bare: \`COPY … TO STDOUT\` of the same columns in the same order, read by Node. ` +
    `Medians of ${ROUNDS} interleaved rounds. Memory is the most the API's process had meanwhile: for ${whole(FEW)} rows, ${ROUNDS} times, as a server that was just started first fills its heap; ` +
    `then for all of them and a reader that takes ${SLOW.megabytesPerSecond} MB a second, and one as fast as the file comes.`,
  async run(note): Promise<readonly Measurement[]> {
    const installation = await install(PEOPLE);
    try {
      await fill(installation);
      const lines: Measurement[] = [];
      for (const format of FORMATS) {
        // A fresh one for each: the memory of a process does not shrink to what it needs.
        const api = await installation.startApi();
        try {
          lines.push(...(await measure(installation, api, format, note)));
        } finally {
          await api.stop();
        }
      }
      return lines;
    } finally {
      await installation.close();
    }
  },
});

/** The newest tenth of the days holds a tenth of the rows. */
async function fill({ query }: Installation): Promise<void> {
  await query(
    `insert into interactions (id, source, external_id, channel, agent_id, team_id, started_at, business_date, wait_seconds, talk_seconds,
       hold_seconds, acw_seconds, outcome, queue, topic, customer_ref, resolved, first_contact, rating, rating_original, rating_scale, sentiment)
     select gen_random_uuid(), 'bench', 'CALL-' || n, 'voice', a.id, a.team_id, at, (at at time zone 'UTC')::date, n % 60, 200 + n % 400, n % 50, n % 70,
       case when n % 10 = 0 then 'missed' else 'answered' end, 'Queue ' || n % 12, 'Topic ' || n % 40, 'Customer ' || n % 9000, n % 7 <> 0, n % 3 <> 0,
       r.rating, r.rating::text, case when r.rating is not null then '1-5' end, (n % 200 - 100) / 100.0
     from (select n, now() - (n / $1::float8) * make_interval(days => $2::int) as at from generate_series(1, $1::int) as n) i
     cross join lateral (select case when n % 5 < 2 then 1 + n % 5 end as rating) r
     join (select id, team_id, row_number() over (order by id) - 1 as place, count(*) over () as people from agents where role = 'cs') a
       on a.place = i.n % a.people`,
    [ROWS, DAYS],
  );
  await query('vacuum analyze interactions');
}

interface Taken {
  readonly seconds: number;
  readonly megabytes: number;
  readonly peakMegabytes: number;
}

async function measure(installation: Installation, api: Child, format: (typeof FORMATS)[number], note: (line: string) => void): Promise<Measurement[]> {
  const since = new Date(Date.now() - (DAYS / 10) * 86_400_000).toISOString().slice(0, 10);
  const few: Taken[] = [];
  for (let round = 0; round < ROUNDS; round += 1) few.push(await download(installation, api, `format=${format}&from=${since}`));
  const slow = await download(installation, api, `format=${format}`, true);
  note(`${format}: few rows ${whole(most(few))} MB; slow reader ${slow.seconds.toFixed(1)} s, ${slow.megabytes.toFixed(1)} MB, peak ${whole(slow.peakMegabytes)} MB`);
  const fast: Taken[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await bareCopy(installation));
    fast.push(await download(installation, api, `format=${format}`));
    note(`${format}: ${fast.at(-1)?.seconds.toFixed(1)} s, peak ${whole(fast.at(-1)?.peakMegabytes ?? NaN)} MB; bare ${bare.at(-1)?.toFixed(2)} s`);
  }
  const rates = [fast.map(({ seconds }) => seconds), bare].map((seconds) => ROWS / median(seconds));
  const [ours = NaN, beside = NaN] = rates;
  const told = (what: string, value: number): Measurement => ({ what: `${format}, most memory, ${what}`, ours: `${whole(value)} MB`, bare: '', target: '', met: null });
  return [
    { what: `${format}, rows`, ours: `${whole(ours)} rows/s`, bare: `${whole(beside)} rows/s`, ratio: ours / beside, target: '', met: null },
    told(`${whole(FEW)} rows`, most(few)),
    told('slow reader', slow.peakMegabytes),
    told('fast reader', most(fast)),
  ];
}

const most = (taken: readonly Taken[]): number => Math.max(...taken.map(({ peakMegabytes: peak }) => peak));

/** Takes the file in and forgets it. */
async function download({ tokenOf }: Installation, api: Child, query: string, slowly = false): Promise<Taken> {
  await sleep(1000);
  forgetPeak(api.process.pid);
  const started = performance.now();
  const response = await fetch(`${api.url}/api/exports/interactions?${query}`, { headers: { Authorization: `Bearer ${tokenOf(1)}` } });
  if (response.status !== 200 || !response.body) throw new Error(`${query}: ${response.status}`);
  let bytes = 0;
  let sinceRest = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    sinceRest += chunk.length;
    if (!slowly || sinceRest < SLOW.bytes) continue;
    sinceRest = 0;
    await sleep(SLOW.restMs);
  }
  return { seconds: (performance.now() - started) / 1000, megabytes: bytes / 2 ** 20, peakMegabytes: peakMegabytes(api.process.pid) };
}

/** Seconds. */
async function bareCopy({ databaseUrl }: Installation): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const started = performance.now();
  await pipeline(client.query(to(BARE)), new Writable({ write: (_chunk, _encoding, done) => done() }));
  const seconds = (performance.now() - started) / 1000;
  await client.end();
  return seconds;
}
