import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { systemPrincipal } from '../../auth/principal.ts';
import { readEnv } from '../../config.ts';
import { sql } from '../../db/db.ts';
import { contractRules } from '../../http/contract-rules.ts';
import { OldFileError } from '../old-file-error.ts';
import type { MigrationReport } from '../migration-report.ts';
import { startTestApp, type TestApp } from '../../../test/harness/app.ts';
import { fingerprint } from '../../../test/harness/fingerprint.ts';
import { CoachAppFile, fillCoachApp } from '../../../test/old-systems/coach-app-file.ts';

const SCRIPT = new URL('migrate-coach-app.cli.ts', import.meta.url).pathname;

describe('npm run migrate:coach-app', function () {
  this.timeout(60_000);
  let app: TestApp;
  let folder: string;
  let file: CoachAppFile;
  const rules = contractRules();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-coach-app-'));
    app = await startTestApp('coach_app', { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'coaching@desk.example.test' });
    file = new CoachAppFile(join(folder, 'dev.db'));
    fillCoachApp(file);
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const run = (options: { dryRun?: boolean; path?: string; system?: string} = {}): Promise<MigrationReport> =>
    app.ctx.oldSystems.coachApp.run(systemPrincipal('migration'), options.path ?? file.path, { system: options.system ?? 'coach-app', dryRun: options.dryRun ?? false, rules, patienceMs: 50 });
  const counts = (report: MigrationReport) => Object.fromEntries(report.tables.map(({ name, counts: c }) => [name, [c.read, c.new, c.changed, c.unchanged, c.kept, c.refused]]));
  const lines = (report: MigrationReport, table: string) => Object.fromEntries(report.table(table).lines.map(({ oldId, what, because }) => [oldId, `${what}: ${because}`]));

  it('says in a dry run exactly what it then does, and writes nothing', async () => {
    const before = await fingerprint(app);
    const dry = await run({ dryRun: true });
    expect(await fingerprint(app)).to.deep.equal(before);
    const real = await run();
    expect(dry.toString()).to.equal(`Dry run: nothing is written.\n\n${real.toString()}`);
    expect(counts(real)).to.deep.equal({
      'User': [8, 5, 0, 0, 0, 3], 'User.teamLeaderId': [1, 1, 0, 0, 0, 0], 'Agent.employeeId': [1, 1, 0, 0, 0, 0], 'CoachingSession': [5, 3, 0, 0, 0, 2], 'CoachingSession.preparationNotes': [1, 1, 0, 0, 0, 0],
      'QuickNote': [7, 3, 0, 0, 0, 4], 'ActionItem': [3, 2, 0, 0, 0, 1], 'ActionPlanItem': [2, 2, 0, 0, 0, 0], 'AgentMetric': [2, 1, 0, 0, 0, 1], 'Performance': [1, 1, 0, 0, 0, 0],
    });
  });

  it('has everything where it belongs, in the old system’s order of things', async () => {
    const people = await app.query(sql`select a.username, a.email, a.full_name, a.role, a.is_active, a.department, a.joined_on::text as joined, a.password_hash, t.name as team from agents a left join teams t on t.id = a.team_id order by a.username`);
    expect(people).to.deep.equal([
      { username: 'ada_agent', email: 'ada.agent@old.test', full_name: 'Ada Åström 🎧', role: 'cs', is_active: true, department: 'Billing', joined: '2021-09-15', password_hash: '!', team: 'Team Lena Leader' },
      { username: 'bob', email: 'bob@old.test', full_name: 'bob', role: 'cs', is_active: true, department: 'Unassigned', joined: '2023-05-01', password_hash: '!', team: null },
      { username: 'boss', email: 'boss@old.test', full_name: 'Bea Boss', role: 'manager', is_active: true, department: 'Unassigned', joined: '2022-01-03', password_hash: '!', team: null },
      { username: 'gone', email: 'gone@old.test', full_name: 'Gus Gone', role: 'cs', is_active: false, department: 'Unassigned', joined: '2023-03-01', password_hash: '!', team: 'Team Lena Leader' },
      { username: 'lena', email: 'lena@old.test', full_name: 'Lena Leader', role: 'team_leader', is_active: true, department: 'Billing', joined: '2022-05-01', password_hash: '!', team: null },
    ]);
    expect(await app.query(sql`select a.username from team_leaders l join agents a on a.id = l.agent_id`)).to.deep.equal([{ username: 'lena' }]);
    const notes = await app.query(sql`select n.content, n.note_type, n.priority, n.category, n.is_private, w.username as author, n.created_at::text, n.addressed_at::text as addressed, n.addressed_in_session is not null as "inSession" from quick_notes n join agents w on w.id = n.author_id order by n.created_at`);
    expect(notes).to.deep.equal([
      { content: 'Talks too fast.', note_type: 'COACHING', priority: 'MEDIUM', category: 'PERFORMANCE', is_private: false, author: 'lena', created_at: '2024-01-10 09:00:00+00', addressed: '2024-01-10 09:00:00+00', inSession: false },
      { content: 'Saved a customer 💪', note_type: 'POSITIVE', priority: 'MEDIUM', category: 'PRAISE', is_private: false, author: 'lena', created_at: '2024-01-11 09:00:00+00', addressed: '2024-01-11 09:00:00+00', inSession: false },
      { content: 'On a warning.', note_type: 'COACHING', priority: 'MEDIUM', category: 'BEHAVIOR', is_private: true, author: 'lena', created_at: '2024-01-12 09:00:00+00', addressed: '2024-01-12 09:00:00+00', inSession: false },
      { content: 'Go easy, her father is ill.', note_type: 'COACHING', priority: 'MEDIUM', category: 'Preparation', is_private: true, author: 'lena', created_at: '2024-02-20 09:00:00+00', addressed: '2024-03-04 09:00:00+00', inSession: true },
    ]);
    const sessions = await app.query(sql`select s.kind, s.status, s.duration_minutes as minutes, s.discussion_notes as notes, s.started_at::text as started, s.completed_at::text as completed,
      (select array_agg(a.username::text order by a.username) from session_attendees t join agents a on a.id = t.agent_id where t.session_id = s.id) as attendees from coaching_sessions s order by s.scheduled_at`);
    expect(sessions).to.deep.equal([
      { kind: 'one_to_one', status: 'completed', minutes: 45, notes: 'Listened to two calls.\n\nAgreed: Slow down.\n\nScore: 71.5 → 80\n\nQuality: 4.5 (Better.)\n\nFollow-up: 2024-04-04', started: '2024-03-04 09:00:00+00', completed: '2024-03-04 09:45:00+00', attendees: ['ada_agent'] },
      { kind: 'one_to_one', status: 'no_show', minutes: 60, notes: '', started: null, completed: null, attendees: ['ada_agent'] },
      { kind: 'group', status: 'completed', minutes: 60, notes: '', started: '2024-05-02 09:00:00+00', completed: '2024-05-02 10:00:00+00', attendees: ['ada_agent', 'bob'] },
    ]);
    const actions = await app.query(sql`select i.title, i.description, i.status, i.priority, i.category, i.due_date::text as due, i.target_metric as metric, i.target_value::float8 as value, d.username as assignee, s.id is not null as "inSession", i.completed_at::text as completed
      from action_items i join agents d on d.id = i.assigned_to left join coaching_sessions s on s.id = i.session_id order by i.due_date, i.title`);
    expect(actions).to.deep.equal([
      { title: 'Slow down', description: 'Count to two.', status: 'in_progress', priority: 'HIGH', category: null, due: '2024-03-20', metric: null, value: null, assignee: 'ada_agent', inSession: true, completed: null },
      { title: 'Read the guide', description: null, status: 'done', priority: 'LOW', category: null, due: '2024-04-01', metric: null, value: null, assignee: 'ada_agent', inSession: false, completed: '2024-03-30 09:00:00+00' },
      { title: 'Fewer breaks', description: 'Target: breakExceeds 2 (then 5)', status: 'open', priority: 'MEDIUM', category: 'Second quarter', due: '2024-06-30', metric: null, value: null, assignee: 'ada_agent', inSession: false, completed: null },
      { title: 'Raise CSAT', description: 'Ask for it.', status: 'open', priority: 'MEDIUM', category: 'Second quarter', due: '2024-06-30', metric: 'csat', value: 4.5, assignee: 'ada_agent', inSession: false, completed: null },
    ]);
    const cards = await app.query(sql`select period, scores, percentage::float8 as percentage, notes from scorecards order by period`);
    expect(cards).to.deep.equal([
      { period: '2024-02', scores: [{ metric: 'service', score: 4.2, target: null, weight: 1 }, { metric: 'quality', score: 3.5, target: null, weight: null }], percentage: 77, notes: 'Good month.' },
      { period: '2024-Q1', scores: [{ metric: 'QUALITY', score: 88, target: 90, weight: null }], percentage: null, notes: null },
    ]);
  });

  it('says why of everything that is not here, and names every table and column that stays behind', async () => {
    const report = await run({ dryRun: true });
    expect(lines(report, 'User')).to.deep.include({ twin: 'refused: row 2 has the same e-mail', mute: 'refused: email is empty', king: 'refused: role is a word that is not known (KING)' });
    expect(lines(report, 'CoachingSession')).to.deep.equal({ s4: 'refused: agentId (twin) is nobody who was brought along', s5: 'refused: durationMinutes must be at most 480' });
    expect(lines(report, 'QuickNote')).to.deep.include({ n4: 'refused: agentId (twin) is nobody who was brought along', n5: 'refused: it was deleted there', n6: 'refused: agentId and authorId are one person: a note is written about somebody else' });
    expect(lines(report, 'QuickNote')['n7']).to.contain('content is empty;').and.to.contain('createdAt is no date (yesterday)');
    expect(lines(report, 'ActionItem')).to.deep.equal({ a3: 'refused: dueDate is empty' });
    expect(lines(report, 'AgentMetric')).to.deep.equal({ x2: 'refused: month 13 of 2024 is none; it says neither which month nor which period' });
    const notes = report.notes.join('\n');
    expect(notes).to.contain('Table Horoscope (1 rows) stays behind: it is not known.').and.to.contain('Table Notification (1 rows) stays behind: what people were told');
    expect(notes).to.contain('Column User.shoeSize (something in 1 rows) is not known and stays behind.').and.to.contain('User.hashedPassword stays behind: passwords are chosen anew.');
    expect(report.notes.filter((note) => note.startsWith('Column ')), 'and no other').to.have.length(1);
    expect(report.toString()).not.to.contain('$2b$secret');
  });

  it('tells nobody: no mail, no notification, no reminder of what was due before, one event per person', async () => {
    expect((await app.ctx.actionReminders.run()).overdue).to.equal(0);
    expect(await app.query(sql`select 1 from mails union all select 1 from notifications`)).to.deep.equal([]);
    const events = await app.query(sql<{ type: string }>`select type from outbox where type not like 'performance%' and type not like 'days%' order by position`);
    expect(events.map(({ type }) => type).filter((type) => !type.startsWith('team'))).to.deep.equal([...Array.from({ length: 5 }, () => 'agent_created'), 'identity:created']);
    const audit = await app.query(sql`select target_type, after->>'kind' as kind, after->>'new' as fresh from audit_log where action = 'migration.write' and target_type <> 'agent' order by kind`);
    expect(audit).to.deep.include({ target_type: 'quick_note', kind: 'QuickNote', fresh: '3' });
  });

  it('shows a person who they were, and their scorecards, in their record', async () => {
    const { token } = await app.people.person('admin');
    const [ada] = await app.query(sql<{ id: number }>`select id from agents where username = 'ada_agent'`);
    const { body } = await app.request(token).get(`/api/agents/${ada!.id}/record`).query({ reason: 'Asked for.' }).expect(200);
    expect(body.formerIds).to.have.length(1);
    expect(body.formerIds[0]).to.include({ system: 'coach-app', kind: 'User', oldId: 'ada' });
    expect(body.scorecards.map((card: { period: string }) => card.period)).to.deep.equal(['2024-02', '2024-Q1']);
    expect(body.identities[0]).to.include({ system: 'coach-app', externalId: 'EMP001' });
  });

  it('leaves nobody work in notes that are history: they stand behind what was written here', async () => {
    const { token, id } = await app.people.person('admin');
    const [ada] = await app.query(sql<{ id: number }>`select id from agents where username = 'ada_agent'`);
    const written = await app.ctx.notes.create({ ...systemPrincipal('test'), agentId: id }, { agentId: ada!.id, noteType: 'COACHING', content: 'Seen here.' });
    const list = async (query: object): Promise<{ content: string; addressedBy: unknown }[]> => (await app.request(token).get('/api/quick-notes').query({ agentId: ada!.id, ...query }).expect(200)).body.quickNotes;
    expect((await list({ addressed: false })).map(({ content }) => content)).to.deep.equal(['Seen here.']);
    const all = await list({});
    expect(all.map(({ content }) => content)).to.deep.equal(['Seen here.', 'Go easy, her father is ill.', 'On a warning.', 'Saved a customer 💪', 'Talks too fast.']);
    expect(all.at(-1)).to.include({ addressedBy: null });
    await app.ctx.notes.remove({ ...systemPrincipal('test'), agentId: id }, written.id);
  });

  it('gives what has no date that of what it belongs to, and refuses what nobody can date', async () => {
    const undated = new CoachAppFile(join(folder, 'undated.db'), { ...CoachAppFile.tablesBut('Agent', 'TeamLeader'), User: 'id TEXT PRIMARY KEY, email TEXT, name TEXT, role TEXT, teamLeaderId TEXT, createdAt DATETIME' });
    const at = (day: string): number => Date.parse(`${day}T09:00:00Z`);
    undated.add('User', { id: 'l', email: 'l@undated.test', name: 'Lou', role: 'TEAM_LEADER', createdAt: at('2020-01-01') }, { id: 'a', email: 'a@undated.test', name: 'Ann', role: 'AGENT', teamLeaderId: 'l', createdAt: at('2021-02-03') });
    undated.add('User', { id: 'x', email: 'x@undated.test', name: 'Xaver', role: 'AGENT' });
    undated.db.exec('create table _Discussed (A TEXT NOT NULL REFERENCES CoachingSession(id), B TEXT NOT NULL REFERENCES QuickNote(id))');
    undated.add('CoachingSession', { id: 's', agentId: 'a', teamLeaderId: 'l', scheduledDate: at('2024-03-01'), sessionDate: at('2024-03-04'), status: 'COMPLETED' }, { id: 'off', agentId: 'a', teamLeaderId: 'l', scheduledDate: at('2024-04-01'), status: 'CANCELLED', preparationNotes: 'Never was.' });
    undated.add('QuickNote', { id: 'talked', agentId: 'a', authorId: 'l', content: 'Talked over.', category: 'OTHER' }, { id: 'loose', agentId: 'a', authorId: 'l', content: 'Loose.', category: 'OTHER' }, { id: 'lost', agentId: 'x', authorId: 'l', content: 'Lost in time.', category: 'OTHER' });
    undated.add('_Discussed', { A: 's', B: 'talked' });
    undated.add('ActionItem', { id: 'agreed', agentId: 'a', sessionId: 's', title: 'Agreed', dueDate: at('2024-04-01'), createdBy: 'l' }, { id: 'alone', agentId: 'a', title: 'Alone', dueDate: at('2024-04-02'), createdBy: 'l' });
    undated.add('AgentMetric', { id: 'm', agentId: 'a', month: 2, year: 2024, service: 4 });
    undated.add('Performance', { id: 'p', agentId: 'a', metricType: 'QUALITY', score: 88, target: 90, period: 'Spring' }, { id: 'q', agentId: 'x', metricType: 'QUALITY', score: 88, target: 90, period: 'Spring' });
    const report = await run({ path: undated.path, system: 'undated' });
    const [ofSession, ofPerson] = ['new: without a date: it stands at the day of its session', 'new: without a date: it stands at the day its person came'];
    expect(lines(report, 'QuickNote')).to.deep.equal({ talked: ofSession, loose: ofPerson, lost: 'refused: createdAt is empty, and nobody knows the day of its session or the day its person came' });
    expect(lines(report, 'ActionItem')).to.deep.equal({ agreed: ofSession, alone: ofPerson });
    expect(lines(report, 'AgentMetric')).to.deep.equal({ m: 'new: without a date: it stands at the end of its period' });
    expect(lines(report, 'Performance')).to.deep.equal({ p: ofPerson, q: 'refused: createdAt is empty, and nobody knows the end of its period or the day its person came' });
    expect(await app.query(sql`select content as what, created_at::text, addressed_at::text as over from quick_notes where source = 'undated' union all select title, created_at::text, null from action_items where source = 'undated'
      union all select period, created_at::text, null from scorecards where source = 'undated' order by 2, 1`)).to.deep.equal([
      { what: 'Alone', created_at: '2021-02-03 09:00:00+00', over: null }, { what: 'Loose.', created_at: '2021-02-03 09:00:00+00', over: '2021-02-03 09:00:00+00' },
      { what: 'Spring', created_at: '2021-02-03 09:00:00+00', over: null }, { what: '2024-02', created_at: '2024-03-01 00:00:00+00', over: null },
      { what: 'Agreed', created_at: '2024-03-04 09:00:00+00', over: null }, { what: 'Talked over.', created_at: '2024-03-04 09:00:00+00', over: '2024-03-04 09:00:00+00' },
      { what: 'Never was.', created_at: '2024-04-01 09:00:00+00', over: '2024-04-01 09:00:00+00' },
    ]);
  });

  it('brought once more changes nothing', async () => {
    await app.settled();
    const before = await fingerprint(app);
    const again = await run();
    expect(await fingerprint(app)).to.deep.equal(before);
    for (const { name, counts: c } of again.tables) expect([c.new, c.changed, c.kept], name).to.deep.equal([0, 0, 0]);
  });

  it('brings what was changed there since, but for what was changed here as well', async () => {
    const [[ada], [lena]] = [await app.query(sql<{ id: number }>`select id from agents where username = 'ada_agent'`), await app.query(sql<{ id: number }>`select id from agents where username = 'lena'`)];
    const [note] = await app.query(sql<{ id: string }>`select id from quick_notes where external_id = 'n1'`);
    const as = { ...systemPrincipal('test'), agentId: lena!.id };
    await app.ctx.notes.update(as, note!.id, { content: 'Talks too fast when nervous.' });
    await app.ctx.notes.remove(as, (await app.query(sql<{ id: string }>`select id from quick_notes where external_id = 'n3'`))[0]!.id);
    file.change('QuickNote', 'n1', { content: 'Talks far too fast.' });
    file.change('QuickNote', 'n2', { content: 'Saved two customers.' });
    file.change('QuickNote', 'n3', { content: 'On a second warning.' });
    file.change('User', 'ada', { name: 'Ada Married' });
    file.change('User', 'gone', { email: 'gus@old.test' });
    file.change('User', 'bob', { email: 'LENA@old.test' });
    file.change('CoachingSession', 's2', { status: 'CANCELLED' });
    file.add('QuickNote', { id: 'n8', agentId: 'ada', authorId: 'boss', content: 'New there.', category: 'OTHER', createdAt: Date.parse('2024-06-01') });
    const report = await run();
    expect(counts(report)['QuickNote']).to.deep.equal([8, 1, 1, 0, 2, 4]);
    expect(lines(report, 'QuickNote')).to.deep.include({ n1: 'kept: changed there, but here as well since: it stays as it is here', n3: 'kept: changed there, but here as well since: it stays as it is here' });
    expect(await app.query(sql`select external_id, content from quick_notes where external_id in ('n1', 'n2', 'n8') order by 1`)).to.deep.equal([
      { external_id: 'n1', content: 'Talks too fast when nervous.' }, { external_id: 'n2', content: 'Saved two customers.' }, { external_id: 'n8', content: 'New there.' },
    ]);
    expect(await app.query(sql`select email, full_name, username from agents where id = ${ada!.id}`)).to.deep.equal([{ email: 'ada.agent@old.test', full_name: 'Ada Married', username: 'ada_agent' }]);
    expect(await app.query(sql`select username from agents where email = 'gus@old.test'`)).to.deep.equal([{ username: 'gone' }]);
    expect(lines(report, 'User')).to.deep.include({ bob: 'refused: row 3 has the same e-mail' });
    expect(await app.query(sql`select status from coaching_sessions where scheduled_at = '2024-05-01 10:00Z'`)).to.deep.equal([{ status: 'cancelled' }]);
    expect(counts(await run())['QuickNote']).to.deep.equal([8, 0, 0, 2, 2, 4]);
  });

  it('leaves whoever is here already as they are, and finds them by their e-mail', async () => {
    const here = await app.people.create('cs', { username: 'here', fullName: 'Hera Here' });
    const other = new CoachAppFile(join(folder, 'second.db'), CoachAppFile.tablesBut('Agent', 'SessionMetric', 'ActionPlan', 'ActionPlanItem', 'AgentMetric', 'Performance', '_AttendedSessions'));
    other.add('User', { id: '1', email: 'HERE@example.test', name: 'Somebody Else', role: 'ADMIN' }, { id: '2', email: 'lena@old.test', name: 'Lena', role: 'AGENT' });
    other.add('QuickNote', { id: '1', agentId: '1', authorId: '2', content: 'From the second one.', category: 'OTHER', createdAt: 1_700_000_000 });
    const report = await run({ path: other.path, system: 'second' });
    expect(lines(report, 'User')).to.deep.equal({ 1: 'unchanged: there already, and stays as it is', 2: 'unchanged: there already, and stays as it is' });
    expect(await app.query(sql`select role, full_name from agents where id = ${here.id}`)).to.deep.equal([{ role: 'cs', full_name: 'Hera Here' }]);
    expect(await app.query(sql`select agent_id, created_at::text from quick_notes where content = 'From the second one.'`)).to.deep.equal([{ agent_id: here.id, created_at: '2023-11-14 22:13:20+00' }]);
  });

  it('takes figures of days for daily figures, from a schema with other names', async () => {
    const other = new CoachAppFile(join(folder, 'days.db'), {
      users: 'id INTEGER PRIMARY KEY, email TEXT, first_name TEXT, last_name TEXT, role TEXT, created_at DATETIME',
      agent_metrics: 'id INTEGER PRIMARY KEY, agent_id INTEGER, date TEXT, calls_handled INTEGER, csat REAL, rating_count INTEGER, sla_compliance REAL, mood TEXT',
    });
    other.add('users', { id: 7, email: 'dora@old.test', first_name: 'Dora', last_name: 'Day', role: 'agent', created_at: '2024-01-01' });
    other.add('agent_metrics', { id: 1, agent_id: 7, date: '2024-02-01', calls_handled: 31, csat: 4.5, rating_count: 4, sla_compliance: 92.5, mood: 'sunny' }, { id: 2, agent_id: 7, date: '2024-02-02', calls_handled: 3, csat: 0, sla_compliance: 120 });
    other.add('agent_metrics', { id: 3, agent_id: 7, date: '2024-02-01', calls_handled: 32 }, { id: 4, agent_id: 7, date: '2024-02-01', calls_handled: 31, csat: 4.5, rating_count: 4, sla_compliance: 92.5 });
    other.add('users', { id: 8, email: 'undated@old.test', first_name: 'No', last_name: 'Date', role: 'agent' });
    const dry = await run({ path: other.path, system: 'days', dryRun: true });
    const report = await run({ path: other.path, system: 'days' });
    for (const { tables } of [dry, report]) expect(counts({ tables } as MigrationReport)['AgentMetric']).to.deep.equal([4, 1, 0, 0, 0, 3]);
    expect(lines(report, 'AgentMetric')).to.deep.include({ 3: 'refused: row 1 is the same day of the same person and says other figures', 4: 'refused: row 1 is the same day of the same person and says the same' });
    expect(await app.query(sql`select joined_on > '2020-01-01' and created_at > '2020-01-01' as recent from agents where email = 'undated@old.test'`)).to.deep.equal([{ recent: true }]);
    const [dora] = await app.query(sql<{ id: number; full_name: string; total: number }>`select id, full_name, total_tickets_handled as total from agents where email = 'dora@old.test'`);
    expect(dora).to.include({ full_name: 'Dora Day', total: 31 });
    expect(await app.query(sql`select date::text, origin, messages_handled, customer_satisfaction::float8 as csat, rating_sum::float8 as sum from agent_performance_metrics where agent_id = ${dora!.id}`))
      .to.deep.equal([{ date: '2024-02-01', origin: 'imported', messages_handled: 31, csat: 4.5, sum: 18 }]);
    expect(report.notes.join('\n')).to.contain('Column AgentMetric.mood (something in 1 rows) is not known');
  });

  it('killed in the middle goes on, and ends as if nothing had happened', async () => {
    const many = new CoachAppFile(join(folder, 'many.db'));
    many.add('User', { id: 'l', email: 'l@many.test', name: 'Lee', role: 'TEAM_LEADER' }, { id: 'a', email: 'a@many.test', name: 'Ann', role: 'AGENT', teamLeaderId: 'l' });
    many.db.exec('begin');
    for (let n = 1; n <= 4000; n += 1) many.add('QuickNote', { id: `k${n}`, agentId: 'a', authorId: 'l', content: `Note ${n}`, category: 'OTHER', createdAt: 1_700_000_000_000 + n });
    many.db.exec('commit');
    const [secret] = app.config.auth.secrets;
    const env = { PATH: readEnv()['PATH'], NODE_ENV: 'test', DATABASE_URL: app.config.database.url, JWT_SECRET: secret?.secret };
    const start = () => spawn(process.execPath, [SCRIPT, many.path, '--source', 'many'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const brought = async (): Promise<number> => (await app.query(sql<{ n: number }>`select count(*)::int as n from quick_notes where source = 'many'`))[0]?.n ?? 0;
    const killed = start();
    while ((await brought()) === 0) await new Promise((done) => setTimeout(done, 5));
    killed.kill('SIGKILL');
    await new Promise((done) => killed.once('exit', done));
    const half = await brought();
    expect(half).to.be.greaterThan(0).and.lessThan(4000);
    const second = start();
    const [said, code] = await Promise.all([text(second.stdout), new Promise<number | null>((done) => second.once('exit', done))]);
    expect(code, said).to.equal(0);
    expect(said).to.match(new RegExp(`QuickNote\\s+4000\\s+${4000 - half}\\s+0\\s+${half}\\s+0\\s+0`));
    expect(await app.query(sql`select count(*)::int as n, count(distinct external_id)::int as ids from quick_notes where source = 'many'`)).to.deep.equal([{ n: 4000, ids: 4000 }]);
  });

  it('reads a journal that is not in the file yet, beside whoever is writing', async () => {
    const live = new CoachAppFile(join(folder, 'live.db'), CoachAppFile.tablesBut());
    live.db.exec('pragma journal_mode = wal');
    live.add('User', { id: 'w', email: 'w@live.test', name: 'Wal Written', role: 'AGENT' });
    expect(counts(await run({ path: live.path, system: 'live', dryRun: true }))['User']).to.deep.equal([1, 1, 0, 0, 0, 0]);
    live.db.close();
    expect(counts(await run({ path: live.path, system: 'live', dryRun: true }))['User'], 'and when it is closed').to.deep.equal([1, 1, 0, 0, 0, 0]);
  });

  it('says in plain words what is wrong with a file', async () => {
    const refusal = async (name: string, bytes?: string | Uint8Array): Promise<string> => {
      const path = join(folder, name);
      if (bytes !== undefined) await writeFile(path, bytes);
      try {
        await run({ path });
      } catch (error) {
        expect(error).to.be.instanceOf(OldFileError);
        return (error as Error).message;
      }
      throw new Error('was read');
    };
    expect(await refusal('none.db')).to.contain('There is no file');
    expect(await refusal('.')).to.contain('is no file');
    expect(await refusal('empty.db', '')).to.contain('is empty');
    expect(await refusal('text.db', 'id,email\n1,a@b.test\n')).to.contain('is no SQLite database');
    new CoachAppFile(join(folder, 'shop.db'), { Product: 'id TEXT' }).db.close();
    expect(await refusal('shop.db')).to.contain('no database of the Coach App').and.to.contain('Product');
    const sound = new CoachAppFile(join(folder, 'torn.db'));
    fillCoachApp(sound);
    sound.db.close();
    const bytes = await readFile(join(folder, 'torn.db'));
    bytes.fill(0xff, 4096, 12_288);
    expect(await refusal('torn.db', bytes)).to.contain('is damaged');
    const locked = new CoachAppFile(join(folder, 'locked.db'));
    locked.db.exec('begin exclusive');
    expect(await refusal('locked.db')).to.contain('is locked by a program');
  });
});
