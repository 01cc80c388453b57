import { Migration } from '@mikro-orm/migrations';

export class PartitionActivities extends Migration {
  override up(): void {
    this.addSql(`
-- A partition for the month of \`moment\`, for each of the following \`ahead\` months, and for every other month of which
-- rows have ended up in the default partition; those are moved. Answers how many were made; usually none. Several may
-- call it at once. People are locked before the default partition, in the order of whoever writes an activity.
create function keep_activity_partitions(moment timestamptz, ahead integer) returns integer
language plpgsql set lock_timeout = '3s' as $$
declare
  first constant timestamp := date_trunc('month', moment at time zone 'UTC');
  month timestamp;
  name text;
  made integer := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('agent_activities', 2));
  for month in
    select wanted from (
      select first + make_interval(months => n) as wanted from generate_series(0, ahead) n
      union
      select distinct date_trunc('month', "timestamp" at time zone 'UTC') from agent_activities_default
    ) months
    where to_regclass('agent_activities_' || to_char(wanted, 'YYYY_MM')) is null order by wanted
  loop
    if made = 0 then
      lock table agents in share row exclusive mode;
      lock table agent_activities_default in access exclusive mode;
    end if;
    name := 'agent_activities_' || to_char(month, 'YYYY_MM');
    execute format('create table %I (like agent_activities including all)', name);
    execute format('with moved as (delete from agent_activities_default where "timestamp" >= %2$L and "timestamp" < %3$L returning *) insert into %1$I select * from moved',
      name, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    execute format('alter table agent_activities attach partition %I for values from (%L) to (%L)',
      name, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    made := made + 1;
  end loop;
  return made;
end $$;

-- Takes months that ended before \`moment\` out of the table. They stay as tables of their own, for whoever archives or
-- drops them. Answers their names.
create function detach_activity_partitions(moment timestamptz) returns setof text
language plpgsql set lock_timeout = '3s' as $$
declare
  name text;
begin
  perform pg_advisory_xact_lock(hashtextextended('agent_activities', 2));
  for name in
    select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'agent_activities'::regclass and child.relname ~ '^agent_activities_\\d{4}_\\d{2}$'
      and (to_date(right(child.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= moment
    order by child.relname
  loop
    lock table agents in share row exclusive mode;
    execute format('alter table agent_activities detach partition %I', name);
    return next name;
  end loop;
end $$;

create index idx_activities_time on agent_activities ("timestamp");
create index coaching_sessions_scheduled on coaching_sessions (scheduled_at);
select keep_activity_partitions(now(), 3);
    `);
  }
}
