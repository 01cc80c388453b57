import { sql, type Db } from './db.ts';

/** A column with a foreign key to a table. */
export interface Reference {
  readonly table: string;
  readonly column: string;
  /** Rows may be marked as deleted (`deleted_at`) and then count as gone. */
  readonly softDeletes: boolean;
  /** Rows say when they were made (`created_at`). */
  readonly dated: boolean;
}

/**
 * Everything that may refer to rows of a table, as the schema itself says: whoever adds a table tomorrow need not be
 * remembered here.
 */
export const referencesTo = (db: Db, table: string): Promise<Reference[]> =>
  db.rows(sql<Reference>`
    select c.conrelid::regclass::text as table, a.attname as column, ${has('deleted_at')} as "softDeletes", ${has('created_at')} as dated
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.conparentid = 0 and c.confrelid = ${table}::regclass
    order by 1, 2`);

const has = (column: string) => sql`exists (select from pg_attribute x where x.attrelid = c.conrelid and x.attname = ${column} and not x.attisdropped)`;
