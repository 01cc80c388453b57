import { writeFile } from 'node:fs/promises';
import type { ChildProcess } from 'node:child_process';
import { defineBench, milliseconds, timed, whole, type Measurement } from './bench.ts';
import { askChild } from './children.ts';
import { install, type Installation } from './installation.ts';
import type { MixedLoad, MixedResult } from './mixed-load.client.ts';
import { machineSeconds, processorSeconds, residentMegabytes } from './processes.ts';

const PEOPLE = 500;
const USERS = 100;
const SOCKETS = 500;
const PER_SECOND = 1000;
/** Five minutes; `BENCH_SECONDS` shortens a trial. */
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 300);
const WARM_SECONDS = 10;
const PROFILE = process.env['BENCH_PROFILE'];

/** The load that the backend document asks for in §10.3, all of it together. */
export const mixedLoad = defineBench({
  name: 'mixed-load',
  about:
    `${USERS} people send ${whole(PER_SECOND)} requests a second together for ${SECONDS} s while ${SOCKETS} sockets listen: lists, people, search, stats, performance, activity, notes and the queue are read, ` +
    `one request in twenty writes (status, notes, people, interactions). API and worker run as processes of their own. Requests leave by the clock, whether or not earlier ones were answered, and are timed from the moment they were due.`,
  async run(note): Promise<readonly Measurement[]> {
    const installation = await install(PEOPLE, { settings: { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': PROFILE ? 'on' : 'off' } });
    const api = await installation.startApi();
    const worker = await installation.startWorker();
    try {
      await fillHistory(installation);
      await ask(api.url, installation, WARM_SECONDS);
      if (PROFILE) await installation.superuserQuery("create extension if not exists pg_stat_statements; select pg_stat_statements_reset()");
      const before = await state(installation, api.process, worker.process);
      const result = await ask(api.url, installation, SECONDS);
      const after = await state(installation, api.process, worker.process);
      if (PROFILE) await keepStatements(installation, `${PROFILE}/statements.txt`);
      for (const [name, { count, p95 }] of Object.entries(result.operations)) note(`${name}: ${whole(count)} requests, p95 ${milliseconds(p95)}`);
      for (const [why, count] of Object.entries(result.failures)) note(`failed: ${count} × ${why}`);
      return report(result, before, after);
    } finally {
      await Promise.all([api.stop(), worker.stop()]);
      await installation.close();
    }
  },
});

const isLeader = ({ id }: { id: number }): boolean => id === 1 || id % 25 === 0;

function ask(url: string, { tokenOf }: Installation, seconds: number): Promise<MixedResult> {
  const users = Array.from({ length: USERS }, (_, i) => ({ id: i + 1, token: tokenOf(i + 1) }));
  return askChild<MixedResult>(new URL('./mixed-load.client.ts', import.meta.url), {
    url,
    users,
    leaders: users.filter(isLeader),
    listeners: Array.from({ length: SOCKETS }, (_, i) => tokenOf((i % PEOPLE) + 1)),
    people: PEOPLE,
    perSecond: PER_SECOND,
    seconds,
  } satisfies MixedLoad);
}

interface State {
  readonly queries: number;
  /** Seconds of processor time since the start. */
  readonly machineSeconds: number;
  readonly apiSeconds: number;
  readonly workerSeconds: number;
  readonly postgresSeconds: number;
  readonly apiMegabytes: number;
  readonly workerMegabytes: number;
}

async function state({ superuserQuery, postgresPid }: Installation, api: ChildProcess, worker: ChildProcess): Promise<State> {
  await superuserQuery('create extension if not exists pg_stat_statements');
  const [row] = await superuserQuery<{ n: number }>('select coalesce(sum(calls), 0)::float8 as n from pg_stat_statements');
  return {
    queries: row?.n ?? 0,
    machineSeconds: machineSeconds(),
    apiSeconds: processorSeconds(api.pid),
    workerSeconds: processorSeconds(worker.pid),
    postgresSeconds: processorSeconds(postgresPid),
    apiMegabytes: residentMegabytes(api.pid),
    workerMegabytes: residentMegabytes(worker.pid),
  };
}

/** What the database spent its time on since it started, the most expensive statement first. */
async function keepStatements({ superuserQuery }: Installation, file: string): Promise<void> {
  const rows = await superuserQuery<{ line: string }>(
    `select format('%s ms in all, %s ms planning, %s calls, %s ms each, %s rows: %s', round(total_exec_time + total_plan_time), round(total_plan_time), calls, round(mean_exec_time::numeric, 3), rows, regexp_replace(query, '\\s+', ' ', 'g')) as line
     from pg_stat_statements order by total_exec_time + total_plan_time desc limit 60`,
  );
  await writeFile(file, rows.map(({ line }) => line).join('\n'));
}

function report(result: MixedResult, before: State, after: State): Measurement[] {
  const told = (what: string, ours: string, target = '', met: boolean | null = null): Measurement => ({ what, ours, bare: '', target, met });
  const { sent, failed, seconds } = result;
  const queries = (after.queries - before.queries) / seconds;
  const errors = (failed / sent) * 100;
  const kept = (result.socketsKept / result.sockets) * 100;
  return [
    told('requests per second', `${whole(sent / seconds)} /s`, `${whole(PER_SECOND)} /s`, sent / seconds >= PER_SECOND * 0.99),
    told('p50', milliseconds(result.p50)),
    timed('p95', result.p95, null, 200),
    told('p99', milliseconds(result.p99)),
    told('slowest', milliseconds(result.max)),
    told('errors', `${errors.toFixed(3)} %`, '< 0.1 %', errors < 0.1),
    told('sockets that stayed connected', `${kept.toFixed(2)} %`, '> 99.9 %', kept > 99.9),
    told('events to sockets', `${whole(result.deliveries / seconds)} /s`),
    told('database queries', `${whole(queries)} /s`, '2,000 /s', queries >= 2000),
    told('processors used by load, API, worker, PostgreSQL; by other programs', processors(result, before, after)),
    told('memory of the API, start and end', `${whole(before.apiMegabytes)} MB, ${whole(after.apiMegabytes)} MB`),
    told('memory of the worker, start and end', `${whole(before.workerMegabytes)} MB, ${whole(after.workerMegabytes)} MB`),
  ];
}

/** How many processors each of them kept busy. */
function processors({ processorSeconds: load, secondsInAll }: MixedResult, before: State, after: State): string {
  const used = [load, after.apiSeconds - before.apiSeconds, after.workerSeconds - before.workerSeconds, after.postgresSeconds - before.postgresSeconds];
  const others = after.machineSeconds - before.machineSeconds - used.reduce((sum, seconds) => sum + seconds, 0);
  const told = (seconds: number): string => (seconds / secondsInAll).toFixed(2);
  return `${used.map(told).join(', ')}; ${told(others)}`;
}

/** Four weeks of calls, so that performance, activity and the queue have something to read. */
async function fillHistory({ query, aggregate }: Installation): Promise<void> {
  await query(
    `insert into interactions (id, source, external_id, channel, agent_id, team_id, started_at, business_date, wait_seconds, talk_seconds, hold_seconds, acw_seconds, outcome, resolved, rating)
     select gen_random_uuid(), 'bench', n::text, 'voice', a.id, a.team_id, at, (at at time zone 'UTC')::date, n % 60, 200 + n % 400, n % 30, n % 60, 'answered', n % 7 > 0, case when n % 3 = 0 then 3 + n % 3 end
     from (select n, now() - (n / 100000.0) * interval '28 days' as at from generate_series(1, 100000) as n) i
     join (select id, team_id, row_number() over (order by id) - 1 as place, count(*) over () as people from agents where role = 'cs') a on a.place = i.n % a.people`,
  );
  await query('analyze');
  await aggregate(28);
  await query('analyze');
}
