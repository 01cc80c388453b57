import { Migration } from '@mikro-orm/migrations';

export class CreateImportsTables extends Migration {
  override up(): void {
    this.addSql(`
create table imports (
  id uuid primary key,
  kind varchar(20) not null check (kind in ('interactions', 'agents', 'performance', 'presence', 'notes', 'actions')),
  status varchar(20) not null default 'queued' check (status in
    ('queued', 'parsing', 'staged', 'committing', 'committed', 'failed', 'discarded', 'rolled_back')),
  source varchar(100),
  file_name varchar(255) not null,
  file_size bigint not null,
  file_sha256 varchar(64) not null,
  storage_key varchar(255) not null,
  uploaded_by integer not null references agents (id),
  team_id uuid references teams (id),
  mapping jsonb,
  detected jsonb,
  questions jsonb not null default '[]',
  counts jsonb,
  missing_agents jsonb not null default '[]',
  progress jsonb,
  error jsonb,
  -- Raised by every new mapping: the work of an older generation stops instead of overwriting a newer one.
  generation integer not null default 1,
  commit_options jsonb,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  staged_at timestamptz,
  committed_at timestamptz
);
create index imports_uploader on imports (uploaded_by, created_at desc);

create table import_rows (
  import_id uuid not null references imports (id) on delete cascade,
  ordinal integer not null,
  sheet varchar(100),
  row_number integer not null,
  external_id varchar(200),
  action varchar(10) not null check (action in ('new', 'changed', 'unchanged', 'rejected')),
  data jsonb,
  changes jsonb,
  errors jsonb,
  raw jsonb,
  primary key (import_id, ordinal)
);
create index import_rows_action on import_rows (import_id, action, ordinal);
create index import_rows_external on import_rows (import_id, external_id);

-- What a person corrected once for a kind of file is proposed the next time.
create table import_mappings (
  kind varchar(20) not null,
  signature varchar(64) not null,
  mapping jsonb not null,
  updated_by integer references agents (id),
  updated_at timestamptz not null default now(),
  primary key (kind, signature)
);
    `);
  }
}
