import { Migration } from '@mikro-orm/migrations';

export class ImportPresence extends Migration {
  override up(): void {
    this.addSql(`
alter table presence_intervals
  -- History from elsewhere, and corrections of nothing else: it may overlap and have holes.
  add column in_history boolean not null default false,
  -- Where it comes from, when it was brought in by a file. The label is the file's; \`source\` says who changed a status.
  add column import_source varchar(100),
  add column external_id varchar(200),
  add column import_id uuid,
  add column provenance jsonb,
  add column version integer not null default 1,
  add column updated_at timestamptz;
create unique index presence_import_source on presence_intervals (import_source, external_id) where external_id is not null and superseded_at is null;
create index presence_import on presence_intervals (import_id) where import_id is not null;

alter table presence_intervals
  drop constraint presence_no_overlap,
  add constraint presence_no_overlap exclude using gist (agent_id with =, tstzrange(started_at, ended_at) with &&)
    where (superseded_at is null and source <> 'import' and not in_history);

-- What was recorded stays as it was recorded. What an import brought, a later one may correct: it keeps what was there.
create or replace function presence_keep_record() returns trigger language plpgsql as $fn$
declare
  brought constant boolean := old.source = 'import' and old.import_id is not null and new.import_id is not null and old.superseded_at is null;
begin
  if (new.id, new.status, new.reason, new.reason_code, new.source, new.recorded_by, new.correction_id)
      is distinct from (old.id, old.status, old.reason, old.reason_code, old.source, old.recorded_by, old.correction_id)
    or (not brought and ((new.agent_id, new.started_at) is distinct from (old.agent_id, old.started_at)
      or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)))
    or (old.superseded_at is not null and (new.superseded_at, new.superseded_by) is distinct from (old.superseded_at, old.superseded_by))
  then
    raise exception 'presence_intervals is a record: correct it by a correction' using errcode = 'restrict_violation';
  end if;
  return new;
end $fn$;

create or replace function presence_no_hole() returns trigger language plpgsql as $fn$
declare
  r presence_intervals;
begin
  select * into r from presence_intervals where id = new.id;
  if r.id is null or r.source = 'import' or r.in_history then return null; end if;
  if r.superseded_at is not null then
    if r.ended_at is distinct from r.started_at and not exists (
      select from presence_intervals where agent_id = r.agent_id and superseded_at is null and tstzrange(started_at, ended_at) @> r.started_at)
    then raise exception 'presence of % has a hole at %', r.agent_id, r.started_at using errcode = 'check_violation'; end if;
    return null;
  end if;
  if r.ended_at is not null and not exists (
    select from presence_intervals where agent_id = r.agent_id and superseded_at is null and started_at = r.ended_at and id <> r.id)
  then raise exception 'presence of % has a hole after %', r.agent_id, r.ended_at using errcode = 'check_violation'; end if;
  if not exists (select from presence_intervals where agent_id = r.agent_id and superseded_at is null and ended_at = r.started_at and id <> r.id)
    and exists (select from presence_intervals where agent_id = r.agent_id and superseded_at is null and source <> 'import' and not in_history and started_at < r.started_at)
  then raise exception 'presence of % has a hole before %', r.agent_id, r.started_at using errcode = 'check_violation'; end if;
  return null;
end $fn$;

-- What Sideline has recorded itself is not written over by a file.
create function presence_beside_record() returns trigger language plpgsql as $fn$
begin
  if exists (select from presence_intervals p where p.agent_id = new.agent_id and p.superseded_at is null and p.source <> 'import'
    and tstzrange(p.started_at, p.ended_at) && tstzrange(new.started_at, new.ended_at))
  then raise exception 'presence of % is recorded already between % and %', new.agent_id, new.started_at, new.ended_at using errcode = 'check_violation'; end if;
  return null;
end $fn$;
create trigger presence_beside_record after insert or update of agent_id, started_at, ended_at on presence_intervals
  for each row when (new.import_id is not null and new.superseded_at is null) execute function presence_beside_record();
    `);
  }
}
