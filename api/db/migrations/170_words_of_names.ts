import { Migration } from '@mikro-orm/migrations';

export class WordsOfNames extends Migration {
  override up(): void {
    this.addSql(`
-- Whoever mistypes mistypes a word. There are far fewer words than people: compared with each of them, a typed word
-- costs the same however many are called that.
create table name_words (
  word text primary key
);
create index idx_name_words_similar on name_words using gin (word gin_trgm_ops);

create table agent_name_words (
  word text not null,
  agent_id integer not null references agents (id) on delete cascade,
  primary key (word, agent_id)
);
create index idx_agent_name_words_agent on agent_name_words (agent_id);

create function words_of_name(folded text) returns setof text language sql immutable strict parallel safe as $$
  select distinct left(word, 60) from regexp_split_to_table(folded, '[^[:alnum:]]+') word where word <> ''
$$;

-- Words stay when nobody is called that any more: they then lead to nobody.
create function keep_name_words(agent_ids integer[]) returns void language sql as $$
  insert into name_words (word)
    select distinct fresh.word from agents a cross join lateral words_of_name(a.search_name) as fresh(word)
    where a.id = any(agent_ids) and not exists (select 1 from name_words known where known.word = fresh.word) order by 1
    on conflict do nothing;
  delete from agent_name_words w using agents a
    where w.agent_id = any(agent_ids) and a.id = w.agent_id and w.word not in (select words_of_name(a.search_name));
  insert into agent_name_words (word, agent_id)
    select word, a.id from agents a cross join lateral words_of_name(a.search_name) word where a.id = any(agent_ids)
    on conflict do nothing;
$$;

create function agents_named() returns trigger language plpgsql as $$
begin
  perform keep_name_words(array(select id from named));
  return null;
end $$;
create trigger agents_named after insert on agents referencing new table as named for each statement execute function agents_named();

create function agent_renamed() returns trigger language plpgsql as $$
begin
  perform keep_name_words(array[new.id]);
  return null;
end $$;
create trigger agent_renamed after update of full_name on agents for each row
  when (old.full_name is distinct from new.full_name) execute function agent_renamed();

select keep_name_words(array(select id from agents));

-- The words that may have been meant by one that was typed, and how many letters they are off: from the whole word, or
-- from its beginning while it is still being typed. The threshold is lower than the extension's own: two errors in a
-- short word leave few trigrams.
create function similar_words(typed text) returns table (word text, distance integer, similarity real)
language plpgsql stable strict parallel safe rows 20 set pg_trgm.word_similarity_threshold = 0.3 set plan_cache_mode = force_custom_plan as $$
declare
  allowed constant integer := case when length(typed) < 3 then 0 when length(typed) = 3 then 1 else 2 end;
begin
  if length(typed) < 3 then
    return query select w.word, 0, 1::real from name_words w where starts_with(w.word, typed);
  else
    return query
      select w.word, least(levenshtein_less_equal(typed, w.word, allowed), levenshtein_less_equal(typed, left(w.word, length(typed)), allowed)),
        word_similarity(typed, w.word)
      from name_words w
      -- Where all words are read, the cheap conditions come first; where they are many, the index finds by the last.
      where length(w.word) >= length(typed) - allowed
        and least(levenshtein_less_equal(typed, w.word, allowed), levenshtein_less_equal(typed, left(w.word, length(typed)), allowed)) <= allowed
        and typed <% w.word;
  end if;
end $$;

-- People are not guessed at one by one any more.
drop function similar_people(text, boolean);
drop function typing_distance(text, text);
    `);
  }
}
