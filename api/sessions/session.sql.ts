import { isManager, type Principal, type Scope } from '../auth/principal.ts';
import { sql, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { scopeSql } from '../db/scope-sql.ts';

/** Of the sessions `s`: those the reader attends, facilitates, or has somebody in whom they lead. */
export function readable(reader: Principal, scope: Scope): RawBuilder<unknown> {
  if (scope.kind === 'all') return sql`true`;
  if (scope.kind === 'none') return sql`false`;
  return sql`(s.team_leader_id = ${reader.agentId} or exists (
    select 1 from session_attendees x join agents xa on xa.id = x.agent_id
    where x.session_id = s.id and ${scopeSql(scope, { team: 'xa.team_id', agent: 'x.agent_id' })}))`;
}

/** Of the people `alias`: those with a password of their own. Whoever was brought along from elsewhere has none until they follow a link. */
export const signsIn = (alias: string): RawBuilder<unknown> => sql`(${sql.ref(`${alias}.is_active`)} and ${sql.ref(`${alias}.password_hash`)} like '$argon2%')`;

/**
 * Of the sessions `s`: those with an open dispute that is the reader's to decide. Where its owner cannot sign in it is any
 * manager's who had no part in the session.
 */
export function awaitsDecisionOf(reader: Principal): RawBuilder<unknown> {
  const takesOver = isManager(reader) ? sql`(not ${signsIn('o')} and s.team_leader_id <> ${reader.agentId})` : sql`false`;
  return sql`(exists (select 1 from session_disputes y join agents o on o.id = y.owner_id
      where y.session_id = s.id and y.outcome is null and (y.owner_id = ${reader.agentId} or ${takesOver}))
    and not exists (select 1 from session_attendees z where z.session_id = s.id and z.agent_id = ${reader.agentId}))`;
}

/** Sessions that still take somebody's time. */
export const BOOKED = sql`s.status in ('scheduled', 'preparing', 'live')`;

const person = (id: string, name: string): RawBuilder<unknown> => sql`json_build_object('id', ${sql.ref(id)}, 'name', ${sql.ref(name)})`;

const dispute = sql`case when d.owner_id is not null then json_build_object(
  'comment', d.comment, 'raisedAt', ${iso('d.raised_at')}, 'owner', ${person('d.owner_id', 'dow.full_name')}, 'dueAt', ${iso('d.due_at')},
  'outcome', d.outcome, 'resolution', d.resolution, 'resolvedAt', ${iso('d.resolved_at')},
  'resolvedBy', case when d.resolved_by is not null then ${person('d.resolved_by', 'dre.full_name')} end) end`;

const attendees = sql`
  select json_agg(json_build_object('id', t.agent_id, 'name', ta.full_name, 'acknowledgement', json_build_object(
      'status', t.acknowledgement, 'dueAt', ${iso('t.due_at')}, 'at', ${iso('t.answered_at')}, 'comment', t.comment, 'dispute', ${dispute}))
      order by t.agent_id) as list,
    json_agg(ta.team_id) as teams
  from session_attendees t join agents ta on ta.id = t.agent_id
  left join session_disputes d on d.session_id = t.session_id and d.agent_id = t.agent_id
  left join agents dow on dow.id = d.owner_id left join agents dre on dre.id = d.resolved_by
  where t.session_id = s.id`;

export const columns = sql`
  s.id, s.kind, s.agent_id as "agentId", a.full_name as "agentName", s.team_leader_id as "teamLeaderId",
  ${person('s.team_leader_id', 'f.full_name')} as facilitator, coalesce(at.list, '[]') as attendees, coalesce(at.teams, '[]') as "teamIds", s.status,
  ${iso('s.scheduled_at')} as "scheduledAt", s.duration_minutes as "durationMinutes", s.remote_url as "remoteUrl", s.focus_metrics as "focusMetrics", s.agenda,
  to_json(s.goal_ids) as "goalIds", s.template_id as "templateId", s.request_id as "requestId", s.previous_session_id as "previousSessionId",
  s.follow_up_session_id as "followUpSessionId", s.preparation_status as "preparationStatus", s.discussion_notes as "discussionNotes",
  s.topics_covered as "topicsCovered", s.engagement_score as "engagementScore", s.summary, s.commitments, s.field_versions as versions,
  ${iso('s.started_at')} as "startedAt", ${iso('s.completed_at')} as "completedAt", s.cancel_reason as "cancelReason",
  (select count(*)::int from session_comments c where c.session_id = s.id) as "commentCount",
  ${iso('s.created_at')} as "createdAt", ${iso('s.updated_at')} as "updatedAt", s.version, s.calendar_sequence as "calendarSequence"`;

export const from = sql`coaching_sessions s join agents f on f.id = s.team_leader_id left join agents a on a.id = s.agent_id
  left join lateral (${attendees}) at on true`;
