import { Migration } from '@mikro-orm/migrations';

export class LookOnceAtWhomRowsReferTo extends Migration {
  override up(): void {
    this.addSql(`
-- As before (see docs/decisions/0026), with one pass over the rows of the statement instead of four, and without looking for
-- those again who were just found and locked.
create or replace function interactions_refer() returns trigger language plpgsql as $fn$
declare
  people integer[];
  groups uuid[];
  found bigint;
begin
  if tg_op = 'UPDATE' then
    if not exists (select from written w join former f on f.id = w.id where (w.agent_id, w.team_id) is distinct from (f.agent_id, f.team_id)) then
      return null;
    end if;
  end if;
  select array_agg(distinct agent_id) filter (where agent_id is not null), array_agg(distinct team_id) filter (where team_id is not null)
    into people, groups from (select distinct agent_id, team_id from written) w;
  -- Nobody removes them until this transaction has ended; whoever is just being removed is waited for, and then missed.
  perform from agents where id = any(people) order by id for key share;
  get diagnostics found = row_count;
  if found < cardinality(people) then
    raise foreign_key_violation using message = 'an interaction refers to a person who is not there', schema = tg_table_schema, table = tg_table_name, constraint = 'interactions_agent_id_fkey';
  end if;
  perform from teams where id = any(groups) order by id for key share;
  get diagnostics found = row_count;
  if found < cardinality(groups) then
    raise foreign_key_violation using message = 'an interaction refers to a team that is not there', schema = tg_table_schema, table = tg_table_name, constraint = 'interactions_team_id_fkey';
  end if;
  return null;
end $fn$;
    `);
  }
}
