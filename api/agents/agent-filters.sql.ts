import { every, sql, type RawBuilder } from '../db/db.ts';
import { escapeLike, folded, wordsOf } from '../db/text-search.ts';
import type { AgentFilters, Peer } from './agent-filters.ts';

/** Whether a figure of this person may decide anything for who asks. */
const figuresShown = ({ id }: Peer): RawBuilder<unknown> =>
  sql`(a.id = ${id} or not exists (select 1 from team_settings hidden where hidden.team_id = a.team_id and hidden.settings->>'peerFigures' = 'hidden'))`;

/** The filters as conditions on people, `a`. */
export function conditions(filters: AgentFilters): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [];
  if (filters.role) found.push(sql`a.role = ${filters.role}`);
  if (filters.status) found.push(sql`a.is_active = ${filters.status === 'active'}`);
  if (filters.onlineStatus) found.push(sql`a.online_status = ${filters.onlineStatus}`);
  if (filters.department) found.push(sql`a.department = ${filters.department}`);
  if (filters.teamId) found.push(sql`a.team_id = ${filters.teamId}`);
  if (filters.performanceLevel) found.push(sql`a.performance_level = ${filters.performanceLevel}`);
  if (filters.performanceLevel && filters.peer?.hidesFigures) found.push(figuresShown(filters.peer));
  if (filters.search) found.push(contains(wordsOf(filters.search), filters));
  return found;
}

/** So short a word has no three letters in a row to look up: it is the beginning of one. */
const SHORT_WORD = /^[\p{L}\p{N}]{1,2}$/u;

const containsWord = (column: RawBuilder<unknown>, word: string): RawBuilder<unknown> =>
  sql`${column} like ${SHORT_WORD.test(word) ? '% ' : '%'} || ${folded(escapeLike(word))} || '%'`;

/** Every word in the text; those who may not read contact fields, save their own, must not find out what is in them either. */
export function contains(words: readonly string[], { peer }: AgentFilters): RawBuilder<unknown> {
  const inText = every(words.map((word) => containsWord(sql`a.search_text`, word)));
  if (!peer) return inText;
  return sql`(${every(words.map((word) => containsWord(sql`a.search_name`, word)))} or (a.id = ${peer.id} and ${inText}))`;
}
