import { Migration } from '@mikro-orm/migrations';

export class WordsByIndex extends Migration {
  override up(): void {
    // In a transaction that names many people the planner takes the tables of words for as small as they were before it,
    // and reads them whole for each. What changed is known without reading anything: it stands in the rows themselves.
    this.addSql(`
create or replace function agents_named() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  insert into name_words (word)
    select distinct fresh.word from named cross join lateral words_of_name(named.search_name) as fresh(word)
    where not exists (select 1 from name_words known where known.word = fresh.word) order by 1
    on conflict do nothing;
  insert into agent_name_words (word, agent_id)
    select fresh.word, named.id from named cross join lateral words_of_name(named.search_name) as fresh(word)
    on conflict do nothing;
  return null;
end $$;

create or replace function agent_renamed() returns trigger language plpgsql set enable_seqscan = off as $$
declare
  former constant text[] := array(select words_of_name(old.search_name));
  present constant text[] := array(select words_of_name(new.search_name));
begin
  insert into name_words (word)
    select fresh.word from unnest(present) as fresh(word)
    where not exists (select 1 from name_words known where known.word = fresh.word) order by 1
    on conflict do nothing;
  delete from agent_name_words gone where gone.agent_id = new.id and gone.word = any(former) and gone.word <> all(present);
  insert into agent_name_words (word, agent_id) select fresh.word, new.id from unnest(present) as fresh(word) on conflict do nothing;
  return null;
end $$;

drop function keep_name_words(integer[]);
    `);
  }
}
