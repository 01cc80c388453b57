import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { readXlsx } from 'hucre/xlsx';
import { parse } from 'csv-parse/sync';
import { ImportClient } from '../../test/imports/import-client.ts';
import { readRows } from '../../test/imports/read-rows.ts';
import { table, workbook } from '../../test/imports/workbook-writer.ts';
import { insertInteractions } from '../../test/harness/interactions.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { until } from '../../test/harness/until.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { EXPORT_KINDS, type ExportKind } from './export-sheet.ts';
import { waiters } from '../../test/harness/waiters.ts';

type Row = Record<string, string>;
type Query = Record<string, string | number>;

/** Collects bytes: a workbook is no text. */
const bytes = (response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
};

describe('exports', () => {
  let world: World;

  before(async () => {
    world = await startWorld('exports', { BUSINESS_TIMEZONE: 'Europe/Berlin' });
  });
  after(() => world.close());

  const download = (by: TestPerson, kind: ExportKind, query: Query = {}) => world.app.request(by.token).get(`/api/exports/${kind}`).query(query).buffer(true).parse(bytes as never).expect(200);
  const csv = async (by: TestPerson, kind: ExportKind, query: Query = {}): Promise<Row[]> => parse<Row>((await download(by, kind, { format: 'csv', ...query })).body as Buffer, { bom: true, columns: true });
  const names = (rows: readonly Row[]): string[] => [...new Set(rows.map((row) => row['Name'] ?? ''))].sort();

  it('begin with a byte order mark, are named for the kind, and are kept by nobody on the way', async () => {
    const { body, headers } = await download(world.org.agent, 'notes', { format: 'csv' });
    expect((body as Buffer).subarray(0, 3).toString('hex')).to.equal('efbbbf');
    expect(headers['content-type']).to.equal('text/csv; charset=utf-8');
    expect(headers['content-disposition']).to.match(/^attachment; filename="sideline-notes-\d{4}-\d\d-\d\d-\d{4}\.csv"$/);
    expect(headers['cache-control']).to.equal('no-store');
  });

  it('are in the audit log, with who took what', async () => {
    const { leader, agent } = world.org;
    await download(leader, 'sessions', { format: 'csv', agentId: agent.id, from: '2026-01-01' });
    const [entry] = await world.app.query(sql`select actor_id::int as actor, target_id as target, after from audit_log where action = 'export.create' order by id desc limit 1`);
    expect(entry).to.deep.equal({ actor: leader.id, target: 'sessions', after: { format: 'csv', from: '2026-01-01', to: null, agentId: agent.id, teamId: null } });
  });

  it('show of notes what the lists show: nobody else’s, and private ones to their author alone', async () => {
    const { leader, agent, colleague, stranger, manager } = world.org;
    for (const person of [agent, colleague, stranger]) await world.note(person.id);
    await world.note(agent.id, leader, { isPrivate: true });
    expect(names(await csv(leader, 'notes'))).to.deep.equal(['Ada Agent', 'Colin Colleague']);
    expect(names(await csv(agent, 'notes'))).to.deep.equal(['Ada Agent']);
    expect((await csv(agent, 'notes')).map((row) => row['Private'])).to.deep.equal(['no']);
    expect((await csv(leader, 'notes', { agentId: agent.id })).map((row) => row['Private']).sort()).to.deep.equal(['no', 'yes']);
    expect(names(await csv(manager, 'notes', { teamId: world.org.otherTeam.id }))).to.deep.equal(['Stella Stranger']);
    expect(await csv(leader, 'notes', { agentId: stranger.id })).to.deep.equal([]);
  });

  it('show of daily figures one’s own and those of one’s team, not the whole directory', async () => {
    const { leader, agent, colleague, stranger, admin } = world.org;
    for (const { id } of [agent, colleague, stranger]) {
      await world.app.query(sql`insert into agent_performance_metrics (agent_id, date, origin, interactions, messages_handled, rating_sum, rating_count, updated_at)
        values (${id}, '2026-03-02', 'computed', 4, 4, 9, 2, now())`);
    }
    expect(names(await csv(admin, 'metrics'))).to.deep.equal(['Ada Agent', 'Colin Colleague', 'Stella Stranger']);
    expect(names(await csv(leader, 'metrics'))).to.deep.equal(['Ada Agent', 'Colin Colleague']);
    const [own, ...others] = await csv(agent, 'metrics');
    expect(others).to.deep.equal([]);
    expect(own).to.include({ Day: '2026-03-02', Handled: '4', CSAT: '4.5', 'CSAT: ratings': '2', 'SLA (%)': '', Team: 'Blue', Origin: 'computed' });
    expect(await csv(agent, 'metrics', { to: '2026-03-01' })).to.deep.equal([]);
  });

  it('show of a group session its attendees, and to each only the own answer', async () => {
    const { agent, colleague, leader } = world.org;
    await world.coachingSession([agent.id, colleague.id]);
    const seen = async (by: TestPerson) => (await csv(by, 'sessions')).map((row) => row['Acknowledgements'] ?? '');
    const [whole] = await seen(leader);
    expect(whole).to.match(/^Ada Agent: \w+; Colin Colleague: \w+$/);
    expect(await seen(agent)).to.deep.equal([whole?.split('; ')[0]]);
    expect(await seen(world.org.stranger)).to.deep.equal([]);
  });

  it('tell times in the business zone, and which of two where the clock shows one twice', async () => {
    const person = await world.someone();
    await world.app.ctx.uow.read((db) => insertInteractions(db, ['2026-07-01T10:00:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map((startedAt) => ({ agentId: person, startedAt })), 'Europe/Berlin'));
    const query = { agentId: person };
    const expected = ['2026-10-25 02:30:00+01:00', '2026-10-25 02:30:00+02:00', '2026-07-01 12:00:00'];
    expect((await csv(world.org.admin, 'interactions', query)).map((row) => row['Started at (Europe/Berlin)'])).to.deep.equal(expected);
    const rows = await readRows((await download(world.org.admin, 'interactions', query)).body as Buffer);
    expect(rows[0]?.cells[5]).to.equal('Started at (Europe/Berlin)');
    expect(rows.slice(1, 3).map((row) => row.cells[5])).to.deep.equal(expected.slice(0, 2));
    expect(rows[3]?.cells[5]).to.include({ kind: 'datetime' });
  });

  it('let no text run as a formula, in either format, and leave numbers numbers', async () => {
    const evil = ['=cmd|\' /C calc\'!A0', '+1+1', '-2+3', '@SUM(A1)', '  =1+1', '\t=1', '＝1', "'=1", '"=1"', 'plain'];
    const person = await world.someone();
    for (const [i, text] of evil.entries()) {
      await world.app.query(sql`insert into interactions (id, source, external_id, channel, agent_id, started_at, business_date, outcome, queue, topic, customer_ref, rating, rating_original, rating_scale, sentiment)
        values (gen_random_uuid(), ${`=${i}`}, ${`${text}${i}`}, 'voice', ${person}, now(), current_date, 'answered', ${text}, ${text}, ${text}, 4, '4', '1-5', -0.5)`);
      await world.app.query(sql`insert into quick_notes (id, agent_id, author_id, note_type, priority, content, category, created_at, updated_at)
        values (gen_random_uuid(), ${person}, ${world.org.admin.id}, 'COACHING', 'LOW', ${text}, ${text}, now(), now())`);
    }
    await world.app.query(sql`update agents set full_name = '=1+1' where id = ${person}`);
    const session = await world.coachingSession([person]);
    await world.app.query(sql`update coaching_sessions set summary = '=1', discussion_notes = '@x', cancel_reason = '+1', topics_covered = '["=2"]' where id = ${session}`);
    for (const kind of ['interactions', 'notes', 'sessions'] as const) {
      const texts = (await csv(world.org.admin, kind, { agentId: person })).flatMap((row) => Object.entries(row)).filter(([header]) => header !== 'Sentiment');
      // By a reader that knows of no guard.
      const cells = (await readXlsx((await download(world.org.admin, kind, { agentId: person })).body as Buffer)).sheets.flatMap(({ rows }) => rows.flat());
      expect(texts.length, kind).to.be.above(0);
      for (const text of [...texts.map(([, value]) => value), ...cells.filter((cell) => typeof cell === 'string')]) expect(text, kind).not.to.match(/^\s*[=+\-@＝]/u);
      expect(texts.some(([, value]) => value === "'=1+1" || value.startsWith("'=1+1")), kind).to.equal(true);
    }
    const [row] = await csv(world.org.admin, 'interactions', { agentId: person });
    expect(row).to.include({ Sentiment: '-0.5', Rating: '4' });
  });

  it('show of interactions those of whom one sees, and nobody without a part in coaching gets any export', async () => {
    const { leader, agent, stranger, manager, viewer } = world.org;
    for (const { id } of [agent, stranger]) await world.interaction(id);
    const of = async (by: TestPerson) => names(await csv(by, 'interactions', { from: '2026-06-01', agentId: agent.id })).concat(names(await csv(by, 'interactions', { from: '2026-06-01', agentId: stranger.id })));
    expect(await of(manager)).to.deep.equal(['Ada Agent', 'Stella Stranger']);
    expect(await of(leader)).to.deep.equal(['Ada Agent']);
    expect(await of(agent)).to.deep.equal(['Ada Agent']);
    for (const kind of EXPORT_KINDS) {
      expect((await world.app.request(viewer.token).get(`/api/exports/${kind}`).expect(403)).body).to.include({ code: 'role_not_allowed' });
      expect((await world.app.request().get(`/api/exports/${kind}`).expect(401)).body, kind).to.have.property('code');
    }
  });

  it('show of people what the lists show: everybody, to agents without contact fields but their own', async () => {
    const { leader, agent, stranger, team } = world.org;
    const everybody = await csv(leader, 'agents');
    expect(names(everybody)).to.include.members(['Ada Agent', 'Stella Stranger', 'Vera Viewer']);
    expect(everybody.map((row) => row['E-mail'])).to.not.include('');
    const seen = new Map((await csv(agent, 'agents')).map((row) => [Number(row['Number']), row]));
    expect(seen.size).to.equal(everybody.length);
    expect(seen.get(stranger.id)).to.include({ 'Name': 'Stella Stranger', 'E-mail': '', 'User name': '', 'Telephone': '', 'Team': 'Green' });
    expect(seen.get(agent.id)).to.include({ 'User name': agent.username, 'Role': 'cs', 'Active': 'yes' });
    const members = await csv(leader, 'agents', { teamId: team.id });
    expect(names(members)).to.include.members(['Ada Agent', 'Colin Colleague']);
    expect(new Set(members.map((row) => row['Team']))).to.deep.equal(new Set(['Blue']));
    expect(names(await csv(leader, 'agents', { agentId: stranger.id }))).to.deep.equal(['Stella Stranger']);
    expect(await csv(leader, 'agents', { to: '2000-01-01' })).to.deep.equal([]);
  });

  it('show of action items what the lists show, by the day they are due', async () => {
    const { leader, agent, stranger, manager } = world.org;
    for (const [id, dueDate] of [[agent.id, '2031-02-01'], [agent.id, '2031-01-01'], [stranger.id, '2031-03-01']] as const) {
      await world.app.request(manager.token).post('/api/action-items').send({ agentId: id, title: `Due ${dueDate}`, dueDate }).expect(201);
    }
    const due = async (by: TestPerson, query: Query = {}) => (await csv(by, 'actions', { from: '2031-01-01', ...query })).map((row) => row['Due date']);
    expect(await due(manager)).to.deep.equal(['2031-01-01', '2031-02-01', '2031-03-01']);
    expect(await due(leader)).to.deep.equal(['2031-01-01', '2031-02-01']);
    expect(await due(agent, { to: '2031-01-31' })).to.deep.equal(['2031-01-01']);
    expect(await due(stranger)).to.deep.equal(['2031-03-01']);
    expect(await due(manager, { teamId: world.org.otherTeam.id })).to.deep.equal(['2031-03-01']);
  });

  it('tell nothing of a session but what is in its record: no comment, no answer’s words, no private note', async () => {
    const { agent, colleague, leader, manager } = world.org;
    const note = await world.note(agent.id, leader, { isPrivate: true });
    const id = await world.sessionIn('completed', agent.id, { facilitatorId: leader.id, agenda: [{ title: 'Greeting', detail: 'Between us alone' }] });
    await world.app.ctx.coachingSessions.acknowledgements.dispute(await world.principal(agent), id, 'Words of an answer');
    const cells = async (by: TestPerson) => JSON.stringify(await csv(by, 'sessions', { agentId: agent.id, from: '2039-01-01' }));
    for (const by of [agent, leader, manager]) {
      expect(await cells(by)).to.contain('Greeting').and.to.not.match(/Words of an answer|Between us alone/);
      expect(await cells(by)).to.not.contain(note);
    }
    expect(await cells(colleague)).to.equal('[]');
  });

  it('stop PostgreSQL in the middle of a statement when the download is broken off', async () => {
    const { app, org } = world;
    const waiting = async () => (await waiters(app, 'interactions')).length;
    let release: () => void = () => undefined;
    const locked = new Promise<void>((held) => {
      void app.ctx.uow.write(systemPrincipal('test'), async (tx) => {
        await tx.run(sql`lock table interactions in access exclusive mode`);
        await new Promise<void>((done) => {
          release = done;
          held();
        });
      });
    });
    await locked;
    try {
      for (const format of ['csv', 'xlsx']) {
        const request = get(`${world.app.url}/api/exports/interactions?format=${format}`, { headers: { Authorization: `Bearer ${org.admin.token}` } }).on('error', () => undefined);
        await until(async () => (await waiting()) === 1);
        request.destroy();
        await until(async () => (await waiting()) === 0, 5000);
      }
    } finally {
      release();
    }
    await csv(org.agent, 'interactions');
  });

  it('read no further once nobody takes the rows, and give a person two at once', async () => {
    const person = await world.someone();
    await world.app.query(sql`insert into interactions (id, source, external_id, channel, agent_id, started_at, business_date, outcome, topic)
      select gen_random_uuid(), 'many', ${`${person}-`} || n, 'voice', ${person}, timestamptz '2024-01-05 08:00Z' + n * interval '1 minute', '2024-01-05', 'answered', repeat(md5(n::text), 6) from generate_series(1, 20000) n`);
    await world.app.query(sql`analyze interactions`);
    let pages = 0;
    const { interactions } = world.app.ctx;
    const whole = interactions.pages.bind(interactions);
    let ended: () => void = () => undefined;
    interactions.pages = async function* (...given) {
      try {
        for await (const page of whole(...given)) {
          pages++;
          yield page;
        }
      } finally {
        ended();
      }
    };
    for (const format of ['csv', 'xlsx']) {
      pages = 0;
      const end = new Promise<void>((resolve) => (ended = resolve));
      const request = get(`${world.app.url}/api/exports/interactions?agentId=${person}&format=${format}`, { headers: { Authorization: `Bearer ${world.org.admin.token}` } });
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      await once(answer, 'readable');
      answer.destroy();
      await end;
      expect(pages, format).to.be.at.most(15);
    }
    interactions.pages = whole;
    const address = `/api/exports/interactions?agentId=${person}`;
    const waiting = await Promise.all([1, 2].map(async () => {
      const request = get(`${world.app.url}${address}`, { headers: { Authorization: `Bearer ${world.org.admin.token}` } });
      const [answer] = (await once(request, 'response')) as [IncomingMessage];
      return answer;
    }));
    const notes = (by: TestPerson) => world.app.request(by.token).get('/api/exports/notes');
    const refused = await notes(world.org.admin).expect(503);
    expect(refused.headers['retry-after']).to.equal('5');
    await notes(world.org.manager).expect(200);
    for (const answer of waiting) answer.destroy();
    await until(async () => (await notes(world.org.admin)).status === 200);
    expect(await csv(world.org.admin, 'interactions', { agentId: person, from: '2024-01-05' })).to.have.length(20_000);
  });
});

describe('exports and imports', () => {
  let client: ImportClient;

  before(async () => {
    client = await ImportClient.start('round_trip', { BUSINESS_TIMEZONE: 'Europe/Berlin' });
  });
  after(() => client.close());

  it('bring back in what was taken out with nothing changed, in both formats', async () => {
    const { manager } = client.org;
    const header = ['Call Id', 'Agent', 'Date', 'Time', 'Channel', 'Direction', 'Queue', 'Topic', 'Customer', 'Outcome', 'Resolved', 'FCR', 'Wait (seconds)', 'Talk (seconds)', 'Hold (seconds)', 'ACW (seconds)', 'CSAT', 'Sentiment'];
    const rows = [
      ['A1', 'Ada Agent', '2026-10-25', '02:30', 'voice', 'inbound', 'Sales', '=1+1', '+49 30 123', 'answered', 'Y', 'N', 12, 240, 5, 30, '8', 0.25],
      ['A2', 'Colin Colleague', '2026-03-02', null, 'chat', 'outbound', null, "'quoted'", null, 'abandoned', 'N', null, null, null, null, null, null, null],
      ['A3', 'Ada Agent', '2026-03-29', '03:30', 'email', 'inbound', 'Müller, "GmbH"', 'Zeile', '@home', 'voicemail', null, null, null, null, null, null, null, -1],
      ['A4', 'Ada Agent', '2026-07-01', '09:12:58', 'ticket', 'inbound', '1-2', '-', "'=x", 'answered', 'Y', 'Y', 0, 61, 0, 0, '10', 0],
      ['A5', 'Ada Agent', '2026-10-25T01:30:00Z', null, 'message', 'inbound', null, null, null, 'missed', null, null, 4, null, null, null, null, null],
    ];
    const preview = await client.staged(manager, workbook({ sheets: [{ name: 'Calls', rows: [header, ...rows] }] }));
    await client.remapped(manager, preview.id, { source: 'round', options: { ratingScale: '1-10' } });
    await client.commit(manager, preview.id).expect(202);
    expect((await client.settled(manager, preview.id)).counts).to.include({ new: 5, rejected: 0 });
    for (const format of ['csv', 'xlsx']) {
      const { body } = await client.app.request(manager.token).get(`/api/exports/interactions?format=${format}`).buffer(true).parse(bytes as never).expect(200);
      const { id } = await client.staged(manager, body as Buffer, `export.${format}`);
      const again = await client.remapped(manager, id, { source: 'round' });
      const changed = await client.preview(manager, id, 'changed');
      const rejected = await client.preview(manager, id, 'rejected');
      expect({ questions: again.questions, changed: changed.map((row) => row.changes), rejected: rejected.map((row) => row.errors), missing: again.missingAgents }, format).to.deep.equal({ questions: [], changed: [], rejected: [], missing: [] });
      expect(again.counts, format).to.include({ new: 0, unchanged: 5 });
    }
  });

  it('bring notes back in with nothing changed, private ones too, and show nobody a private one of somebody else', async () => {
    const { app, org } = client;
    const write = async (by: TestPerson, content: string, isPrivate = false) =>
      app.ctx.notes.create((await app.ctx.authenticator.token(by.token)).principal, { agentId: org.agent.id, noteType: 'POSITIVE', content, priority: 'HIGH', category: 'Tone', isPrivate });
    for (const content of ['=1+1 is two', 'Two\nlines, "quoted"; Ünïcode', "'apostrophe"]) await write(org.leader, content);
    const mine = await write(org.leader, 'Between me and me', true);
    await write(org.manager, 'By the manager');
    const upload = async (by: TestPerson, file: Buffer, name: string) => {
      const { body } = await app.request(by.token).post('/api/imports').field('kind', 'notes').attach('file', file, name).expect(202);
      return client.settled(by, (body as { id: string }).id);
    };
    for (const format of ['csv', 'xlsx']) {
      const { body } = await app.request(org.leader.token).get(`/api/exports/notes?format=${format}`).buffer(true).parse(bytes as never).expect(200);
      const staged = await upload(org.leader, body as Buffer, `notes.${format}`);
      expect({ questions: staged.questions, changed: (await client.preview(org.leader, staged.id, 'changed')).map(({ changes }) => changes) }, format).to.deep.equal({ questions: [], changed: [] });
      expect(staged.counts, format).to.deep.equal({ rows: 5, new: 0, changed: 0, unchanged: 5, rejected: 0 });
    }
    const second = await app.people.person('team_leader');
    await app.ctx.teams.update(systemPrincipal('test'), org.team.id, { leaderIds: [org.leader.id, second.id] });
    const guess = await upload(second, Buffer.from(`Note id,Agent id,Note\n${mine.id},${org.agent.id},Guessed\n`), 'guess.csv');
    expect(guess.counts).to.include({ rejected: 1, changed: 0 });
    const [row] = await client.preview(second, guess.id);
    expect(JSON.stringify(row)).to.contain('private to somebody else').and.to.not.contain('Between me');
  });

  /**
   * What spreadsheets, their readers and ours could take for something else. As from every file, an import takes blanks around, carriage
   * returns and control characters off, and a lone `-` or `N/A` for nothing.
   */
  const AWKWARD = [
    'Plan:\n- call back\n- =1+1; -2; @x', "a;'=1\t+2", "''=1", "'", "it's", '"', '""quoted""', ',', ';', 'a\tb', '|', '👩‍👩‍👧 e\u0301 \u00a0 العربية 日本語', '00123', '12345678901234567890', '1e5', '1,5', '1.5',
    'TRUE', 'no', '2026-03-31', '31.03.2026 09:12', '12:30', '_x000D_', '<b>&amp;</b>', `long ${'x'.repeat(9990)}`,
  ];

  it('bring texts back in that could be anything, in notes and action items', async () => {
    const { app, org } = client;
    const manager = (await app.ctx.authenticator.token(org.manager.token)).principal;
    const teamId = org.otherTeam.id;
    const agentId = org.stranger.id;
    for (const content of AWKWARD) {
      await app.ctx.notes.create(manager, { agentId, noteType: 'COACHING', content, priority: 'LOW', category: content.replace(/\s+/g, ' ').slice(0, 50).trim(), isPrivate: false });
      await app.request(org.manager.token).post('/api/action-items').send({ agentId, title: content.replace(/\s+/g, ' ').slice(0, 200), description: content, dueDate: '2032-02-29' }).expect(201);
    }
    const counts = { rows: AWKWARD.length, unchanged: AWKWARD.length };
    await backUnchanged(org.manager, 'notes', 'notes', counts, undefined, `&teamId=${teamId}`);
    await backUnchanged(org.manager, 'actions', 'actions', counts, undefined, `&teamId=${teamId}`);
  });

  it('bring action items back in with nothing changed, open ones and closed ones', async () => {
    const { app, org } = client;
    const make = async (title: string, dueDate: string, more: object = {}) =>
      ((await app.request(org.leader.token).post('/api/action-items').send({ agentId: org.agent.id, title, dueDate, ...more }).expect(201)).body as { id: string }).id;
    await make('=1+1', '2031-01-01', { description: 'Two\nlines, "quoted"', priority: 'HIGH', category: 'Tone' });
    await make('For the leader', '2031-01-02', { assignedTo: org.leader.id });
    const done = await make('Done', '2031-01-03');
    await app.request(org.leader.token).put(`/api/action-items/${done}`).send({ status: 'done' }).expect(200);
    await backUnchanged(org.leader, 'actions', 'actions', { rows: 3, unchanged: 3 });
  });

  it('bring the roster back in with nothing changed, and leave managers and administrators alone', async () => {
    const { app, org } = client;
    await app.request(org.manager.token).put(`/api/agents/${org.agent.id}`).send({ phone: '+49 30 1234567' }).expect(200);
    await app.request(org.manager.token).delete(`/api/agents/${org.stranger.id}`).expect(200);
    // An import gives nobody these roles: it asks what they mean, and whatever the answer, looks after none who has one.
    await backUnchanged(org.manager, 'agents', 'agents', { rejected: 2 }, { values: { role: { admin: null, manager: null } } });
  });

  /** Exports a kind and imports it again, in both formats, and expects nothing of it to be new or changed. */
  async function backUnchanged(by: TestPerson, exported: ExportKind, imported: string, counts: object, mapping?: Record<string, unknown>, query = ''): Promise<void> {
    for (const format of ['csv', 'xlsx']) {
      const { body } = await client.app.request(by.token).get(`/api/exports/${exported}?format=${format}${query}`).buffer(true).parse(bytes as never).expect(200);
      const { id } = (await client.app.request(by.token).post('/api/imports').field('kind', imported).attach('file', body as Buffer, `${exported}.${format}`).expect(202)).body as { id: string };
      const first = await client.settled(by, id);
      const staged = mapping ? await client.remapped(by, id, mapping) : first;
      expect({ questions: staged.questions, changed: (await client.preview(by, id, 'changed')).map(({ changes }) => changes) }, format).to.deep.equal({ questions: [], changed: [] });
      expect(staged.counts, format).to.deep.include({ new: 0, changed: 0, rejected: 0, ...counts });
    }
  }

  it('bring daily figures back in with nothing changed', async () => {
    const { app, org } = client;
    const upload = async (file: Buffer, name: string) => {
      const { body } = await app.request(org.manager.token).post('/api/imports').field('kind', 'performance').attach('file', file, name).expect(202);
      return client.settled(org.manager, (body as { id: string }).id);
    };
    const { id } = await upload(table([['Agent', 'Date', 'Handled', 'CSAT', 'Ratings', 'SLA %', 'AHT (sec)'], ['Ada Agent', '2025-03-02', 40, 4.5, null, 88, 300], ['Colin Colleague', '2025-03-30', 10, 4.25, 8, 90.5, null]]), 'days.xlsx');
    await client.commit(org.manager, id).expect(202);
    expect((await client.settled(org.manager, id)).counts).to.include({ new: 2 });
    for (const format of ['csv', 'xlsx']) {
      const { body } = await app.request(org.manager.token).get(`/api/exports/metrics?format=${format}&to=2025-12-31`).buffer(true).parse(bytes as never).expect(200);
      const again = await upload(body as Buffer, `days.${format}`);
      expect((await client.preview(org.manager, again.id, 'changed')).map(({ changes }) => changes), format).to.deep.equal([]);
      expect(again.counts, format).to.deep.equal({ rows: 2, new: 0, changed: 0, unchanged: 2, rejected: 0 });
    }
  });
});
