import { Migration } from '@mikro-orm/migrations';

export class WaitBeforeRouting extends Migration {
  override up(): void {
    // Whoever writes an activity while partitions are made waits at the table itself: at the default partition it had
    // chosen that already, for a month that had a partition of its own when its turn came.
    this.addSql(`
create or replace function keep_activity_partitions(moment timestamptz, ahead integer) returns integer
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
      lock table only agent_activities in share row exclusive mode;
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
    `);
  }
}
