import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { Place, SectionPage, Subject } from './record-page.ts';
import { readPage, type Section } from './section.sql.ts';
import { COACHING_SECTIONS } from './sections/coaching.sql.ts';
import { PERSON_SECTIONS } from './sections/person.sql.ts';
import { TRACE_SECTIONS } from './sections/traces.sql.ts';
import { WORK_SECTIONS } from './sections/work.sql.ts';

/** Rows of a section that are in memory at once. */
const PAGE = 500;

/** Every part of the record but the profile, in its order there. */
export const SECTIONS: readonly Section[] = [...PERSON_SECTIONS, ...COACHING_SECTIONS, ...WORK_SECTIONS, ...TRACE_SECTIONS];

/** Tables of which a person's own row is in the profile. */
export const PROFILE_TABLES = ['agents', 'team_leaders', 'notification_preferences'] as const;

/** Reads what is kept about one person, page by page. */
export class RecordRepository {
  /** The person's own entry, as JSON text. Undefined where there is nobody. */
  async profile(db: Db, agentId: number): Promise<string | undefined> {
    const row = await db.first(sql<{ json: string }>`select row_to_json(r)::text as json from (
      select a.id, a.username, a.email, a.full_name as "fullName", a.role, a.department, a.team_id as "teamId", t.name as "teamName", a.phone, a.avatar, a.is_active as "isActive",
        a.joined_on::text as "joinedOn", a.online_status as "onlineStatus", a.status_reason as "statusReason", ${iso('a.status_since')} as "statusSince", ${iso('a.last_seen')} as "lastSeen",
        ${iso('a.last_login_at')} as "lastLoginAt", a.performance_level as "performanceLevel", a.total_tickets_handled as "totalTicketsHandled",
        a.avg_response_time::float8 as "avgResponseTime", a.customer_satisfaction::float8 as "customerSatisfaction", ${iso('a.created_at')} as "createdAt", ${iso('a.updated_at')} as "updatedAt",
        coalesce((select json_agg(json_build_object('id', led.id, 'name', led.name) order by led.name) from team_leaders tl join teams led on led.id = tl.team_id where tl.agent_id = a.id), '[]') as "ledTeams",
        (select json_build_object('timezone', p.timezone, 'digestAt', to_char(p.digest_at, 'HH24:MI'), 'quietFrom', to_char(p.quiet_from, 'HH24:MI'), 'quietTo', to_char(p.quiet_to, 'HH24:MI'),
          'quietDays', p.quiet_days, 'choices', p.choices) from notification_preferences p where p.agent_id = a.id) as "notificationPreferences"
      from agents a left join teams t on t.id = a.team_id where a.id = ${agentId}) r`);
    return row?.json;
  }

  /** The names of the sections, in the order of the record. */
  get sections(): readonly string[] {
    return SECTIONS.map((section) => section.name);
  }

  /** @param after where the page before ended; undefined for the first */
  page(db: Db, name: string, subject: Subject, after: Place | undefined): Promise<SectionPage> {
    const section = SECTIONS.find((candidate) => candidate.name === name);
    if (!section) throw new Error(`the record has no section ${name}`);
    return readPage(db, section, subject, after, PAGE);
  }
}
