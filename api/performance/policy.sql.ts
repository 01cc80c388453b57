import { sql, type RawBuilder } from '../db/db.ts';
import { DEFAULT_TEAM_SETTINGS } from './team-settings.ts';

/** Stands for "no team", so that the settings can be joined by equality. */
export const NO_TEAM = '00000000-0000-0000-0000-000000000000';

/** The settings in force for a team at the end of a day: before it stored any, those of today. */
export function policySettings(team: string, date: string, timezone: string): RawBuilder<unknown> {
  const [teamId, day] = [sql.ref(team), sql.ref(date)];
  return sql`coalesce(
    (select h.settings from team_settings_history h
      where h.team_id = ${teamId} and h.changed_at < ((${day} + 1)::timestamp at time zone ${timezone}) order by h.version desc limit 1),
    (select s.settings from team_settings s where s.team_id = ${teamId}))`;
}

/** T of the service level in settings of which some may be missing. */
export const serviceLevel = (settings: string): RawBuilder<number> =>
  sql`coalesce((${sql.ref(settings)} ->> 'serviceLevelSeconds')::int, ${DEFAULT_TEAM_SETTINGS.serviceLevelSeconds}::int)`;

/** Seconds until the first response by written channel, likewise. */
export const firstResponse = (settings: string): RawBuilder<unknown> =>
  sql`(${JSON.stringify(DEFAULT_TEAM_SETTINGS.firstResponseSeconds)}::jsonb || coalesce(${sql.ref(settings)} -> 'firstResponseSeconds', '{}'))`;
