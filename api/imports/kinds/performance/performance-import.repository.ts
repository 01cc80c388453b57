import { sql, type Db } from '../../../db/db.ts';
import { DERIVED_SUMS, deriveImportedSums } from '../../../performance/imported-sums.sql.ts';
import type { Period } from '../../rows.ts';
import { peopleTable, provenance } from '../comparing/comparison.repository.ts';
import type { UndoableThings } from '../comparing/rollback.repository.ts';
import type { ApplyRequest } from '../import-kind.ts';

/** Fields of a row's `data` and the column of a daily row that holds each; counts that a file leaves out are 0. */
const fields: Readonly<Record<string, { column: string; type: string; blank?: string }>> = {
  messagesHandled: { column: 'messages_handled', type: 'int', blank: '0' },
  ticketsResolved: { column: 'tickets_resolved', type: 'int', blank: '0' },
  avgResponseTime: { column: 'avg_response_time', type: 'numeric' },
  avgHandleTime: { column: 'avg_handle_time', type: 'numeric' },
  customerSatisfaction: { column: 'customer_satisfaction', type: 'numeric' },
  ratingCount: { column: 'rating_count', type: 'int', blank: '0' },
  slaCompliance: { column: 'sla_compliance', type: 'numeric' },
  onlineHours: { column: 'online_hours', type: 'numeric', blank: '0' },
};
const all = Object.entries(fields);
/** What stands for a cell that was left empty, by key. */
const blanks = JSON.stringify(Object.fromEntries(all.flatMap(([key, { blank }]) => (blank === undefined ? [] : [[key, Number(blank)]]))));

/** A row's data as a record `d`, taken apart once. */
const record = sql.raw(`jsonb_to_record(r.data) as d("agentId" int, "agentKey" text, date date, ${all.map(([key, { type }]) => `"${key}" ${type}`).join(', ')})`);

/** The imported row `i` of a person's day. */
export const storedDays: UndoableThings = {
  table: 'agent_performance_metrics',
  idType: 'integer',
  restored: [...all.map(([, { column }]) => column), ...DERIVED_SUMS, 'import_id', 'provenance'],
  find: ({ data, agentId }) => sql`
    left join lateral (
      select i.id::text as id, ${sql.raw(`jsonb_build_object('agentId', i.agent_id, 'date', i.date::text, ${all.map(([key, { column }]) => `'${key}', i.${column}`).join(', ')})`)} as values
      from agent_performance_metrics i
      where i.agent_id = ${agentId} and i.date = (${data} ->> 'date')::date and i.origin = 'imported' limit 1
    ) s on true`,
  locate: ({ targetId }) => sql`select i.id from agent_performance_metrics i where i.id = ${targetId}::integer and i.origin = 'imported'`,
  sameness: 'are about the same person and day',
  comparesNew: true,
  canonical: (data) => sql`(${data} || coalesce((select jsonb_object_agg(b.key, b.value) from jsonb_each(${blanks}::jsonb) b where ${data} -> b.key = 'null'), '{}'))`,
  // Whose days a leader may write is decided with the person.
  objection: () => sql`null::text`,
  objectionCode: 'outside_teams',
};

/** Writes daily figures as a preview has them, in sets. */
export class PerformanceImportRepository {
  async insertNew(db: Db, { importId, people }: ApplyRequest, now: Date): Promise<void> {
    await db.run(sql`
      with people as (${peopleTable(people)})
      insert into agent_performance_metrics (agent_id, date, origin, import_id, provenance, created_at, updated_at, ${sql.raw(all.map(([, { column }]) => column).join(', '))})
      select coalesce(d."agentId", p.id), d.date, 'imported', r.import_id, ${provenance}, ${now}, ${now},
        ${sql.raw(all.map(([key, { blank }]) => (blank === undefined ? `d."${key}"` : `coalesce(d."${key}", ${blank})`)).join(', '))}
      from import_rows r cross join ${record} left join people p on p.key = d."agentKey"
      where r.import_id = ${importId} and r.action = 'new'`);
    await this.#derive(db, importId);
  }

  /** Only what the file has a column for is written. */
  async updateChanged(db: Db, { importId }: ApplyRequest, now: Date): Promise<void> {
    const value = ([key, { column, blank }]: (typeof all)[number]): string =>
      `${column} = case when r.data ? '${key}' then ${blank === undefined ? `d."${key}"` : `coalesce(d."${key}", ${blank})`} else i.${column} end`;
    await db.run(sql`
      update agent_performance_metrics i set ${sql.raw(all.map(value).join(', '))},
        import_id = r.import_id, provenance = ${provenance}, version = i.version + 1, updated_at = ${now}
      from import_rows r cross join ${record}
      where r.import_id = ${importId} and r.action = 'changed' and i.id = r.target_id::integer`);
    await this.#derive(db, importId);
  }

  /** Whose current figures follow. */
  async markPeople(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      insert into stale_figures (agent_id) select distinct agent_id from agent_performance_metrics where import_id = ${importId} order by 1
      on conflict (agent_id) do update set marked_at = excluded.marked_at`);
  }

  /** The same for people whose rows are to be what they were. */
  async markChangedPeople(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      insert into stale_figures (agent_id)
      select distinct i.agent_id from import_rows r join agent_performance_metrics i on i.id = r.target_id::integer
      where r.import_id = ${importId} and r.action = 'changed' order by 1
      on conflict (agent_id) do update set marked_at = excluded.marked_at`);
  }

  /** Rows of days that are counted from their interactions, and the first of them: their figures are kept, and have no effect. */
  async withoutEffect(db: Db, importId: string): Promise<{ count: number; rows: number[] }> {
    const found = await db.first(sql<{ count: number; rows: number[] }>`
      select count(*)::int as count, coalesce((array_agg(r.row_number order by r.row_number))[1:20], '{}') as rows
      from import_rows r join agent_performance_metrics o on o.agent_id = (r.data ->> 'agentId')::int and o.date = (r.data ->> 'date')::date
      where r.import_id = ${importId} and r.action <> 'rejected' and o.origin = 'computed' and o.interactions > 0`);
    return found ?? { count: 0, rows: [] };
  }

  async analyze(db: Db): Promise<void> {
    await db.run(sql`analyze agent_performance_metrics`);
  }

  async period(db: Db, importId: string): Promise<Period | null> {
    const row = await db.first(sql<{ from: string | null; to: string | null }>`
      select min(data ->> 'date') as from, max(data ->> 'date') as to from import_rows where import_id = ${importId} and action <> 'rejected'`);
    return row?.from && row.to ? { from: row.from, to: row.to } : null;
  }

  async #derive(db: Db, importId: string): Promise<void> {
    await db.run(deriveImportedSums(sql`d.import_id = ${importId}`));
  }
}
