import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { AccessTokens } from '../api/auth/tokens.ts';
import { toConfig } from '../api/config.ts';
import { createContext } from '../api/context.ts';
import { migrate } from '../api/db/migrate.ts';
import { EmbeddedPostgresServer } from '../deploy/postgres.ts';
import { startChild, type Child } from './children.ts';

/** A migrated database of its own with people in it, and what is needed to act as them. */
export interface Installation {
  readonly databaseUrl: string;
  /** Of PostgreSQL's first process, the parent of all others. */
  readonly postgresPid: number;
  /** Access tokens of signed-in people, by id. */
  readonly tokenOf: (agentId: number) => string;
  /** The real API, as a process of its own. */
  startApi(more?: Readonly<Record<string, string>>, nodeArguments?: readonly string[]): Promise<Child>;
  startWorker(nodeArguments?: readonly string[]): Promise<Child>;
  /** As the superuser of PostgreSQL. */
  readonly superuserQuery: <Row extends pg.QueryResultRow>(text: string) => Promise<Row[]>;
  readonly query: <Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>;
  /** Computes the daily rows of so many days up to today; how many there are. */
  readonly aggregate: (days: number) => Promise<number>;
  close(): Promise<void>;
}

const SECRET = randomBytes(32).toString('hex');
const TEAMS = 20;

/**
 * Starts PostgreSQL in a temporary folder, as `npm start` would, and fills in people.
 * @param people how many; the first is an administrator, one in 25 leads a team, the rest are agents
 * @param settings of the PostgreSQL server
 */
export async function install(people: number, { settings = {} }: { readonly settings?: Readonly<Record<string, string>> } = {}): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sideline-bench-'));
  const postgres = new EmbeddedPostgresServer({ dataDir, settings });
  await postgres.start();
  const databaseUrl = postgres.url;
  await migrate(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await addPeople(client, people);
  const sessions = await signInEverybody(client);
  const env = { DATABASE_URL: databaseUrl, JWT_SECRET: SECRET, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', RATE_LIMIT_FACTOR: '1000000', DEMO: 'off' };
  const tokens = new AccessTokens(toConfig(env).auth);
  return {
    databaseUrl,
    postgresPid: Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]),
    tokenOf: (agentId) => tokens.issue(agentId, sessions.get(agentId) ?? '', new Date()).token,
    startApi: (more = {}, nodeArguments = []) => startChild(new URL('../api/main.ts', import.meta.url), { ...env, ...more }, nodeArguments),
    startWorker: (nodeArguments = []) => startChild(new URL('../workers/main.ts', import.meta.url), env, nodeArguments),
    superuserQuery: (text) => asSuperuser(postgres, text),
    query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) => (await client.query<Row>(text, [...values])).rows,
    aggregate: (days) => aggregate(databaseUrl, days),
    close: async () => {
      await client.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function aggregate(databaseUrl: string, days: number): Promise<number> {
  const config = toConfig({ DATABASE_URL: databaseUrl, JWT_SECRET: 'x'.repeat(32), DATABASE_TIMEOUT: '600000', LOG_LEVEL: 'warn' });
  const ctx = await createContext(config, 'bench');
  try {
    const day = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
    return await ctx.recomputation.aggregateRange(day(days), day(0), { quiet: true });
  } finally {
    await ctx.close();
  }
}

async function asSuperuser<Row extends pg.QueryResultRow>(postgres: EmbeddedPostgresServer, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: postgres.superuserUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

async function addPeople(client: pg.Client, people: number): Promise<void> {
  const teamIds = Array.from({ length: TEAMS }, () => randomUUID());
  await client.query(`insert into teams (id, name, department) select id, 'Team ' || n, 'Support' from unnest($1::uuid[]) with ordinality as t(id, n)`, [teamIds]);
  await client.query(
    `insert into agents (username, email, password_hash, role, full_name, phone, department, team_id, online_status, last_seen,
       avg_response_time, customer_satisfaction, total_tickets_handled)
     select 'person_' || n, 'person_' || n || '@example.test', '!',
       case when n = 1 then 'admin' when n % 25 = 0 then 'team_leader' else 'cs' end,
       (array['Ada','Ben','Chloe','Deniz','Eva','Farid','Grace','Hugo','Ines','Jonas'])[1 + n % 10] || ' '
         || (array['Abbott','Brandt','Costa','Duval','Egger','Fischer','Garcia'])[1 + n % 7] || ' ' || n,
       '+1 555 ' || lpad(n::text, 4, '0'), (array['Support','Sales','Billing'])[1 + n % 3], ($2::uuid[])[1 + n % ${TEAMS}],
       (array['online','away','busy','offline'])[1 + n % 4], now(), 2.5 + n % 5, 3 + (n % 20) / 10.0, n * 7
     from generate_series(1, $1::int) as n`,
    [people, teamIds],
  );
  await client.query(`insert into team_leaders (team_id, agent_id) select ($1::uuid[])[1 + (id / 25 - 1) % ${TEAMS}], id from agents where role = 'team_leader'`, [teamIds]);
  await client.query('analyze agents');
}

async function signInEverybody(client: pg.Client): Promise<Map<number, string>> {
  const { rows } = await client.query<{ id: string; agent_id: number }>(
    `insert into auth_sessions (id, agent_id, created_at, last_used_at, expires_at)
     select gen_random_uuid(), id, now(), now(), now() + interval '1 day' from agents returning id, agent_id`,
  );
  return new Map(rows.map((row) => [row.agent_id, row.id]));
}
