import { Migration } from '@mikro-orm/migrations';

export class ClearUnusedWords extends Migration {
  override up(): void {
    // Words stay when nobody is called that any more. To clear them away while others name people: whoever names somebody
    // takes a word for known that is known at that moment, so that none may go until they have committed; and whoever clears
    // does not wait for them, for nobody could name anybody meanwhile, but comes back later.
    this.addSql(`
create or replace function agents_named() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('name_words', 220));
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
  perform pg_advisory_xact_lock_shared(hashtextextended('name_words', 220));
  insert into name_words (word)
    select fresh.word from unnest(present) as fresh(word)
    where not exists (select 1 from name_words known where known.word = fresh.word) order by 1
    on conflict do nothing;
  delete from agent_name_words gone where gone.agent_id = new.id and gone.word = any(former) and gone.word <> all(present);
  insert into agent_name_words (word, agent_id) select fresh.word, new.id from unnest(present) as fresh(word) on conflict do nothing;
  return null;
end $$;

-- How many of at most so many words nobody is called any more were cleared away. In PL/pgSQL, because what is read after the
-- lock must be as it is then; a single statement would see what was there before.
create function clear_unused_words(at_most integer) returns integer language plpgsql as $$
declare
  cleared integer;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('name_words', 220)) then return 0; end if;
  delete from name_words where word in (
    select w.word from name_words w where not exists (select 1 from agent_name_words used where used.word = w.word) limit at_most);
  get diagnostics cleared = row_count;
  return cleared;
end $$;
    `);
  }
}
