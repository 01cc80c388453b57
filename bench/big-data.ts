import { readFileSync, writeFileSync } from 'node:fs';
import { ActivityRepository } from '../api/activity/activity.repository.ts';
import type { AgentFilters } from '../api/agents/agent-filters.ts';
import { AgentRepository } from '../api/agents/agent.repository.ts';
import { toConfig } from '../api/config.ts';
import { createContext } from '../api/context.ts';
import { sql, type Db, type RawBuilder } from '../api/db/db.ts';
import { BusinessCalendar } from '../api/performance/business-day.ts';
import { defineBench, milliseconds, quantile, timed, whole, type Measurement } from './bench.ts';
import { install, type Installation } from './installation.ts';

const PEOPLE = 100_000;
const ACTIVITIES = 1_000_000;
const REQUESTS = Number(process.env['BENCH_REQUESTS'] ?? 100);
const WARM_UP = 10;
const TARGET_MS = 50;
const PLANS = new URL('../docs/query-plans.md', import.meta.url);

interface Question {
  readonly what: string;
  readonly path: string;
  /** Asked by somebody who sees people as in the directory. */
  readonly asPeer?: boolean;
}

/** Somebody who has done a hundred times as much as the others. */
const BUSY = 2;
const PEER = 4;

const QUESTIONS: readonly Question[] = [
  { what: 'list, first page', path: '/api/agents' },
  { what: 'list, page 500', path: '/api/agents?page=500' },
  { what: 'list by role, status and department', path: '/api/agents?role=cs&status=active&department=Support&limit=100' },
  { what: 'list by online status', path: '/api/agents?onlineStatus=busy' },
  { what: 'list by performance level', path: '/api/agents?performanceLevel=low' },
  { what: 'list, `search` of a name', path: '/api/agents?search=fischer' },
  { what: 'list, `search` of two letters', path: '/api/agents?search=da' },
  { what: 'search, name', path: '/api/agents/search?q=grace%20fischer' },
  { what: 'search, misspelt', path: '/api/agents/search?q=grce%20fisher' },
  { what: 'search, user name', path: '/api/agents/search?q=person_77123' },
  { what: 'search, two letters', path: '/api/agents/search?q=da' },
  { what: 'search by a peer', path: '/api/agents/search?q=garcia', asPeer: true },
  { what: 'stats', path: '/api/agents/stats' },
  { what: 'departments', path: '/api/agents/departments' },
  { what: 'activity, 7 days', path: '/api/agents/1000/activity' },
  { what: 'activity, 90 days of the busiest', path: `/api/agents/${BUSY}/activity?days=90` },
];

/** Whether the lists stay quick when an installation has grown large; the plans behind them are kept in docs/query-plans.md. */
export const bigData = defineBench({
  name: 'big-data',
  about:
    `${whole(PEOPLE)} people and ${whole(ACTIVITIES)} activities of 120 days on the warm database, over HTTP with sign-in, roles and validation, ` +
    `one request at a time, ${REQUESTS} of each: first with nothing remembered (\`CACHE_TTL_…=0\`), then as it runs. 95th percentiles; medians in brackets.`,
  async run(note): Promise<readonly Measurement[]> {
    const installation = await install(PEOPLE);
    try {
      await fill(installation, note);
      keepPlans(await explain(installation));
      const off = await measure(installation, { CACHE_TTL_AGENTS: '0', CACHE_TTL_STATS: '0', CACHE_TTL_DEPARTMENTS: '0' });
      const on = await measure(installation, {});
      return QUESTIONS.flatMap(({ what, path }) => [line(what, off.get(path) ?? []), ...(isRemembered(path) ? [line(`${what}, remembered`, on.get(path) ?? [])] : [])]);
    } finally {
      await installation.close();
    }
  },
});

const isRemembered = (path: string): boolean => /^\/api\/agents(\?|$|\/stats|\/departments)/.test(path);

function line(what: string, times: readonly number[]): Measurement {
  const measured = timed(what, quantile(times, 0.95), null, TARGET_MS);
  return { ...measured, ours: `${measured.ours} (${milliseconds(quantile(times, 0.5))})` };
}

async function measure(installation: Installation, env: Readonly<Record<string, string>>): Promise<Map<string, number[]>> {
  const api = await installation.startApi(env);
  try {
    const times = new Map<string, number[]>();
    for (const question of QUESTIONS) times.set(question.path, await ask(api.url, installation, question));
    return times;
  } finally {
    await api.stop();
  }
}

async function ask(url: string, { tokenOf }: Installation, { path, asPeer }: Question): Promise<number[]> {
  const headers = { Authorization: `Bearer ${tokenOf(asPeer ? PEER : 1)}` };
  const times: number[] = [];
  for (let n = -WARM_UP; n < REQUESTS; n++) {
    const started = performance.now();
    const response = await fetch(url + path, { headers });
    const text = await response.text();
    if (n >= 0) times.push(performance.now() - started);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  }
  return times;
}

