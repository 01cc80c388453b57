import { expect } from 'chai';
import pg from 'pg';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions } from '../../test/harness/interactions.ts';
import { until } from '../../test/harness/until.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';

const NOBODY = 2_000_000_000;
const NO_TEAM = '01890000-0000-7000-8000-000000000000';

/** What a foreign key promises, which is kept here by statement: see docs/decisions/0026. */
describe('whom interactions refer to', () => {
  let app: TestApp;
  let id: string;
  let person: number;
  let team: string;

  before(async () => {
    app = await startTestApp('interaction_references');
    const org = await app.people.organisation();
    person = org.agent.id;
    team = org.team.id;
    [id = ''] = await app.ctx.uow.write(systemPrincipal('test'), (tx) => insertInteractions(tx, [{ agentId: person, teamId: team, startedAt: '2026-03-02T09:00:00Z' }]));
  });
  after(() => app.close());

  const outcome = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', (error: unknown) => (error as { code?: string; constraint?: string }).constraint ?? String(error));
  const copy = (agentId: number | null, teamId: string | null) => app.query(sql`
    insert into interactions (id, source, external_id, channel, agent_id, team_id, started_at, business_date, outcome)
    select uuidv7(), 'copy', gen_random_uuid()::text, channel, given.agent, given.team, started_at, business_date, outcome
    from interactions cross join (values (${person}::int, ${team}::uuid), (${agentId}::int, ${teamId}::uuid)) given(agent, team) where id = ${id}`);
  const written = async (): Promise<number> => (await app.query(sql<{ n: number }>`select count(*)::int as n from interactions`))[0]?.n ?? -1;

  it('is there: one row that refers to nobody keeps its whole statement from being written', async () => {
    const before = await written();
    expect(await outcome(copy(NOBODY, null))).to.equal('interactions_agent_id_fkey');
    expect(await outcome(copy(null, NO_TEAM))).to.equal('interactions_team_id_fkey');
    expect(await written()).to.equal(before);
    expect(await outcome(copy(null, null))).to.equal('done');
    expect(await written()).to.equal(before + 2);
  });

  it('is there after a change as well', async () => {
    expect(await outcome(app.query(sql`update interactions set agent_id = ${NOBODY} where id = ${id}`))).to.equal('interactions_agent_id_fkey');
    expect(await outcome(app.query(sql`update interactions set team_id = ${NO_TEAM} where id = ${id}`))).to.equal('interactions_team_id_fkey');
    expect(await outcome(app.query(sql`update interactions set topic = 'Still theirs' where id = ${id}`))).to.equal('done');
  });

  it('stays, and keeps its id', async () => {
    expect(await outcome(app.query(sql`delete from agents where id = ${person}`))).to.match(/_fkey$/);
    expect(await outcome(app.query(sql`delete from teams where id = ${team}`))).to.match(/_fkey$/);
    const [lonely] = await app.query(sql<{ id: number }>`insert into agents (username, email, password_hash, role, full_name, department) values ('lonely', 'lonely@example.test', '!', 'cs', 'Lonely', 'Support') returning id`);
    const alone = lonely?.id ?? 0;
    await copy(alone, null);
    expect(await outcome(app.query(sql`delete from agents where id = ${alone}`))).to.equal('interactions_agent_id_fkey');
    expect(await outcome(app.query(sql`update agents set id = ${NOBODY} where id = ${alone}`))).to.equal('interactions_agent_id_fkey');
    await app.query(sql`delete from interactions where agent_id = ${alone}`);
    expect(await outcome(app.query(sql`delete from agents where id = ${alone}`))).to.equal('done');
  });

  it('cannot go while somebody refers to them, and is not referred to while they go', async () => {
    const other = new pg.Client({ connectionString: app.database.url });
    await other.connect();
    const waits = () => until(async () => (await app.query(sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length > 0);
    const add = (name: string) => app.query(sql<{ id: number }>`insert into agents (username, email, password_hash, role, full_name, department) values (${name}, ${`${name}@example.test`}, '!', 'cs', ${name}, 'Support') returning id`);
    try {
      const [referred] = await add('referred');
      await other.query(`begin; insert into interactions (id, source, external_id, channel, agent_id, started_at, business_date, outcome) values (uuidv7(), 'race', '1', 'voice', ${referred?.id}, now(), current_date, 'answered')`);
      const removing = outcome(app.query(sql`delete from agents where id = ${referred?.id}`));
      await waits();
      await other.query('commit');
      expect(await removing).to.equal('interactions_agent_id_fkey');

      const [going] = await add('going');
      await other.query(`begin; delete from agents where id = ${going?.id}`);
      const referring = outcome(copy(going?.id ?? 0, null));
      await waits();
      await other.query('commit');
      expect(await referring).to.equal('interactions_agent_id_fkey');
    } finally {
      await other.end();
    }
  });
});
