import { sql, type Db, type RawBuilder } from '../db/db.ts';
import type { Choice, Preferences, QuietHours } from './preferences.ts';

/** What somebody has chosen, as stored; all null for whoever never has. */
export interface StoredPreferences {
  timezone: string | null;
  digestAt: string | null;
  quietHours: QuietHours | null;
  quietDays: number[] | null;
  choices: Partial<Record<string, Partial<Choice>>> | null;
  version: number | null;
}

/** Somebody who may be told something. */
export interface RecipientRow extends StoredPreferences {
  id: number;
  name: string;
  email: string;
}

const chosen = sql`p.timezone, to_char(p.digest_at, 'HH24:MI') as "digestAt",
  case when p.quiet_from is not null then json_build_object('from', to_char(p.quiet_from, 'HH24:MI'), 'to', to_char(p.quiet_to, 'HH24:MI')) end as "quietHours",
  p.quiet_days as "quietDays", p.choices, p.version`;

/** Queries on how people want to be told things. */
export class PreferenceRepository {
  byPerson(db: Db, agentId: number): Promise<StoredPreferences | undefined> {
    return db.first(sql<StoredPreferences>`select ${chosen} from notification_preferences p where p.agent_id = ${agentId}`);
  }

  async lock(db: Db, agentId: number): Promise<void> {
    await db.run(sql`select 1 from agents where id = ${agentId} for no key update`);
  }

  /** The version goes up by one; that of whoever chooses for the first time is 1. */
  async save(db: Db, agentId: number, { timezone, digestAt, quietHours, quietDays, groups }: Preferences, now: Date): Promise<void> {
    await db.run(sql`
      insert into notification_preferences as p (agent_id, timezone, digest_at, quiet_from, quiet_to, quiet_days, choices, updated_at)
      values (${agentId}, ${timezone}, ${digestAt}::time, ${quietHours?.from ?? null}::time, ${quietHours?.to ?? null}::time, ${[...quietDays]}::smallint[], ${JSON.stringify(groups)}::jsonb, ${now})
      on conflict (agent_id) do update set timezone = excluded.timezone, digest_at = excluded.digest_at, quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to,
        quiet_days = excluded.quiet_days, choices = excluded.choices, version = p.version + 1, updated_at = excluded.updated_at`);
  }

  /** These people, in the order of their ids; whoever is not active any more is left out. */
  recipients(db: Db, ids: readonly number[]): Promise<RecipientRow[]> {
    return this.#recipients(db, sql`a.id = any(${[...ids]}::int[])`);
  }

  /** Those who lead the team somebody is in, without that somebody. */
  leadersOf(db: Db, agentId: number): Promise<RecipientRow[]> {
    return this.#recipients(db, sql`a.role = 'team_leader' and a.id <> ${agentId} and a.id in (
      select tl.agent_id from agents led join teams t on t.id = led.team_id and t.is_active join team_leaders tl on tl.team_id = t.id where led.id = ${agentId})`);
  }

  #recipients(db: Db, where: RawBuilder<unknown>): Promise<RecipientRow[]> {
    return db.rows(sql<RecipientRow>`select a.id, a.full_name as name, a.email, ${chosen}
      from agents a left join notification_preferences p on p.agent_id = a.id where a.is_active and ${where} order by a.id`);
  }
}
