import { sql, type RawBuilder } from './db.ts';

/** An instant column as ISO 8601 in UTC with milliseconds, made by PostgreSQL: no Date object per row. */
export const iso = (column: string): RawBuilder<string> =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
