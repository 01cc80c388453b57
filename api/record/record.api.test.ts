import { get, type IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { sql } from '../db/db.ts';
import type { components } from '../http/contract.types.ts';
import { call } from '../../test/harness/calls.ts';
import { startFaultProxy } from '../../test/harness/fault-proxy.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { createDatabaseFromTemplate } from '../../test/harness/postgres.ts';
import { until } from '../../test/harness/until.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { PROFILE_TABLES, SECTIONS } from './record.repository.ts';

type AgentRecord = components['schemas']['AgentRecord'];

/** Tables with a reference to a person in which nothing about that person is kept that is not in the record. */
const NOT_ABOUT_THEM: Readonly<Record<string, string>> = {
  agent_name_words: 'words of names, for the search; the name is in the profile',
  action_reminders: 'which reminders went out; what they said is in notifications',
  notification_occasions: 'which occasions somebody was told of; what they were told is in notifications',
  notification_digest_items: 'what waits for a digest for a day; then in notifications',
  notification_digests: 'the days of digests; what they said is in notifications',
  one_time_tokens: 'hashes of links that opened something once',
  refresh_tokens: 'hashes, of the sign-ins that are in the record',
  session_visits: 'who is in a live session at the moment; gone when they leave',
  stale_days: 'days waiting to be counted again',
  stale_figures: 'people waiting to be counted again',
};

/** Interactions of a person, in hundreds at the very same instant. */
const interactions = (world: World, agentId: number, count: number) => world.app.query(sql`
  insert into interactions (id, source, external_id, channel, agent_id, started_at, business_date, outcome)
  select gen_random_uuid(), 'many', ${`${agentId}-`} || n, 'voice', ${agentId}, timestamptz '2024-01-05 08:00Z' + (n / 100) * interval '1 day', date '2024-01-05' + n / 100, 'answered'
  from generate_series(1, ${count}) n`);

describe('what is kept about a person', () => {
  let world: World;

  before(async () => {
    world = await startWorld('record');
  });
  after(() => world.close());

  const read = async (by: TestPerson, id: number): Promise<AgentRecord> => {
    const answer = await call(world.app, 'getAgentRecord', { as: by, params: { id }, ...(by.id === id ? {} : { query: { reason: 'Asked for on paper.' } }) });
    expect(answer.status, answer.text).to.equal(200);
    return answer.body as AgentRecord;
  };

  it('is all of it: every table that points at a person is in the record, or holds nothing about them', async () => {
    const rows = await world.app.query(sql<{ name: string }>`
      select distinct coalesce(parent.relname, c.relname) as name from pg_constraint k
      join pg_class c on c.oid = k.conrelid left join pg_inherits h on h.inhrelid = c.oid left join pg_class parent on parent.oid = h.inhparent
      join pg_attribute a on a.attrelid = c.oid and a.attnum = any(k.conkey)
      where k.contype = 'f' and k.confrelid = 'agents'::regclass and a.attname in ('agent_id', 'recipient_id', 'assigned_to', 'owner_id')`);
    const known = new Set([...SECTIONS.flatMap((section) => section.tables), ...PROFILE_TABLES, ...Object.keys(NOT_ABOUT_THEM)]);
    expect(rows.map((row) => row.name).filter((name) => !known.has(name))).to.deep.equal([]);
  });

  it('has a row of everything that was stored, and nothing of anybody else', async () => {
    const { agent, colleague, leader } = world.org;
    for (const person of [agent, colleague]) await world.everythingAbout(person.id);
    await world.app.query(sql`insert into queue_snoozes (id, agent_id, until, reason, created_by) values (gen_random_uuid(), ${agent.id}, now(), 'On a course.', ${leader.id})`);
    const record = await read(agent, agent.id);
    const found = Object.entries(record).flatMap(([name, rows]) => (Array.isArray(rows) && rows.length > 0 ? [[name, rows.length]] : []));
    expect(Object.fromEntries(found)).to.include({ identities: 1, absences: 1, notes: 1, goals: 1, sessionRequests: 1, actionItems: 1, interactions: 1, snoozes: 1 });
    expect(record.activities.map((activity) => activity.type)).to.include('ticket_resolved');
    expect(record.profile).to.include({ id: agent.id, username: agent.username, teamName: 'Blue' });
    expect(record.signIns).to.have.length(1);
    expect(record.audit.map((entry) => entry.action)).to.include.members(['agent.create', 'record.export']);
    expect(JSON.stringify(record)).not.to.include(colleague.row.email);
    expect(JSON.stringify(record)).not.to.match(/argon2|password_hash|token_hash/);
  });

  it('has private notes in an administrator’s answer to a request for access, and nowhere else', async () => {
    const { agent, leader, manager, admin } = world.org;
    const id = await world.note(agent.id, leader, { isPrivate: true });
    const aboutAdmin = await world.note(admin.id, manager, { isPrivate: true });
    const has = async (by: TestPerson, about: TestPerson, note: string): Promise<boolean> => {
      const record = await read(by, about.id);
      expect(record.withPrivateNotes).to.equal(by === admin && about !== admin);
      return JSON.stringify(record).includes(note);
    };
    expect(await has(admin, agent, id)).to.equal(true);
    expect(await has(agent, agent, id)).to.equal(false);
    expect(await has(manager, agent, id)).to.equal(false);
    expect(await has(admin, admin, aboutAdmin)).to.equal(false);
  });

  it('says in the audit log, and so to the person, who asked for it and why', async () => {
    const { stranger, admin } = world.org;
    await read(admin, stranger.id);
    const { audit } = await read(stranger, stranger.id);
    const exported = audit.filter((entry) => entry.action === 'record.export');
    expect(exported.map(({ by, after, ipAddress }) => ({ by: by?.id, after, ownAddress: ipAddress !== null }))).to.deep.equal([
      { by: admin.id, after: { reason: 'Asked for on paper.', withPrivateNotes: true }, ownAddress: false },
      { by: stranger.id, after: { reason: null, withPrivateNotes: false }, ownAddress: true },
    ]);
  });

  it('has what was done to rows about them, and of a group that it was done, but no private note and nobody else’s answer', async () => {
    const { agent, colleague, leader, manager } = world.org;
    const note = await world.note(agent.id, leader);
    const secret = await world.note(agent.id, leader, { isPrivate: true });
    const item = await world.action(agent.id, leader);
    const theirs = await world.action(colleague.id, leader);
    const goal = await world.goal(agent.id);
    const asked = await world.sessionRequest(agent.id);
    const gone = await world.absence(agent.id);
    const by = await world.principal(leader);
    await world.app.ctx.absences.remove(by, agent.id, gone);
    const { completion, acknowledgements } = world.app.ctx.coachingSessions;
    const held = await world.sessionIn('live', agent.id);
    await completion.complete(by, held, { addressedNoteIds: [note, secret] });
    const group = await world.sessionIn('completed', agent.id, { attendeeIds: [agent.id, colleague.id] });
    await acknowledgements.dispute(await world.principal(colleague), group, 'That is not so.');
    await acknowledgements.acknowledge(await world.principal(agent), group, 'Yes.');

    const { audit } = await read(agent, agent.id);
    const about = (id: string) => audit.filter((entry) => entry.targetId === id).map(({ action }) => action);
    expect({ note: about(note), item: about(item), goal: about(goal), asked: about(asked), gone: about(gone) }).to.deep.equal({
      note: ['note.create', 'note.update'], item: ['action.create'], goal: ['goal.create'], asked: ['session_request.create'], gone: ['absence.create', 'absence.delete'],
    });
    const completed = audit.find((entry) => entry.targetId === held && entry.action === 'session.complete')!;
    expect(completed).to.deep.include({ by: { id: leader.id, name: 'Lena Leader' }, before: { status: 'live' }, ipAddress: null });
    expect(about(group)).to.deep.equal(['session.schedule', 'session.start', 'session.complete', 'session.acknowledge']);
    expect(audit.filter((entry) => entry.targetId === group).flatMap(({ before, after }) => [before, after])).to.deep.equal(Array(8).fill(null));
    expect(about(theirs)).to.deep.equal([]);
    expect(JSON.stringify(audit)).to.not.include(secret);
    expect(JSON.stringify((await read(world.org.admin, agent.id)).audit)).to.include(secret);
    expect(JSON.stringify((await read(manager, agent.id)).audit)).to.not.include(secret);
    expect(new Set(audit.map(({ id }) => id)).size).to.equal(audit.length);
  });

  it('has each of many rows once, whatever the edges of its pages', async () => {
    for (const count of [499, 500, 501, 1500]) {
      const id = await world.someone();
      await interactions(world, id, count);
      const record = await read(world.org.admin, id);
      expect(new Set(record.interactions.map((row) => row.id)).size, `of ${count}`).to.equal(count);
      expect(record.interactions).to.have.length(count);
      expect(record.isComplete).to.equal(true);
    }
  });
});

describe('the record of a person with a long history', () => {
  let world: World;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;

  before(async () => {
    const database = await createDatabaseFromTemplate('long_record');
    const url = new URL(database.url);
    proxy = await startFaultProxy(Number(url.port));
    url.port = String(proxy.port);
    world = await startWorld('long_record', { DATABASE_URL: url.href }, {}, database);
    await interactions(world, world.org.agent.id, 50_000);
    await world.app.query(sql`analyze interactions`);
  });
  after(async () => {
    await world.close();
    await proxy.close();
  });

  /** Asks for it, and hands over the answer of which nothing has been read yet. */
  const ask = () => new Promise<IncomingMessage>((resolve, reject) => {
    const { app, org } = world;
    get(`${app.url}/api/agents/${org.agent.id}/record`, { headers: { Authorization: `Bearer ${org.agent.token}` } }, resolve).on('error', reject);
  });
  const inTransaction = async (): Promise<number> => (await world.app.query(sql`select from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`)).length;
  const lengthOf = async (answer: IncomingMessage): Promise<number> => {
    let length = 0;
    for await (const chunk of answer) length += (chunk as Buffer).length;
    return length;
  };
  it('is cut off when the database goes away in the middle of it', async () => {
    const answer = await ask();
    expect(answer.statusCode).to.equal(200);
    proxy.cut();
    const outcome = await lengthOf(answer).then(() => 'ended', (error: unknown) => (error as NodeJS.ErrnoException).code);
    proxy.restore();
    expect(outcome).to.equal('ECONNRESET');
  });

  it('keeps no connection for whoever has gone, and reads four at a time', async () => {
    const reading = await Promise.all([1, 2, 3, 4].map(ask));
    expect(reading.map(({ statusCode }) => statusCode)).to.deep.equal([200, 200, 200, 200]);
    const another = await ask();
    expect([another.statusCode, another.headers['retry-after']]).to.deep.equal([503, '10']);
    another.resume();
    for (const answer of reading) answer.destroy();
    await until(async () => {
      const answer = await ask();
      answer.destroy();
      return answer.statusCode === 200;
    });
    await until(async () => (await inTransaction()) === 0);
  });

  it('comes whole once everything is well, as it stood when it was asked for', async () => {
    const { agent } = world.org;
    await world.note(agent.id);
    const answer = await ask();
    // What comes first in it has been read, what comes last has not.
    await world.app.query(sql`insert into interactions (id, source, external_id, channel, agent_id, started_at, business_date, outcome)
      values (gen_random_uuid(), 'many', 'later', 'voice', ${agent.id}, '2060-01-01', '2060-01-01', 'answered')`);
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    const { interactions: found, isComplete } = JSON.parse(text) as AgentRecord;
    expect([found.length, isComplete]).to.deep.equal([50_000, true]);
  });
});
