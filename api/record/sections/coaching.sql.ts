import { sql } from '../../db/db.ts';
import { iso } from '../../db/iso.ts';
import { byCreation, person, type Section } from '../section.sql.ts';

/** What was written and agreed about somebody, and what they said to it. */
export const COACHING_SECTIONS: readonly Section[] = [
  {
    name: 'notes',
    tables: ['quick_notes'],
    columns: sql`n.id, n.note_type as "noteType", n.priority, n.category, n.content, n.is_private as "isPrivate", ${person('w')} as "writtenBy",
      n.interaction_id as "interactionId", ${iso('n.addressed_at')} as "addressedAt", ${iso('n.created_at')} as "createdAt", ${iso('n.deleted_at')} as "deletedAt"`,
    from: sql`quick_notes n left join agents w on w.id = n.author_id`,
    about: ({ agentId, withPrivateNotes }) => (withPrivateNotes ? sql`n.agent_id = ${agentId}` : sql`n.agent_id = ${agentId} and not n.is_private`),
    order: byCreation('n'),
  },
  {
    name: 'sessions',
    tables: ['coaching_sessions', 'session_attendees', 'session_disputes'],
    columns: sql`s.id, s.kind, s.status, ${iso('s.scheduled_at')} as "scheduledAt", s.duration_minutes as "durationMinutes", ${person('f')} as facilitator,
      s.focus_metrics as "focusMetrics", s.agenda, s.discussion_notes as "discussionNotes", s.topics_covered as "topicsCovered",
      s.engagement_score as "engagementScore", s.summary, s.commitments, ${iso('s.started_at')} as "startedAt", ${iso('s.completed_at')} as "completedAt",
      s.cancel_reason as "cancelReason", ${iso('s.created_at')} as "createdAt",
      json_build_object('status', sa.acknowledgement, 'at', ${iso('sa.answered_at')}, 'comment', sa.comment) as acknowledgement,
      case when d.session_id is not null then json_build_object('comment', d.comment, 'raisedAt', ${iso('d.raised_at')}, 'outcome', d.outcome,
        'resolution', d.resolution, 'resolvedAt', ${iso('d.resolved_at')}) end as dispute`,
    from: sql`session_attendees sa join coaching_sessions s on s.id = sa.session_id left join agents f on f.id = s.team_leader_id
      left join session_disputes d on d.session_id = sa.session_id and d.agent_id = sa.agent_id`,
    about: ({ agentId }) => sql`sa.agent_id = ${agentId}`,
    order: byCreation('s'),
  },
  {
    name: 'sessionComments',
    tables: ['session_comments'],
    columns: sql`c.id, c.session_id as "sessionId", ${person('w')} as "writtenBy", c.content, ${iso('c.created_at')} as "createdAt"`,
    from: sql`session_comments c left join agents w on w.id = c.author_id`,
    about: ({ agentId }) => sql`exists (select from session_attendees sa where sa.session_id = c.session_id and sa.agent_id = ${agentId})`,
    order: byCreation('c'),
  },
  {
    name: 'actionItems',
    tables: ['action_items', 'action_comments', 'action_evidence'],
    columns: sql`i.id, i.session_id as "sessionId", i.title, i.description, i.due_date::text as "dueDate", i.priority, i.category, i.status,
      i.target_metric as "targetMetric", i.target_value::float8 as "targetValue", ${person('cr')} as "createdBy", ${iso('i.created_at')} as "createdAt",
      ${iso('i.completed_at')} as "completedAt",
      coalesce((select json_agg(json_build_object('writtenBy', json_build_object('id', w.id, 'name', w.full_name), 'text', c.text, 'createdAt', ${iso('c.created_at')}) order by c.created_at, c.id)
        from action_comments c join agents w on w.id = c.author_id where c.action_item_id = i.id), '[]') as comments,
      coalesce((select json_agg(json_build_object('kind', e.kind, 'interactionId', e.interaction_id, 'metric', e.metric, 'url', e.url, 'text', e.text, 'createdAt', ${iso('e.created_at')}) order by e.created_at, e.id)
        from action_evidence e where e.action_item_id = i.id), '[]') as evidence`,
    from: sql`action_items i left join agents cr on cr.id = i.created_by`,
    about: ({ agentId }) => sql`i.agent_id = ${agentId}`,
    order: byCreation('i'),
  },
  {
    name: 'goals',
    tables: ['coaching_goals'],
    columns: sql`g.id, g.title, g.description, g.metric, g.start_value::float8 as "startValue", g.target_value::float8 as "targetValue", g.due_date::text as "dueDate",
      g.status, g.outcome, ${person('cr')} as "createdBy", ${iso('g.created_at')} as "createdAt", ${iso('g.closed_at')} as "closedAt"`,
    from: sql`coaching_goals g left join agents cr on cr.id = g.created_by`,
    about: ({ agentId }) => sql`g.agent_id = ${agentId}`,
    order: byCreation('g'),
  },
  {
    name: 'sessionRequests',
    tables: ['session_requests'],
    columns: sql`r.id, r.topic, r.message, r.preferred_times as "preferredTimes", r.status, ${iso('r.answer_due_at')} as "answerDueAt", ${iso('r.answered_at')} as "answeredAt",
      ${person('ab')} as "answeredBy", r.decline_reason as "declineReason", r.session_id as "sessionId", ${iso('r.created_at')} as "createdAt"`,
    from: sql`session_requests r left join agents ab on ab.id = r.answered_by`,
    about: ({ agentId }) => sql`r.agent_id = ${agentId}`,
    order: byCreation('r'),
  },
  {
    name: 'snoozes',
    tables: ['queue_snoozes'],
    columns: sql`z.id, ${iso('z.until')} as until, z.reason, ${person('cr')} as "createdBy", ${iso('z.created_at')} as "createdAt", ${iso('z.cleared_at')} as "clearedAt"`,
    from: sql`queue_snoozes z left join agents cr on cr.id = z.created_by`,
    about: ({ agentId }) => sql`z.agent_id = ${agentId}`,
    order: byCreation('z'),
  },
];
