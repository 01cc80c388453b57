import { sql, type Db, type RawBuilder } from '../../db/db.ts';
import type { PreviewRow, RowAction } from '../import-rows.repository.ts';
import type { CellFault, ImportCounts } from '../rows.ts';

/** Which rows of a preview are wanted; all of it must hold. */
export interface PreviewFilters {
  readonly action?: RowAction | undefined;
  /** Rows in which this field changes or is at fault. */
  readonly field?: string | undefined;
  /** Why they are rejected. */
  readonly code?: string | undefined;
  /** Its number, as the spreadsheet shows it. */
  readonly row?: number | undefined;
  /** Text that stands anywhere in them, whatever its case. */
  readonly search?: string | undefined;
  /** Of people in these teams, or not here yet; everybody's when left out. */
  readonly teamIds?: readonly string[] | undefined;
}

/** After which row a page begins: its ordinal, or so many rows further on. */
export type PageStart = { readonly after: number } | { readonly offset: number };

export interface PreviewCounts extends ImportCounts {
  readonly reasons: readonly { readonly code: string; readonly field: string; readonly rows: number }[];
  readonly changes: readonly { readonly field: string; readonly rows: number }[];
}

/** A rejected row, and why. */
export interface RejectedRow {
  readonly ordinal: number;
  readonly rowNumber: number;
  readonly errors: readonly CellFault[];
}

/** Queries on what becomes of the rows of an import. */
export class PreviewRepository {
  /** In the file's order. */
  rows(db: Db, importId: string, filters: PreviewFilters, start: PageStart, limit: number): Promise<PreviewRow[]> {
    const from = 'after' in start ? sql`and ordinal > ${start.after}` : sql``;
    return db.rows(sql<PreviewRow>`
      select r.*, a.full_name as "agentName" from (
        select ordinal, sheet, row_number as "rowNumber", external_id as "externalId", action, data - '{agentKey,authorId,notIfNew}'::text[] as values, changes, errors, raw
        from import_rows where ${matching(importId, filters)} ${from} order by ordinal limit ${limit} offset ${'offset' in start ? start.offset : 0}
      ) r left join agents a on a.id = (r.values ->> 'agentId')::int order by r.ordinal`);
  }

  async total(db: Db, importId: string, filters: PreviewFilters): Promise<number> {
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from import_rows where ${matching(importId, filters)}`);
    return count?.n ?? 0;
  }

  async counts(db: Db, importId: string, filters: PreviewFilters): Promise<PreviewCounts> {
    const counts = await db.first(sql<PreviewCounts>`
      with found as materialized (select action, changes, errors from import_rows where ${matching(importId, filters)}),
      reasons as (
        select e ->> 'code' as code, e ->> 'field' as field, count(*)::int as rows
        from found f cross join lateral (select distinct jsonb_build_object('code', x -> 'code', 'field', x -> 'field') from jsonb_array_elements(f.errors) x) d(e) group by 1, 2
      ),
      changes as (select key as field, count(*)::int as rows from found f cross join lateral jsonb_object_keys(f.changes) key group by 1)
      select count(*)::int as rows, count(*) filter (where action = 'new')::int as new, count(*) filter (where action = 'changed')::int as changed,
        count(*) filter (where action = 'unchanged')::int as unchanged, count(*) filter (where action = 'rejected')::int as rejected,
        coalesce((select jsonb_agg(jsonb_build_object('code', code, 'field', field, 'rows', rows) order by rows desc, code, field) from reasons), '[]') as reasons,
        coalesce((select jsonb_agg(jsonb_build_object('field', field, 'rows', rows) order by rows desc, field) from changes), '[]') as changes
      from found`);
    return counts ?? { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0, reasons: [], changes: [] };
  }

  /** The next rejected rows in the file's order. */
  rejected(db: Db, importId: string, after: number, limit: number): Promise<RejectedRow[]> {
    return db.rows(sql<RejectedRow>`select ordinal, row_number as "rowNumber", coalesce(errors, '[]') as errors from import_rows
      where import_id = ${importId} and action = 'rejected' and ordinal > ${after} order by ordinal limit ${limit}`);
  }
}

function matching(importId: string, { action, field, code, row, search, teamIds }: PreviewFilters): RawBuilder<unknown> {
  const conditions = [sql`import_id = ${importId}`];
  if (action !== undefined) conditions.push(sql`action = ${action}`);
  if (field !== undefined) conditions.push(sql`(changes ? ${field} or errors @> ${JSON.stringify([{ field }])}::jsonb)`);
  if (code !== undefined) conditions.push(sql`errors @> ${JSON.stringify([{ code }])}::jsonb`);
  if (row !== undefined) conditions.push(sql`row_number = ${row}`);
  if (teamIds !== undefined) conditions.push(sql`not exists (select from agents p where p.id = (data ->> 'agentId')::int and (p.team_id = any(${[...teamIds]}::uuid[])) is not true)`);
  if (search !== undefined) conditions.push(containing(search.toLowerCase()));
  return sql.join(conditions, sql` and `);
}

/**
 * Whether a row says this: in its id, in what is understood of it or in what it reads. The JSON as a whole is looked at
 * first, which is quick and finds names of fields too; what it finds is looked at value by value.
 */
function containing(text: string): RawBuilder<unknown> {
  const within = (value: RawBuilder<unknown>): RawBuilder<unknown> => sql`position(${text} in lower(${value})) > 0`;
  const quoted = JSON.stringify(text).slice(1, -1);
  return sql`((external_id not like 'row:%' and ${within(sql`external_id`)})
    or (position(${quoted} in lower(concat(data::text, raw::text))) > 0
      and (exists (select from jsonb_each_text(data) v where ${within(sql`v.value`)}) or exists (select from jsonb_array_elements_text(raw) v where ${within(sql`v.value`)}))))`;
}
