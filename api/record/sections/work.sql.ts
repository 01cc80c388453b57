import { sql } from '../../db/db.ts';
import { iso } from '../../db/iso.ts';
import { byCreation, person, type Section } from '../section.sql.ts';

/** What somebody did at work, as it was measured. */
export const WORK_SECTIONS: readonly Section[] = [
  {
    name: 'performanceDays',
    tables: ['agent_performance_metrics'],
    columns: sql`d.date::text as date, d.origin, d.messages_handled as "messagesHandled", d.tickets_resolved as "ticketsResolved",
      d.avg_response_time::float8 as "avgResponseTime", d.customer_satisfaction::float8 as "customerSatisfaction", d.sla_compliance::float8 as "slaCompliance",
      d.online_hours::float8 as "onlineHours", d.away_hours::float8 as "awayHours", d.wait_count as "waits", d.rating_count as "ratings", d.sla_eligible as "slaEligible",
      d.interactions`,
    from: sql`agent_performance_metrics d`,
    about: ({ agentId }) => sql`d.agent_id = ${agentId}`,
    order: [['d.date', 'date'], ['d.origin', 'text']],
  },
  {
    name: 'scorecards',
    tables: ['scorecards'],
    columns: sql`c.id, c.period, c.scores, c.total::float8 as total, c.percentage::float8 as percentage, c.notes, c.source, ${iso('c.created_at')} as "createdAt"`,
    from: sql`scorecards c`,
    about: ({ agentId }) => sql`c.agent_id = ${agentId}`,
    order: byCreation('c'),
  },
  {
    name: 'presence',
    tables: ['presence_intervals'],
    columns: sql`v.id, v.status, v.reason, v.source, ${iso('v.started_at')} as "startedAt", ${iso('v.ended_at')} as "endedAt", ${person('rec')} as "recordedBy",
      v.correction_id as "correctionId", ${iso('v.superseded_at')} as "supersededAt"`,
    from: sql`presence_intervals v left join agents rec on rec.id = v.recorded_by`,
    about: ({ agentId }) => sql`v.agent_id = ${agentId}`,
    order: [['v.started_at', 'timestamptz'], ['v.id', 'uuid']],
  },
  {
    name: 'presenceCorrections',
    tables: ['presence_corrections'],
    columns: sql`c.id, ${iso('c.from_at')} as "from", ${iso('c.to_at')} as "to", c.status, c.status_reason as "statusReason", c.reason, ${person('rec')} as "correctedBy",
      ${iso('c.corrected_at')} as "correctedAt"`,
    from: sql`presence_corrections c left join agents rec on rec.id = c.corrected_by`,
    about: ({ agentId }) => sql`c.agent_id = ${agentId}`,
    order: [['c.corrected_at', 'timestamptz'], ['c.id', 'uuid']],
  },
  {
    name: 'activities',
    tables: ['agent_activities'],
    columns: sql`y.id, y.type, y.description, ${iso('y.timestamp')} as timestamp, y.metadata`,
    from: sql`agent_activities y`,
    about: ({ agentId }) => sql`y.agent_id = ${agentId}`,
    order: [['y.timestamp', 'timestamptz'], ['y.id', 'uuid']],
  },
  {
    // Ids and figures: who the customer was is the customer's.
    name: 'interactions',
    tables: ['interactions'],
    columns: sql`i.id, i.source, i.external_id as "externalId", i.channel, i.direction, i.queue, i.topic, ${iso('i.started_at')} as "startedAt", i.precision,
      i.wait_seconds as "waitSeconds", i.talk_seconds as "talkSeconds", i.hold_seconds as "holdSeconds", i.acw_seconds as "acwSeconds", i.outcome, i.resolved,
      i.first_contact as "firstContact", i.rating::float8 as rating, i.sentiment::float8 as sentiment, i.import_id as "importId"`,
    from: sql`interactions i`,
    about: ({ agentId }) => sql`i.agent_id = ${agentId}`,
    order: [['i.business_date', 'date'], ['i.started_at', 'timestamptz'], ['i.id', 'uuid']],
  },
  {
    name: 'recordings',
    tables: ['recordings'],
    columns: sql`r.id, r.interaction_id as "interactionId", r.format, r.side, r.duration_seconds as "durationSeconds", ${iso('r.recorded_at')} as "recordedAt"`,
    from: sql`recordings r join interactions i on i.id = r.interaction_id`,
    about: ({ agentId }) => sql`i.agent_id = ${agentId}`,
    order: [['r.recorded_at', 'timestamptz'], ['r.id', 'uuid']],
  },
  {
    // Their own words: what the customer said is the customer's.
    name: 'transcripts',
    tables: ['transcripts'],
    columns: sql`t.id, t.interaction_id as "interactionId", ${iso('t.created_at')} as "createdAt",
      coalesce((select json_agg(json_build_object('text', u.turn -> 'text', 'seconds', u.turn -> 'seconds') order by u.place)
        from jsonb_array_elements(t.turns) with ordinality as u(turn, place) where u.turn ->> 'role' = 'agent'), '[]') as "ownWords"`,
    from: sql`transcripts t join interactions i on i.id = t.interaction_id`,
    about: ({ agentId }) => sql`i.agent_id = ${agentId}`,
    order: byCreation('t'),
  },
  {
    name: 'imports',
    tables: ['imports'],
    columns: sql`m.id, m.kind, m.source, m.file_name as "fileName", ${person('up')} as "uploadedBy", ${iso('m.created_at')} as "createdAt", ${iso('m.committed_at')} as "committedAt", used.interactions`,
    from: ({ agentId }) => sql`(select import_id, count(*)::int as interactions from interactions where agent_id = ${agentId} and import_id is not null group by import_id) used
      join imports m on m.id = used.import_id left join agents up on up.id = m.uploaded_by`,
    about: () => sql`true`,
    order: byCreation('m'),
  },
];
