import { Migration } from '@mikro-orm/migrations';

export class LookOnceAtWhomRowsReferTo extends Migration {
  override up(): void {
    this.addSql(`
-- As before (see docs/decisions/0026), but each row is looked at once, whoever was just found and locked is not looked for again,
-- and of changed rows only whom none of them referred to before is. Sets are compared with sets: rows that were joined with what
-- they were took half a minute for ten thousand, whenever the planner had met few of them at first.
create or replace function interactions_refer() returns trigger language plpgsql as $fn$
declare
  people integer[];
  groups uuid[];
  found bigint;
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct agent_id) filter (where agent_id is not null), array_agg(distinct team_id) filter (where team_id is not null)
      into people, groups from (select distinct agent_id, team_id from written) w;
  else
    people := array(select agent_id from written where agent_id is not null except select agent_id from former);
    groups := array(select team_id from written where team_id is not null except select team_id from former);
  end if;
  -- Nobody removes them until this transaction has ended; whoever is just being removed is waited for, and then missed.
  if people <> '{}' then
    perform from agents where id = any(people) order by id for key share;
    get diagnostics found = row_count;
    if found < cardinality(people) then
      raise foreign_key_violation using message = 'an interaction refers to a person who is not there', schema = tg_table_schema, table = tg_table_name, constraint = 'interactions_agent_id_fkey';
    end if;
  end if;
  if groups <> '{}' then
    perform from teams where id = any(groups) order by id for key share;
    get diagnostics found = row_count;
    if found < cardinality(groups) then
      raise foreign_key_violation using message = 'an interaction refers to a team that is not there', schema = tg_table_schema, table = tg_table_name, constraint = 'interactions_team_id_fkey';
    end if;
  end if;
  return null;
end $fn$;
    `);
  }
}
