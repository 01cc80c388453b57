import type { Scope } from '../auth/principal.ts';
import { sql, type RawBuilder } from '../db/db.ts';

/** Import, file, sheet and row of something that a file brought, and whether the reader sees that import. */
export interface ImportedFrom {
  readonly importId: string;
  /** Null where nothing is known of the import any more. */
  readonly fileName: string | null;
  readonly sheet: string | null;
  readonly row: number;
  readonly mayOpen: boolean;
}

/**
 * What a `provenance` says, with the name of the file where it was one. Managers and administrators see every import,
 * leaders their own: as {@link ownerOf} of this room says it.
 * @param provenance name of the column, or what is worked out instead of one
 */
export function importedFrom(provenance: string | RawBuilder<unknown>, scope: Scope): RawBuilder<unknown> {
  const column = typeof provenance === 'string' ? sql.ref(provenance) : provenance;
  const known = sql`select jsonb_build_object('fileName', m.file_name, 'mayOpen', ${mayOpen(scope)}) from imports m where m.id = (${column} ->> 'importId')::uuid`;
  return sql`case when ${column} ? 'importId' then ${column} || coalesce((${known}), '{"fileName": null, "mayOpen": false}') else ${column} end`;
}

function mayOpen(scope: Scope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`true`;
  return scope.kind === 'teams' ? sql`m.uploaded_by = ${scope.selfId}` : sql`false`;
}
