import { defineBench, median, quantile, timed, whole, type Measurement } from './bench.ts';
import { install, type Installation } from './installation.ts';

/** With an administrator and one leader in 25, so many make 1,000 front-line people. */
const PEOPLE = 1042;
const AGENTS = 1000;
const INTERACTIONS = 1_000_000;
const DAYS = 60;
const ROUNDS = 25;

/** The queue of everybody at once, read from scratch and from memory. */
export const priorityQueue = defineBench({
  name: 'priority-queue',
  about:
    `\`GET /api/priority-queue\` over HTTP for a manager of ${whole(AGENTS)} people in 20 teams with ${whole(INTERACTIONS)} interactions of ${DAYS} days, ` +
    `8,000 notes, 4,000 action items and 6,000 sessions; cold: every request as of another instant, so that nothing is remembered. ${ROUNDS} requests each.`,
  async run(note): Promise<readonly Measurement[]> {
    const installation = await install(PEOPLE);
    try {
      await fill(installation, note);
      const api = await installation.startApi();
      try {
        return await measure(api.url, installation.tokenOf(1), note);
      } finally {
        await api.stop();
      }
    } finally {
      await installation.close();
    }
  },
});

async function measure(url: string, token: string, note: (line: string) => void): Promise<Measurement[]> {
  const ask = async (query: string): Promise<{ ms: number; bytes: number; total: number }> => {
    const started = performance.now();
    const response = await fetch(`${url}/api/priority-queue?${query}`, { headers: { Authorization: `Bearer ${token}` } });
    const text = await response.text();
    const ms = performance.now() - started;
    if (response.status !== 200) throw new Error(`${response.status} ${text}`);
    return { ms, bytes: text.length, total: (JSON.parse(text) as { meta: { total: number } }).meta.total };
  };
  const first = await ask('');
  if (first.total < AGENTS * 0.8) throw new Error(`${first.total} people in the queue are too few`);
  note(`${first.total} people, the first page is ${whole(first.bytes / 1024)} kB; the very first request ${first.ms.toFixed(0)} ms`);
  const cold: number[] = [];
  const warm: number[] = [];
  const base = Date.now() - 60_000;
  for (let round = 0; round < ROUNDS; round++) {
    const asOf = `asOf=${new Date(base + round).toISOString()}`;
    cold.push((await ask(asOf)).ms);
    warm.push((await ask(asOf)).ms);
  }
  note(`cold p90 ${quantile(cold, 0.9).toFixed(0)} ms, warm p90 ${quantile(warm, 0.9).toFixed(1)} ms`);
  return [timed('cold, median', median(cold), null, 150), timed('warm, median', median(warm), null, 10)];
}

/** Interactions by SQL; daily rows by the very recomputation that the product uses. */
async function fill(installation: Installation, note: (line: string) => void): Promise<void> {
  const { query } = installation;
  await query(`update agents set joined_on = current_date - 400`);
  await query(
    `insert into interactions (id, source, external_id, channel, agent_id, team_id, started_at, business_date, wait_seconds, talk_seconds,
       hold_seconds, acw_seconds, outcome, resolved, first_contact, rating, sentiment)
     select gen_random_uuid(), 'bench', n::text, 'voice', a.id, a.team_id, at, (at at time zone 'UTC')::date, (random() * 60)::int,
       (200 + random() * 400)::int, (random() * 60)::int, (random() * 60)::int, case when random() < 0.9 then 'answered' else 'missed' end,
       random() < 0.85, random() < 0.7, case when random() < 0.4 then 3 + (random() * 2)::int end, (random() * 2 - 1)::numeric(4, 3)
     from (select n, now() - (n / $1::float8) * make_interval(days => $2::int) as at from generate_series(1, $1::int) as n) i
     join (select id, team_id, row_number() over (order by id) - 1 as place, count(*) over () as people from agents where role = 'cs') a
       on a.place = i.n % a.people`,
    [INTERACTIONS, DAYS],
  );
  await query(`insert into quick_notes (id, agent_id, author_id, note_type, priority, content, created_at, addressed_at)
     select gen_random_uuid(), a.id, 1, (array['COACHING', 'POSITIVE', 'URGENT'])[1 + n % 3], (array['LOW', 'MEDIUM', 'HIGH'])[1 + n % 3], 'A note',
       now() - n * interval '7 days', case when n % 2 = 0 then now() - interval '1 day' end
     from agents a cross join generate_series(1, 8) as n where a.role = 'cs'`);
  await query(`insert into action_items (id, agent_id, assigned_to, title, due_date, created_by, created_at)
     select gen_random_uuid(), a.id, a.id, 'Practise', current_date - 10 + n * 5, 1, now() - interval '20 days'
     from agents a cross join generate_series(1, 4) as n where a.role = 'cs'`);
  await query(`with s as (insert into coaching_sessions (id, agent_id, team_leader_id, status, scheduled_at, completed_at, created_at)
     select gen_random_uuid(), a.id, 1, 'completed', now() - n * interval '20 days', now() - n * interval '20 days', now() - interval '200 days'
     from agents a cross join generate_series(1, 6) as n where a.role = 'cs' returning id, agent_id)
     insert into session_attendees (session_id, agent_id) select id, agent_id from s`);
  await query('analyze');
  note(`${whole(INTERACTIONS)} interactions written`);
  const started = performance.now();
  const days = await installation.aggregate(DAYS + 1);
  const seconds = (performance.now() - started) / 1000;
  note(`${whole(days)} daily rows from them in ${seconds.toFixed(1)} s (${whole(INTERACTIONS / seconds)} interactions/s)`);
  await query('analyze');
}
