import { Migration } from '@mikro-orm/migrations';

export class ExactPresence extends Migration {
  override up(): void {
    this.addSql(`
create extension if not exists btree_gist;

create table presence_corrections (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  from_at timestamptz not null,
  to_at timestamptz not null,
  status varchar(20) not null check (status in ('online', 'offline', 'away', 'busy')),
  status_reason varchar(100),
  reason_code varchar(40),
  -- Why the record was wrong, in the words of whoever corrected it.
  reason varchar(500) not null,
  corrected_by integer references agents (id),
  corrected_at timestamptz not null default now(),
  check (to_at > from_at)
);
create index presence_corrections_agent on presence_corrections (agent_id, from_at);

alter table presence_intervals
  add column reason_code varchar(40),
  -- The correction this row was written by, and the one that put it aside. Rows put aside stay readable.
  add column correction_id uuid references presence_corrections (id),
  add column superseded_at timestamptz,
  add column superseded_by uuid references presence_corrections (id),
  -- Leaders are told once per interval that it lasts longer than the team's threshold.
  add column threshold_alerted_at timestamptz,
  drop constraint presence_intervals_source_check,
  add constraint presence_intervals_source_check check (source in
    ('self', 'leader', 'socket', 'socket_lost', 'timeout', 'deactivated', 'correction', 'host', 'import', 'system'));

-- What earlier versions may have written twice over ends where the next one begins.
update presence_intervals p set ended_at = n.next
from (select id, lead(started_at) over (partition by agent_id order by started_at, ended_at nulls last, id) as next
      from presence_intervals where source <> 'import') n
where n.id = p.id and n.next is not null and (p.ended_at is null or p.ended_at > n.next);

drop index presence_one_open;
create unique index presence_one_open on presence_intervals (agent_id) where ended_at is null and superseded_at is null;
create index presence_agent_end on presence_intervals (agent_id, ended_at) where superseded_at is null;
create index presence_unalerted on presence_intervals (started_at)
  where ended_at is null and superseded_at is null and threshold_alerted_at is null and status in ('away', 'busy');

-- A person is in one status at a time. History from elsewhere is as it is; sums count its overlaps once.
alter table presence_intervals add constraint presence_no_overlap
  exclude using gist (agent_id with =, tstzrange(started_at, ended_at) with &&)
  where (superseded_at is null and source <> 'import');

-- What was recorded stays as it was recorded: an interval ends once, and is put aside once.
create function presence_keep_record() returns trigger language plpgsql as $fn$
begin
  if (new.id, new.agent_id, new.status, new.reason, new.reason_code, new.source, new.started_at, new.recorded_by, new.correction_id)
      is distinct from (old.id, old.agent_id, old.status, old.reason, old.reason_code, old.source, old.started_at, old.recorded_by, old.correction_id)
    or (old.ended_at is not null and new.ended_at is distinct from old.ended_at)
    or (old.superseded_at is not null and (new.superseded_at, new.superseded_by) is distinct from (old.superseded_at, old.superseded_by))
  then
    raise exception 'presence_intervals is a record: correct it by a correction' using errcode = 'restrict_violation';
  end if;
  return new;
end $fn$;
create trigger presence_keep_record
  before update of id, agent_id, status, reason, reason_code, source, started_at, ended_at, recorded_by, correction_id, superseded_at, superseded_by
  on presence_intervals for each row execute function presence_keep_record();

-- At the end of a transaction: where one interval ends the next begins, and what was put aside is covered.
create function presence_no_hole() returns trigger language plpgsql as $fn$
declare
  r presence_intervals;
begin
  select * into r from presence_intervals where id = new.id;
  if r.id is null or r.source = 'import' then return null; end if;
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
    and exists (select from presence_intervals where agent_id = r.agent_id and superseded_at is null and source <> 'import' and started_at < r.started_at)
  then raise exception 'presence of % has a hole before %', r.agent_id, r.started_at using errcode = 'check_violation'; end if;
  return null;
end $fn$;
create constraint trigger presence_no_hole after insert or update of ended_at, superseded_at on presence_intervals
  deferrable initially deferred for each row execute function presence_no_hole();

-- Sessions: one per socket. last_activity is the last sign of life, whether the socket still lives or has ended.
alter table agent_sessions
  add column process_id uuid,
  add column end_reason varchar(40);
drop index idx_sessions_last_activity;
create index idx_sessions_last_activity on agent_sessions (last_activity) where is_active;
create index agent_sessions_agent_activity on agent_sessions (agent_id, last_activity desc);
create index agent_sessions_ended on agent_sessions (ended_at) where not is_active;

-- Seconds between two instants in which a person was not offline, by the record; overlaps of imported history count once.
create function presence_online_seconds(person integer, opens timestamptz, closes timestamptz) returns double precision
language sql stable as $fn$
  select coalesce((
    select sum(extract(epoch from upper(r) - lower(r)))::double precision
    from unnest((
      select range_agg(tstzrange(greatest(p.started_at, opens), least(coalesce(p.ended_at, closes), closes)))
      from presence_intervals p
      where p.agent_id = person and p.superseded_at is null and p.status <> 'offline'
        and p.started_at < closes and (p.ended_at is null or p.ended_at > opens)
    )) r), 0)
$fn$;
    `);
  }
}
