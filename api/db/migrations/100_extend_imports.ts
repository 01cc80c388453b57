import { Migration } from '@mikro-orm/migrations';

export class ExtendImports extends Migration {
  override up(): void {
    this.addSql(`
alter table imports
  -- Teams the uploader may touch, as of the upload; null for all.
  add column team_scope uuid[],
  add column given_mapping jsonb not null default '{}',
  add column period_from date,
  add column period_to date,
  -- The rows are written; what follows (daily figures) can be repeated, this cannot.
  add column applied_at timestamptz;
create index imports_sha on imports (file_sha256);
create index imports_unfinished on imports (updated_at) where status in ('queued', 'parsing', 'committing');

-- A row of a file that repeats an earlier one; it stays unchanged whatever becomes of the first.
alter table import_rows add column duplicate_of integer;
-- The stored thing the row was compared with.
alter table import_rows add column target_id uuid;
-- Rows are found by their import; what they mean, by looking up the other table.
drop index import_rows_external;

-- Rows on their way from the file to the preview, before they are compared with anything. Unlogged: after a
-- crash the file is read again.
create unlogged table import_staging (
  attempt uuid not null,
  import_id uuid not null,
  ordinal integer not null,
  row_number integer not null,
  external_id varchar(200) not null,
  hashed boolean not null,
  data jsonb,
  errors jsonb,
  raw jsonb
);
create index import_staging_attempt on import_staging (attempt);
create index import_staging_import on import_staging (import_id);
    `);
  }
}
