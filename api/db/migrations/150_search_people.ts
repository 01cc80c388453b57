import { Migration } from '@mikro-orm/migrations';

export class SearchPeople extends Migration {
  override up(): void {
    this.addSql(`
create extension if not exists fuzzystrmatch;

-- Text as it is searched: without accents, small, one blank between words. Unaccent is only stable, because its
-- dictionary could be edited; ours is not, and an index needs the promise.
create function fold_text(value text) returns text language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, nfkc))), '\\s+', ' ', 'g'))
$$;

-- Stored, so that neither a search nor its ranking folds a hundred thousand names. The blank in front lets a pattern
-- ask for the beginning of a word.
alter table agents
  add column search_name text generated always as (' ' || fold_text(full_name)) stored,
  add column search_text text generated always as (' ' || fold_text(full_name) || ' ' || fold_text(username) || ' ' || fold_text(email)) stored;
drop index idx_agents_search;
create index idx_agents_search_name on agents using gin (search_name gin_trgm_ops);
create index idx_agents_search_text on agents using gin (search_text gin_trgm_ops);

-- Who might have been meant. The threshold is lower than the extension's own: two typing errors in a short word leave
-- few trigrams; edit distance then decides.
create function similar_people(needle text, by_name_only boolean) returns table (id integer, similarity real)
language plpgsql stable parallel safe rows 500 set pg_trgm.word_similarity_threshold = 0.35 as $$
begin
  if by_name_only then
    return query select a.id, word_similarity(needle, a.search_name) from agents a where needle <% a.search_name;
  else
    return query select a.id, word_similarity(needle, a.search_text) from agents a where needle <% a.search_text;
  end if;
end $$;

-- How many letters separate what was typed from a text: each typed word from the nearest word of it, or from the
-- beginning of one while it is still being typed; null when a word is further off than its length allows.
create function typing_distance(needle text, searched text) returns integer language sql immutable strict parallel safe as $$
  select case when bool_and(nearest.distance <= case when length(typed) < 3 then 0 when length(typed) = 3 then 1 else 2 end) then sum(nearest.distance)::integer end
  from (select left(word, 60) as typed from regexp_split_to_table(needle, ' ') word where word <> '') words
  cross join lateral (
    select min(least(levenshtein_less_equal(typed, left(word, 60), 2), levenshtein_less_equal(typed, left(word, length(typed)), 2))) as distance
    from regexp_split_to_table(searched, '[^[:alnum:]]+') word where word <> ''
  ) nearest
$$;
    `);
  }
}
