import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { PREPARATION_CONSTANTS } from './preparation-constants.ts';
import type { WaitingNote } from './agenda.ts';
import type { Flaggable } from './flagged.ts';
import type { LastSession } from './preparation-content.ts';

/** Points of the agenda of `s` that were not talked about, in their order. */
const LEFT_OPEN = sql`(
  select coalesce(json_agg(json_build_object('id', p -> 'id', 'title', p -> 'title', 'detail', p -> 'detail', 'source', p -> 'source', 'refId', p -> 'refId') order by at), '[]')
  from jsonb_array_elements(s.agenda) with ordinality as points(p, at) where not (p ->> 'covered')::boolean)`;

/** Reads what preparations are made of and no other room tells. */
export class PreparationFactsRepository {
  /** Notes that wait to be addressed, private ones too, the oldest first: nothing of what they say. */
  notes(db: Db, agentId: number): Promise<WaitingNote[]> {
    return db.rows(sql<WaitingNote>`
      select n.id, n.note_type as type from quick_notes n
      where n.agent_id = ${agentId} and n.deleted_at is null and n.addressed_at is null order by n.created_at, n.id`);
  }

  /** Interactions from `from` to `to` about which something stands out. @param ahtTarget seconds */
  flaggable(db: Db, agentId: number, from: string, to: string, ahtTarget: number): Promise<Flaggable[]> {
    const { poorRating, excellentRating, negativeSentiment, longHandleFactor } = PREPARATION_CONSTANTS;
    const handle = sql`(case when coalesce(i.talk_seconds, i.hold_seconds, i.acw_seconds) is not null
      then coalesce(i.talk_seconds, 0) + coalesce(i.hold_seconds, 0) + coalesce(i.acw_seconds, 0) end)`;
    return db.rows(sql<Flaggable>`
      select i.id, i.channel, ${iso('i.started_at')} as "startedAt", i.topic, i.queue, i.rating::float8 as rating, i.sentiment::float8 as sentiment,
        ${handle} as "handleSeconds"
      from interactions i
      where i.agent_id = ${agentId} and i.business_date between ${from} and ${to} and i.outcome = 'answered'
        and (i.rating <= ${poorRating} or i.rating >= ${excellentRating} or i.sentiment <= ${negativeSentiment} or ${handle} >= ${ahtTarget * longHandleFactor})`);
  }

  /** The last session that the person attended and that was completed, with what it left open. */
  async lastSession(db: Db, agentId: number): Promise<Omit<LastSession, 'effect'> | undefined> {
    return db.first(sql<Omit<LastSession, 'effect'>>`
      select s.id, ${iso('s.completed_at')} as "heldAt", json_build_object('id', f.id, 'name', f.full_name) as facilitator, s.summary, s.commitments, ${LEFT_OPEN} as "left",
        (select coalesce(json_agg(json_build_object('id', i.id, 'title', i.title, 'isDone', i.status = 'done') order by i.created_at, i.id), '[]')
          from action_items i where i.session_id = s.id and i.agent_id = ${agentId} and i.status <> 'cancelled') as actions
      from session_attendees t join coaching_sessions s on s.id = t.session_id join agents f on f.id = s.team_leader_id
      where t.agent_id = ${agentId} and s.status = 'completed' order by s.completed_at desc, s.id desc limit 1`);
  }
}
