import { randomBytes } from 'node:crypto';
import { toConfig, type Config, type Env } from '../../api/config.ts';
import { createContext, type Context } from '../../api/context.ts';
import { sql, type RawBuilder } from '../../api/db/db.ts';
import type { Principal } from '../../api/auth/principal.ts';
import { createLog } from '../../api/observability/log.ts';
import { createDatabaseFromTemplate } from '../harness/postgres.ts';

/** An installation on a database of its own, at a moment that the test sets. */
export interface DemoInstallation {
  readonly ctx: Context;
  readonly config: Config;
  /** The present, for everything in the installation. */
  now: Date;
  query<Row>(query: RawBuilder<Row>): Promise<Row[]>;
  /** A further process on the same database, at the same moment. */
  another(env?: Env): Promise<{ readonly ctx: Context; readonly config: Config }>;
  close(): Promise<void>;
}

export async function installDemo(name: string, start: Date, env: Env = {}): Promise<DemoInstallation> {
  const database = await createDatabaseFromTemplate(name);
  const secret = randomBytes(32).toString('hex');
  const opened: Context[] = [];
  const clock = { at: start, now: () => clock.at };
  const open = async (further: Env = {}): Promise<{ ctx: Context; config: Config }> => {
    const config = toConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', DATABASE_POOL_SIZE: '5', DEMO: 'on', JWT_SECRET: secret, ...env, ...further, DATABASE_URL: database.url });
    const ctx = await createContext(config, name, { log: createLog('silent', name), clock });
    opened.push(ctx);
    return { ctx, config };
  };
  const first = await open();
  return {
    ...first,
    get now() { return clock.at; },
    set now(moment: Date) { clock.at = moment; },
    query: (query) => first.ctx.uow.read((db) => db.rows(query)),
    another: open,
    close: async () => {
      for (const ctx of opened) await ctx.close();
      await database.drop();
    },
  };
}

/** A person of the installation with the rights they have by now. */
export async function principalOf({ query }: Pick<DemoInstallation, 'query'>, username: string): Promise<Principal> {
  const [row] = await query(sql<Principal>`
    select 'person' as kind, a.id as "agentId", a.full_name as name, a.role, a.team_id as "teamId", a.department, null as "sessionId", 'test' as "requestId",
      null as ip, coalesce((select json_agg(l.team_id) from team_leaders l where l.agent_id = a.id), '[]') as "ledTeamIds"
    from agents a where a.username = ${username}`);
  if (!row) throw new Error(`There is no ${username}`);
  return row;
}

/** Columns that no story decides: a salted hash, signing in, the database's own clock and counter. */
const DRAWN_ANEW: Readonly<Record<string, string[]>> = { agents: ['password_hash', 'last_login_at'], agent_performance_metrics: ['id', 'created_at'] };

/** What everything in the demo's tables comes to: equal where the tables are. */
export async function fingerprint({ query }: Pick<DemoInstallation, 'query'>): Promise<Record<string, string>> {
  const tables = ['agents', 'teams', 'interactions', 'presence_intervals', 'agent_performance_metrics', 'quick_notes', 'coaching_sessions', 'session_attendees', 'session_disputes', 'session_comments', 'action_items', 'absences'];
  const found: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await query(sql<{ print: string }>`select count(*) || ' ' || coalesce(sum(hashtextextended(row::text, 0)), 0) as print
      from (select ${DRAWN_ANEW[table] ? sql`to_jsonb(t) - ${DRAWN_ANEW[table]}::text[]` : sql`t`} as row from ${sql.table(table)} t) rows`);
    found[table] = row?.print ?? '';
  }
  return found;
}
