import { sql } from '../../db/db.ts';
import { iso } from '../../db/iso.ts';
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
    // What others did to this person's own entry, as masked as it is kept; of what they did themselves, that they did it.
    name: 'audit',
    tables: ['audit_log'],
    columns: sql`g.id, ${iso('g.at')} as at, g.action, g.target_type as "targetType", g.target_id as "targetId", ${person('doer')} as by,
      case when g.target_type = 'agent' and g.target_id = g.subject then g.before end as before, case when g.target_type = 'agent' and g.target_id = g.subject then g.after end as after,
      case when g.actor_id = g.subject and g.actor_type = 'person' then host(g.ip_address) end as "ipAddress"`,
    from: ({ agentId }) => sql`(select log.*, ${String(agentId)}::text as subject from audit_log log) g
      left join agents doer on g.actor_type = 'person' and doer.id = case when g.actor_id ~ '^[0-9]{1,9}$' then g.actor_id::int end`,
    about: () => sql`((g.target_type = 'agent' and g.target_id = g.subject) or (g.actor_type = 'person' and g.actor_id = g.subject))`,
    order: [['g.at', 'timestamptz'], ['g.id', 'uuid']],
  },
];