async function fill({ query }: Installation, note: (line: string) => void): Promise<void> {
  const started = performance.now();
  await query(`update agents set performance_level = (array['high','medium','low'])[1 + id % 3], department = 'Department ' || id % 40 where id % 10 <> 0`);
  // Some thousand names, as many people as in life have each of them.
  await query(`update agents set full_name =
      (array['Ada','Ben','Chloe','Deniz','Eva','Farid','Grace','Hugo','Ines','Jonas','Karim','Lena','Milan','Nora','Omar','Paula','Quentin','Rosa','Samir','Tessa'])[1 + id % 20]
        || (array['','-Marie','-Luca','-Sophie','-Jan'])[1 + id / 20 % 5] || ' '
        || (array['Bra','Fi','Gar','Kow','Lind','Mar','Nov','Os','Pet','Ro','Schm','Tor','Ul','Vas','Wal','Zim','Al','Ber','Cos','Duv'])[1 + id / 7 % 20]
        || (array['and','scher','ci','al','gre','ti','ak','ter','sel','mer'])[1 + id / 140 % 10]
        || (array['t','son','a','ski','n','ez','er','off','i','quist'])[1 + id / 1400 % 10] || case when id % 9 = 0 then '-Fischer' else '' end`);
  // People were numbered until now; nobody in life is called that, and so nobody looks among such words.
  await query(`delete from name_words w where not exists (select 1 from agent_name_words n where n.word = w.word)`);
  await query(`select keep_activity_partitions(now() - n * interval '1 month', 0) from generate_series(0, 4) n`);
  await query(
    `insert into agent_activities (id, agent_id, type, description, "timestamp", metadata)
     select gen_random_uuid(), case when n % 100 = 0 then $3::int else 1 + (n * 7919::bigint % $2::int)::int end,
       (array['login','logout','status_change','ticket_assigned','ticket_resolved','message_sent'])[1 + n % 6], 'Number ' || n,
       now() - n * (interval '120 days' / $1::int), jsonb_build_object('ticketId', 'T-' || n)
     from generate_series(1, $1::int) as n`,
    [ACTIVITIES, PEOPLE, BUSY],
  );
  // As autovacuum leaves it: index-only scans need to know which pages everybody sees.
  for (const table of ['agents', 'name_words', 'agent_name_words']) await query(`vacuum analyze ${table}`);
  await query('vacuum analyze agent_activities');
  note(`${whole(PEOPLE)} people and ${whole(ACTIVITIES)} activities written in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}

/** The plans of the very statements the repositories send. */
async function explain({ databaseUrl }: Installation): Promise<ReadonlyMap<string, readonly string[]>> {
  const config = toConfig({ DATABASE_URL: databaseUrl, JWT_SECRET: 'x'.repeat(32), LOG_LEVEL: 'warn' });
  const ctx = await createContext(config, 'bench');
  const people = new AgentRepository(() => new BusinessCalendar('UTC').today(new Date()));
  const activities = new ActivityRepository();
  const page = { page: 1, limit: 20 };
  const peer: AgentFilters = { peer: { id: PEER, hidesFigures: true } };
  const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);
  const asked: Readonly<Record<string, (db: Db) => Promise<unknown>>> = {
    'list, first page': (db) => people.list(db, {}, page),
    'list by role, status and department': (db) => people.list(db, { role: 'cs', status: 'active', department: 'Support' }, page),
    'list, `search` of a name': (db) => people.list(db, { search: 'fischer' }, page),
    'search, misspelt': (db) => people.search(db, 'grce fisher', {}, page),
    'search by a peer': (db) => people.search(db, 'garcia', peer, page),
    stats: (db) => people.stats(db),
    departments: (db) => people.departments(db),
    'activity, 7 days': (db) => activities.list(db, 1000, { since: daysAgo(7) }, 201),
    'activity, 90 days of the busiest': (db) => activities.list(db, BUSY, { since: daysAgo(90) }, 201),
  };
  try {
    const plans = new Map<string, readonly string[]>();
    for (const [what, run] of Object.entries(asked)) plans.set(what, await ctx.uow.read((db) => planOf(db, run)));
    return plans;
  } finally {
    await ctx.close();
  }
}

async function planOf(db: Db, run: (db: Db) => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const rows = async <Row>(query: RawBuilder<Row>): Promise<Row[]> => {
    const explained = await db.rows(sql<Record<string, string>>`explain (analyze, buffers, costs off, summary on) ${query}`);
    lines.push(...explained.map((row) => Object.values(row)[0] ?? ''));
    return db.rows(query);
  };
  // What repositories use of a connection to read.
  await run({ rows, first: async (query: RawBuilder<unknown>) => (await rows(query))[0] } as unknown as Db);
  return lines;
}

function keepPlans(plans: ReadonlyMap<string, readonly string[]>): void {
  const text = readFileSync(PLANS, 'utf8');
  const sections = [...plans].map(([what, lines]) => `## ${what}\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n`);
  const mark = '<!-- written by npm run bench -- big-data -->';
  writeFileSync(PLANS, `${text.slice(0, text.indexOf(mark) + mark.length)}\n\n${sections.join('\n')}`);
}
