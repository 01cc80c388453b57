import type { Installation } from './installation.ts';
import type { ImportSteps } from './importer.ts';

/** What PostgreSQL needs to tell what its time went into. */
export const STATEMENT_SETTINGS: Readonly<Record<string, string>> = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_utility': 'on' };

/** Seconds by what they went into, in the order of an import. They add up to all of it. */
export type Phases = ReadonlyMap<string, number>;

/** Statements by what they are for; the first pattern that fits decides. */
const STATEMENTS: readonly (readonly [phase: string, pattern: RegExp])[] = [
  ['COPY', /^copy import_rows/],
  ['checking once more', /\blocked\b|\bfound\b|overtaken/],
  ['telling the planner', /^analyze/],
  ['writing the rows', /insert into interactions/],
  ['daily and current figures', /stale_days|stale_figures|agent_performance_metrics|figures_on/],
  ['comparing', /import_rows/],
];

export async function beginCounting({ superuserQuery }: Installation): Promise<void> {
  await superuserQuery('create extension if not exists pg_stat_statements');
  await superuserQuery('select pg_stat_statements_reset()');
}

/** Where the time of an import went that began after {@link beginCounting}, nothing else being done meanwhile. */
export async function phasesOf(installation: Installation, { began, uploaded, confirmed, committed }: ImportSteps): Promise<Phases> {
  const took = await statementSeconds(installation);
  const of = (phase: string): number => took.get(phase) ?? 0;
  const [parse, commit] = [await jobOf(installation, 'parse-import'), await jobOf(installation, 'commit-import')];
  const seconds = (from: number, to: number): number => (to - from) / 1000;
  const figures = of('daily and current figures');
  return new Map([
    ['uploading', seconds(began, uploaded)],
    ['waiting for the worker', seconds(uploaded, parse.began) + seconds(Math.max(parse.ended, confirmed), commit.began)],
    ['reading the file, COPY beside it', seconds(parse.began, parse.ended) - of('comparing') - of('telling the planner of the preview')],
    ['comparing', of('comparing')],
    ['checking once more', of('checking once more')],
    ['writing the rows', of('writing the rows')],
    ['daily and current figures', figures],
    ['telling the planner', of('telling the planner') + of('telling the planner of the preview')],
    ['the rest of writing', seconds(commit.began, commit.ended) - of('checking once more') - of('writing the rows') - figures - of('telling the planner')],
    ['the client’s asking for it, and agreeing', seconds(parse.ended, Math.max(parse.ended, confirmed)) + seconds(commit.ended, committed)],
  ]);
}

async function statementSeconds({ superuserQuery }: Installation): Promise<Map<string, number>> {
  const rows = await superuserQuery<{ query: string; seconds: number }>(`select query, (total_exec_time + total_plan_time) / 1000 as seconds from pg_stat_statements where total_exec_time > 0.1`);
  const took = new Map<string, number>();
  for (const { query, seconds } of rows) {
    const text = query.trim();
    const phase = /^analyze import_rows/.test(text) ? 'telling the planner of the preview' : STATEMENTS.find(([, pattern]) => pattern.test(text))?.[0];
    if (phase !== undefined) took.set(phase, (took.get(phase) ?? 0) + seconds);
  }
  return took;
}

/** The last run of a job; milliseconds since 1970. */
async function jobOf({ query }: Installation, name: string): Promise<{ began: number; ended: number }> {
  const [run] = await query<{ began: number; ended: number }>(
    `select extract(epoch from started_at)::float8 * 1000 as began, extract(epoch from finished_at)::float8 * 1000 as ended from job_runs where name = $1`, [name]);
  if (!run) throw new Error(`${name} never ran`);
  return run;
}
