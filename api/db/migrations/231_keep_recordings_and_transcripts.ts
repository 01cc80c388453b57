import { Migration } from '@mikro-orm/migrations';

export class KeepRecordingsAndTranscripts extends Migration {
  override up(): void {
    this.addSql(`
-- Where the recording of an interaction lies; the sound itself stays with whoever recorded it.
create table recordings (
  id uuid primary key,
  interaction_id uuid not null references interactions (id) on delete cascade,
  url text,
  format varchar(20),
  side varchar(20),
  channels smallint,
  duration_seconds integer check (duration_seconds >= 0),
  size_bytes bigint check (size_bytes >= 0),
  status varchar(20),
  recorded_at timestamptz not null,
  source varchar(100) not null,
  external_id varchar(200) not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  unique (source, external_id)
);
create index recordings_interaction on recordings (interaction_id, recorded_at, id);

create table transcripts (
  id uuid primary key,
  interaction_id uuid not null references interactions (id) on delete cascade,
  status varchar(20),
  -- [{role, text, seconds}]: who said it, what, and how far into the interaction.
  turns jsonb not null,
  summary text,
  analysis jsonb,
  created_at timestamptz not null,
  source varchar(100) not null,
  external_id varchar(200) not null,
  version integer not null default 1,
  updated_at timestamptz not null,
  unique (source, external_id)
);
create index transcripts_interaction on transcripts (interaction_id, created_at, id);
    `);
  }
}
