import { Migration } from '@mikro-orm/migrations';

export class ReferInSets extends Migration {
  override up(): void {
    this.addSql(`
-- Looking up the person and the team of each interaction, one by one, took a fifth of the time in which an import writes a
-- hundred thousand. The keys stay in the schema, where whoever asks what refers to a person finds them; that they hold is seen
-- to by statement, and for all of its rows at once. See docs/decisions/0026.
alter table interactions drop constraint interactions_agent_id_fkey, drop constraint interactions_team_id_fkey;
alter table interactions
  add constraint interactions_agent_id_fkey foreign key (agent_id) references agents (id) not enforced,
  add constraint interactions_team_id_fkey foreign key (team_id) references teams (id) not enforced;

create function interactions_refer() returns trigger language plpgsql as $fn$
begin
  if tg_op = 'UPDATE' then
    if not exists (select from written w join former f on f.id = w.id where (w.agent_id, w.team_id) is distinct from (f.agent_id, f.team_id)) then
      return null;
    end if;
  end if;
  -- Nobody removes them until this transaction has ended; whoever is just being removed is waited for.
  perform from agents where id in (select agent_id from written) order by id for key share;
  perform from teams where id in (select team_id from written) order by id for key share;
  if exists (select from written w where w.agent_id is not null and not exists (select from agents a where a.id = w.agent_id)) then
    raise foreign_key_violation using message = 'an interaction refers to a person who is not there', schema = tg_table_schema, table = tg_table_name, constraint = 'interactions_agent_id_fkey';
  end if;
  if exists (select from written w where w.team_id is not null and not exists (select from teams t where t.id = w.team_id)) then
    raise foreign_key_violation using message = 'an interaction refers to a team that is not there', schema = tg_table_schema, table = tg_table_name, constraint = 'interactions_team_id_fkey';
  end if;
  return null;
end $fn$;
create trigger interactions_refer_new after insert on interactions referencing new table as written for each statement execute function interactions_refer();
create trigger interactions_refer_changed after update on interactions referencing old table as former new table as written for each statement execute function interactions_refer();

-- The other end: who interactions refer to stays.
create function keeps_interactions() returns trigger language plpgsql as $fn$
begin
  if tg_table_name = 'agents' then
    if exists (select from interactions where agent_id = old.id) then
      raise foreign_key_violation using message = 'interactions refer to the person', schema = tg_table_schema, table = 'interactions', constraint = 'interactions_agent_id_fkey';
    end if;
  elsif exists (select from interactions where team_id = old.id) then
    raise foreign_key_violation using message = 'interactions refer to the team', schema = tg_table_schema, table = 'interactions', constraint = 'interactions_team_id_fkey';
  end if;
  return null;
end $fn$;
create trigger agents_keep_interactions after delete or update of id on agents for each row execute function keeps_interactions();
create trigger teams_keep_interactions after delete or update of id on teams for each row execute function keeps_interactions();
    `);
  }
}
