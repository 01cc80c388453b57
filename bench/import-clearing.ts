import type { Installation } from './installation.ts';

/** Nothing of earlier rounds: the table of a bare copy, calls, previews, figures; and nothing left to write to the disk. */
export async function clearImported({ query, superuserQuery }: Installation): Promise<void> {
  await query('drop table if exists bare');
  await query('truncate imports, import_rows, interactions, agent_performance_metrics, stale_days, stale_figures cascade');
  await query('vacuum analyze agents');
  await query('analyze interactions, import_rows, agent_performance_metrics');
  await superuserQuery('checkpoint');
}
