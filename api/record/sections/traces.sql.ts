import { sql, type RawBuilder } from '../../db/db.ts';
import { iso } from '../../db/iso.ts';
import type { Subject } from '../record-page.ts';
import { byCreation, person, type Section } from '../section.sql.ts';

/** What using the system leaves behind. */
export const TRACE_SECTIONS: readonly Section[] = [
  {
    name: 'signIns',
    tables: ['auth_sessions'],
    columns: sql`s.id, ${iso('s.created_at')} as "createdAt", ${iso('s.last_used_at')} as "lastUsedAt", ${iso('s.expires_at')} as "expiresAt", ${iso('s.revoked_at')} as "revokedAt",
      s.revoke_reason as "revokeReason", host(s.ip_address) as "ipAddress", s.user_agent as "userAgent"`,
    from: sql`auth_sessions s`,
    about: ({ agentId }) => sql`s.agent_id = ${agentId}`,
    order: byCreation('s'),
  },
  {
    name: 'connections',
    tables: ['agent_sessions'],
    columns: sql`s.id, ${iso('s.started_at')} as "startedAt", ${iso('s.last_activity')} as "lastActivity", ${iso('s.ended_at')} as "endedAt", s.end_reason as "endReason",
      host(s.ip_address) as "ipAddress", s.user_agent as "userAgent"`,
    from: sql`agent_sessions s`,
    about: ({ agentId }) => sql`s.agent_id = ${agentId}`,
    order: [['s.started_at', 'timestamptz'], ['s.id', 'uuid']],
  },
  {
    // What others did to this person's own rows, as masked as it is kept; of what they did themselves, that they did it.
    name: 'audit',
    tables: ['audit_log'],
    columns: sql`g.id, ${iso('g.at')} as at, g.action, g.target_type as "targetType", g.target_id as "targetId", ${person('doer')} as by,
      case when g.shown then g.before end as before, case when g.shown then g.after end as after,
      case when g.actor_id = g.subject and g.actor_type = 'person' then host(g.ip_address) end as "ipAddress"`,
    from: (subject) => sql`(${audited(subject)}) g left join agents doer on g.actor_type = 'person' and doer.id = case when g.actor_id ~ '^[0-9]{1,9}$' then g.actor_id::int end`,
    about: () => sql`true`,
    order: [['g.at', 'timestamptz'], ['g.id', 'uuid']],
  },
];

/** What only those learn of a group whom it is about: how somebody answered, and what became of it. */
const ANSWERS = ['session.acknowledge', 'session.dispute', 'session.dispute_resolve', 'session.dispute_reassign'];

/** Rows about a person, as the audit log names them. Private notes are in it where they are in the record. */
const rowsAbout = ({ agentId, withPrivateNotes }: Subject): RawBuilder<unknown> => sql`
  select 'agent' as type, ${agentId}::text as id, true as shown
  union all select 'quick_note', id::text, true from quick_notes where agent_id = ${agentId} and (${withPrivateNotes} or not is_private)
  union all select 'coaching_session', a.session_id::text, s.kind = 'one_to_one' from session_attendees a join coaching_sessions s on s.id = a.session_id where a.agent_id = ${agentId}
  union all select 'action_item', id::text, true from action_items where agent_id = ${agentId}
  union all select 'goal', id::text, true from coaching_goals where agent_id = ${agentId}
  union all select 'session_request', id::text, true from session_requests where agent_id = ${agentId}
  union all select 'absence', id::text, true from absences where agent_id = ${agentId}
  union all select 'absence', target_id, true from audit_log where target_type = 'absence' and action = 'absence.delete' and before ->> 'agentId' = ${agentId}::text`;

/**
 * Entries about these rows, once each, and what the person did elsewhere. Which notes a session has dealt with is left out:
 * private ones are among them. Of a group, details are left out as well, and other people's answers.
 */
const audited = (subject: Subject): RawBuilder<unknown> => sql`
  with mine as materialized (${rowsAbout(subject)})
  select log.id, log.at, log.action, log.target_type, log.target_id, log.actor_type, log.actor_id, log.ip_address,
    log.before, log.after - 'addressedNoteIds' as after, mine.shown, ${subject.agentId}::text as subject
  from mine join audit_log log on log.target_type = mine.type and log.target_id = mine.id
  where mine.shown or log.action <> all(${ANSWERS}::text[]) or (log.actor_type = 'person' and log.actor_id = ${subject.agentId}::text)
  union all
  select log.id, log.at, log.action, log.target_type, log.target_id, log.actor_type, log.actor_id, log.ip_address,
    null, null, false, ${subject.agentId}::text
  from audit_log log where log.actor_type = 'person' and log.actor_id = ${subject.agentId}::text
    and not exists (select from mine where mine.type = log.target_type and mine.id = log.target_id)`;
