import { sql } from '../../db/db.ts';
import { iso } from '../../db/iso.ts';
import { byCreation, person, type Section } from '../section.sql.ts';

/** Who somebody is, and when they were not there. */
export const PERSON_SECTIONS: readonly Section[] = [
  {
    name: 'identities',
    tables: ['agent_identities'],
    columns: sql`i.id, i.system, i.external_id as "externalId", i.display_name as "displayName", ${iso('i.created_at')} as "createdAt"`,
    from: sql`agent_identities i`,
    about: ({ agentId }) => sql`i.agent_id = ${agentId}`,
    order: byCreation('i'),
  },
  {
    // No foreign key leads there: what they are of may be of any kind.
    name: 'formerIds',
    tables: ['migrated_ids'],
    columns: sql`o.system, o.kind, o.old_id as "oldId", ${iso('o.migrated_at')} as "migratedAt"`,
    from: sql`migrated_ids o`,
    about: ({ agentId }) => sql`o.target_type = 'agent' and o.target_id = ${String(agentId)}`,
    order: [['o.system', 'text'], ['o.kind', 'text'], ['o.old_id', 'text']],
  },
  {
    name: 'absences',
    tables: ['absences'],
    columns: sql`v.id, v.kind, v.starts_on::text as "startsOn", v.ends_on::text as "endsOn", v.comment, ${person('cr')} as "createdBy", ${iso('v.created_at')} as "createdAt"`,
    from: sql`absences v left join agents cr on cr.id = v.created_by`,
    about: ({ agentId }) => sql`v.agent_id = ${agentId}`,
    order: byCreation('v'),
  },
  {
    name: 'notifications',
    tables: ['notifications'],
    columns: sql`n.id, n.type, n.title, n.message, ${person('f')} as "sentBy", ${iso('n.created_at')} as "createdAt", ${iso('n.read_at')} as "readAt"`,
    from: sql`notifications n left join agents f on f.id = n.sender_id`,
    about: ({ agentId }) => sql`n.recipient_id = ${agentId}`,
    order: byCreation('n'),
  },
  {
    name: 'mails',
    tables: ['mails'],
    columns: sql`m.id, m.template, m.recipient, m.status, ${iso('m.created_at')} as "createdAt", ${iso('m.ended_at')} as "endedAt"`,
    from: sql`mails m`,
    about: ({ agentId }) => sql`m.agent_id = ${agentId}`,
    order: byCreation('m'),
  },
];
