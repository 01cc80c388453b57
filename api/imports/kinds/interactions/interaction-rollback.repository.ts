import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import { referencesTo, type Reference } from '../../../db/references.ts';
import { nounOf, type Blocker } from '../blockers.ts';
import type { RollbackRequest } from '../import-kind.ts';
import { WRITTEN_COLUMNS } from './interaction-import.repository.ts';

/** What an update of an interaction by an import touches: restored as a whole. */
const restored = [...WRITTEN_COLUMNS, 'agent_id', 'team_id', 'business_date', 'import_id', 'provenance'];

/** The version the import left a row in. */
const leftVersion = sql`coalesce(r.left_version, case when r.action = 'new' then 1 else (r.previous ->> 'version')::int + 1 end)`;

/** The interaction `i` a row of the preview wrote. */
const written = (source: string): RawBuilder<unknown> => sql`cross join lateral (
  select w.id, w.version, w.import_id, w.updated_at from interactions w where w.source = ${source} and w.external_id = r.external_id limit 1) i`;

/** Takes an import of interactions back. */
export class InteractionRollbackRepository {
  /** Nothing changes any more what is about to be looked at and taken back. */
  async lock(db: Db, { importId, source }: RollbackRequest): Promise<void> {
    await db.run(sql`
      select count(*) from import_rows r cross join lateral (
        select i.id from interactions i where i.source = ${source} and i.external_id = r.external_id limit 1 for update
      ) locked where r.import_id = ${importId} and r.action in ('new', 'changed')`);
  }

  /** Rows that are not any more as the import left them. */
  changedSince(db: Db, { importId, source }: RollbackRequest, limit: number): Promise<Blocker[]> {
    return db.rows(sql<Blocker>`
      select r.row_number as "rowNumber", r.external_id as subject, 'changed_since' as code,
        case when i.import_id is distinct from r.import_id and m.id is not null then 'by the import of ' || m.file_name else 'by hand or by a host system' end as what
      from import_rows r ${written(source)} left join imports m on m.id = i.import_id
      where r.import_id = ${importId} and r.action in ('new', 'changed') and (i.import_id is distinct from r.import_id or i.version <> ${leftVersion})
      order by r.ordinal limit ${limit}`);
  }

  /** Rows that something newer than the import refers to. */
  async dependedOn(db: Db, request: RollbackRequest, limit: number): Promise<Blocker[]> {
    const found: Blocker[] = [];
    for (const reference of await referencesTo(db, 'interactions')) {
      if (found.length < limit) found.push(...(await this.#referred(db, request, reference, limit - found.length)));
    }
    return found;
  }

  #referred(db: Db, { importId, source, appliedAt }: RollbackRequest, { table, column, softDeletes, dated }: Reference, limit: number): Promise<Blocker[]> {
    const alive = softDeletes ? sql`and x.deleted_at is null` : sql``;
    // What was there before the import concerns the row it changed, not the change.
    const newer = dated ? sql`and (r.action = 'new' or x.created_at > ${appliedAt}::timestamptz)` : sql`and r.action = 'new'`;
    return db.rows(sql<Blocker>`
      select r.row_number as "rowNumber", r.external_id as subject, 'depended_on' as code, ${nounOf(table)}::text as what
      from import_rows r ${written(source)}
      where r.import_id = ${importId} and r.action in ('new', 'changed')
        and exists (select from ${sql.table(table)} x where x.${sql.ref(column)} = i.id ${alive} ${newer})
      order by r.ordinal limit ${limit}`);
  }

  /** Changed interactions get back what they had; their version goes on, so that nobody's older copy overwrites it. */
  async restoreChanged(db: Db, { importId }: RollbackRequest, now: Date): Promise<void> {
    await db.run(sql`
      update interactions i set ${sql.raw(restored.map((column) => `${column} = p.${column}`).join(', '))}, version = i.version + 1, updated_at = ${now}
      from import_rows r cross join lateral jsonb_populate_record(null::interactions, r.previous) p
      where r.import_id = ${importId} and r.action = 'changed' and i.id = r.target_id`);
  }

  /** The imports that had left restored rows as they are again may be taken back in their turn. */
  async settleEarlier(db: Db, { importId }: RollbackRequest): Promise<void> {
    await db.run(sql`
      update import_rows r set left_version = i.version
      from import_rows later join interactions i on i.id = later.target_id
      where later.import_id = ${importId} and later.action = 'changed' and r.import_id = i.import_id and r.external_id = i.external_id
        and r.action in ('new', 'changed') and ${leftVersion} = (later.previous ->> 'version')::int`);
  }

  async deleteNew(db: Db, { importId }: RollbackRequest): Promise<void> {
    await db.run(sql`delete from interactions where import_id = ${importId}`);
  }
}
