import { sql, type Db } from '../db/db.ts';
import { deriveImportedSums } from './imported-sums.sql.ts';
import { RowSet } from '../db/row-set.ts';

/** A person's figures of a day, as an old system had them. Times: minutes until the answer, seconds of handling, hours online. */
export interface MigratedDay {
  readonly agentId: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly messagesHandled: number;
  readonly ticketsResolved: number;
  readonly avgResponseTime: number | null;
  readonly avgHandleTime: number | null;
  readonly customerSatisfaction: number | null;
  readonly ratingCount: number;
  readonly slaCompliance: number | null;
  readonly onlineHours: number;
  readonly createdAt: string;
  readonly origin: 'imported';
}

export const dayRows = new RowSet<MigratedDay & { readonly id: string }>('agent_performance_metrics', {
  agentId: ['agent_id', 'int'], date: ['date', 'date'], messagesHandled: ['messages_handled', 'int'], ticketsResolved: ['tickets_resolved', 'int'],
  avgResponseTime: ['avg_response_time', 'numeric'], avgHandleTime: ['avg_handle_time', 'numeric'], customerSatisfaction: ['customer_satisfaction', 'numeric'],
  ratingCount: ['rating_count', 'int'], slaCompliance: ['sla_compliance', 'numeric'], onlineHours: ['online_hours', 'numeric'], createdAt: ['created_at', 'timestamptz'],
  origin: ['origin', 'text'],
}, 'integer');

export const nextDayIds = async (db: Db, count: number): Promise<string[]> =>
  (await db.rows(sql<{ id: string }>`select nextval(pg_get_serial_sequence('agent_performance_metrics', 'id'))::text as id from generate_series(1, ${count})`)).map(({ id }) => id);

/** Ids of imported rows of these days, in the order asked. */
export async function importedDays(db: Db, days: readonly Pick<MigratedDay, 'agentId' | 'date'>[]): Promise<(string | undefined)[]> {
  const rows = await db.rows(sql<{ place: number; id: string }>`select w.place, d.id::text as id
    from unnest(${days.map(({ agentId }) => agentId)}::int[], ${days.map(({ date }) => date)}::date[]) with ordinality as w(agent_id, date, place)
    join agent_performance_metrics d on d.agent_id = w.agent_id and d.date = w.date and d.origin = 'imported'`);
  const found = new Map(rows.map(({ place, id }) => [Number(place), id]));
  return days.map((_day, index) => found.get(index + 1));
}

/** Sums that follow from the figures (a longer period is weighted by them), and the people whose current figures follow. */
export async function derive(db: Db, ids: readonly string[]): Promise<void> {
  await db.run(deriveImportedSums(sql`d.id = any(${[...ids]}::int[])`));
  await db.run(sql`
    insert into stale_figures (agent_id) select distinct agent_id from agent_performance_metrics where id = any(${[...ids]}::int[]) order by 1
    on conflict (agent_id) do update set marked_at = excluded.marked_at`);
}
