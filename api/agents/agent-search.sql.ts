import { every, sql, type RawBuilder } from '../db/db.ts';
import { escapeLike, folded } from '../db/text-search.ts';
import { conditions, contains } from './agent-filters.sql.ts';
import type { AgentFilters } from './agent-filters.ts';

/** So many who could have been meant are shown, the nearest. */
const CANDIDATES = 200;

/** The best first, of those whom {@link exactly} or {@link nearly} finds as `match`. */
export const BY_RELEVANCE = sql`match.rank, match.distance, match.similarity desc, match.full_name, match.id`;

/** Those in whose text all of it stands. */
export function exactly(words: readonly string[], filters: AgentFilters): RawBuilder<unknown> {
  const needle = words.join(' ');
  const beginnings = every(words.map((word) => sql`a.search_name like '% ' || ${folded(escapeLike(word))} || '%'`));
  return sql`
    select a.id, a.full_name, 0 as distance, 0::real as similarity, case
      when a.search_name = ' ' || ${folded(needle)} then 1
      when a.search_name like ' ' || ${folded(escapeLike(needle))} || '%' then 2
      when ${beginnings} then 3 else 4 end as rank
    from agents a where ${every([...conditions(filters), contains(words, filters)])}`;
}

/**
 * Those in whose name stands, for every word that was typed, one at most two letters off, the nearest so many.
 * @param others who has been found already
 */
export function nearly(words: readonly string[], filters: AgentFilters, others: readonly number[]): RawBuilder<unknown> {
  // As names are taken apart: who types a hyphen need not know where it stands.
  const parts = words.flatMap((word) => word.split(/[^\p{L}\p{M}\p{N}]+/u)).filter((part) => part !== '');
  return sql`
    select a.id, a.full_name, near.distance, near.similarity, 0 as rank from (
      select hit.agent_id, sum(hit.distance) as distance, sum(hit.similarity) as similarity from (
        select named.agent_id, meant.n, min(meant.distance) as distance, max(meant.similarity) as similarity
        from (select typed.n, alike.* from unnest(${parts}::text[]) with ordinality as typed(word, n)
          cross join lateral similar_words(fold_text(typed.word)) as alike) as meant
        join agent_name_words named on named.word = meant.word
        ${filtered(filters)}
        group by named.agent_id, meant.n
      ) hit
      where hit.agent_id <> all(${[...others]}::int[])
      group by hit.agent_id having count(*) = ${parts.length}
      order by distance, similarity desc, hit.agent_id limit ${CANDIDATES}
    ) near join agents a on a.id = near.agent_id`;
}

/** Without a filter nobody's row needs to be looked at to tell who is near. */
function filtered(filters: AgentFilters): RawBuilder<unknown> {
  const found = conditions(filters);
  return found.length === 0 ? sql`` : sql`join agents a on a.id = named.agent_id and ${every(found)}`;
}
