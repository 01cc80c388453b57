import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { insertSession, type TestSession } from '../../test/harness/sessions.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { components } from '../http/contract.types.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';

type Fairness = components['schemas']['Fairness'];
type Figures = components['schemas']['FairnessFigures'];
type Rows = components['schemas']['FairnessRowPage'];

const BY = systemPrincipal('test');
/** In Berlin it is the 1st already. */
const NOW = new Date('2026-03-31T22:30:00Z');
const ZONE = 'Europe/Berlin';
const PERIOD = 'from=2026-02-01&to=2026-03-31';

describe('the fairness view', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  let newcomer: number;

  before(async () => {
    app = await startTestApp('fairness', { BUSINESS_TIMEZONE: ZONE }, { clock: { now: () => NOW } });
    org = await app.people.organisation();
    newcomer = (await app.people.create('cs', { teamId: org.team.id, fullName: 'Nils Newcomer' })).id;
    await write(sql`update agents set joined_on = case when id = ${newcomer} then '2026-03-20'::date else '2025-06-01'::date end`);
    await app.ctx.teams.updateSettings(BY, org.team.id, { ...DEFAULT_TEAM_SETTINGS, cadenceDays: 14 });
  });
  after(() => app.close());
  afterEach(() =>
    app.ctx.uow.write(BY, async (tx) => {
      for (const table of ['coaching_sessions', 'quick_notes', 'absences']) await tx.run(sql`delete from ${sql.table(table)}`);
    }),
  );

  const write = (statement: ReturnType<typeof sql>) => app.ctx.uow.write(BY, (tx) => tx.run(statement));
  const session = (fields: Partial<TestSession> & { at: string }) => app.ctx.uow.write(BY, (tx) => insertSession(tx, { attendees: [org.agent.id], leaderId: org.leader.id, ...fields }));
  const note = (type: string, at: string, fields: { isPrivate?: boolean; deleted?: boolean; agentId?: number } = {}) =>
    write(sql`insert into quick_notes (id, agent_id, author_id, note_type, priority, content, is_private, deleted_at, created_at)
      values (${newId()}, ${fields.agentId ?? org.agent.id}, ${org.leader.id}, ${type}, 'MEDIUM', 'A note', ${fields.isPrivate ?? false}, ${fields.deleted ? at : null}, ${at})`);
  const get = async (person: TestPerson, query = PERIOD): Promise<Fairness> => (await app.request(person.token).get(`/api/fairness?${query}`).expect(200)).body as Fairness;
  const team = (found: Fairness, id: string | null = org.team.id) => found.teams.find((row) => (row.team?.id ?? null) === id)!;
  const rows = async (person: TestPerson, href: string): Promise<Rows> => (await app.request(person.token).get(href).expect(200)).body as Rows;

  it('judges the cadence on the last day, by the team’s own, from joining where there was no session', async () => {
    // 14 days before 31 March; Ada is in time, Colin is not, and Nils joined 11 days ago.
    await session({ at: '2026-03-17T10:00:00Z' });
    await session({ at: '2026-03-16T10:00:00Z', attendees: [org.colleague.id] });
    const blue = team(await get(org.leader));
    expect(blue.cadenceDays).to.equal(14);
    expect(blue.figures.inCadence).to.include({ count: 2, of: 3, share: 0.6667, enough: false });
    expect(blue.figures.coached).to.include({ count: 2, of: 3 });
    const { waiting, meta } = await get(org.leader);
    expect(waiting.map(({ agent, days, lastSessionOn }) => [agent.name, days, lastSessionOn])).to.deep.equal([['Colin Colleague', 15, '2026-03-16']]);
    expect(meta).to.include({ total: 1, page: 1 });
    // A day later neither is.
    expect(team(await get(org.leader, 'from=2026-02-01&to=2026-04-01')).figures.inCadence.count).to.equal(1);
  });

  it('lists who has not been coached, longest first, with what is still to come', async () => {
    await session({ at: '2026-04-03T10:00:00Z', status: 'scheduled', attendees: [org.colleague.id] });
    await write(sql`insert into absences (id, agent_id, kind, starts_on, ends_on, created_by) values (${newId()}, ${org.agent.id}, 'leave', '2026-03-30', '2026-04-10', ${org.leader.id})`);
    await session({ at: '2026-01-15T10:00:00Z', attendees: [org.stranger.id] });
    const { waiting } = await get(org.manager);
    expect(waiting.map(({ agent, days }) => [agent.name, days])).to.deep.equal([['Ada Agent', 303], ['Colin Colleague', 303], ['Stella Stranger', 75]]);
    expect(waiting[0]).to.include({ lastSessionOn: null, joinedOn: '2025-06-01', absentUntil: '2026-04-10', nextSessionAt: null, cadenceDays: 14 });
    expect(waiting[1]).to.include({ nextSessionAt: '2026-04-03T10:00:00.000Z', absentUntil: null });
    expect(waiting[2]!.team).to.deep.equal({ id: org.otherTeam.id, name: 'Green' });
    const second = await get(org.manager, `${PERIOD}&page=2&limit=2`);
    expect(second.waiting.map(({ agent }) => agent.name)).to.deep.equal(['Stella Stranger']);
    expect(second.meta).to.include({ total: 3, totalPages: 2 });
  });

  it('counts sessions by the business day they were completed or planned for, one with several people once', async () => {
    await session({ at: '2026-01-31T22:59:00Z' }); // the evening of 31 January in Berlin
    await session({ at: '2026-01-31T23:01:00Z' }); // 1 February there
    await session({ at: '2026-03-31T21:59:00Z', attendees: [org.agent.id, org.colleague.id, org.stranger.id] });
    await session({ at: '2026-03-31T22:01:00Z' }); // 1 April there
    await session({ at: '2026-03-02T10:00:00Z', status: 'cancelled' });
    await session({ at: '2026-03-03T10:00:00Z', status: 'no_show' });
    await session({ at: '2026-03-04T10:00:00Z', status: 'scheduled' });
    const found = await get(org.manager);
    const counts = ({ held, cancelled, noShow }: Figures) => [held.count, cancelled.count, noShow.count];
    expect(counts(found.total)).to.deep.equal([2, 1, 1]);
    expect(counts(team(found).figures)).to.deep.equal([2, 1, 1]);
    expect(counts(team(found, org.otherTeam.id).figures)).to.deep.equal([1, 0, 0]);
    expect(counts(found.leaders.find(({ leader }) => leader.id === org.leader.id)!.figures)).to.deep.equal([2, 1, 1]);
    // 1 February to 31 March, 58 days; the one of 31 January lies a day before the first.
    expect(found.total.gapDays).to.deep.equal({ median: 29.5, n: 2 });
    expect(team(found).spread).to.deep.equal({ people: 2, least: 1, median: 1.5, most: 2, gini: 0.1667 });
  });

  it('counts praise and correction without private and deleted notes', async () => {
    for (const type of ['POSITIVE', 'POSITIVE', 'COACHING', 'URGENT', 'COACHING', 'POSITIVE']) await note(type, '2026-03-10T10:00:00Z');
    await note('COACHING', '2026-03-10T10:00:00Z', { isPrivate: true });
    await note('COACHING', '2026-03-10T10:00:00Z', { deleted: true });
    await note('POSITIVE', '2026-01-10T10:00:00Z');
    const { figures } = team(await get(org.leader));
    expect([figures.praise.count, figures.correction.count]).to.deep.equal([3, 3]);
    expect(figures.praiseShare).to.include({ count: 3, of: 6, share: 0.5, enough: true });
  });

  it('counts answers to sessions, and disputes also once they are resolved', async () => {
    await session({ at: '2026-03-10T10:00:00Z', answer: 'acknowledged' });
    await session({ at: '2026-03-11T10:00:00Z', answer: 'acknowledged', dispute: 'amended' });
    await session({ at: '2026-03-12T10:00:00Z', answer: 'disputed', dispute: null });
    await session({ at: '2026-03-13T10:00:00Z', answer: 'pending', answerDueAt: '2026-03-31T22:29:00Z' });
    await session({ at: '2026-03-14T10:00:00Z', answer: 'pending', answerDueAt: '2026-03-31T22:31:00Z' });
    await session({ at: '2026-03-15T10:00:00Z', answer: 'none' });
    const { figures } = team(await get(org.leader));
    expect(figures.acknowledged).to.include({ count: 2, of: 5, share: 0.4, enough: true });
    expect(figures.disputed).to.include({ count: 2, of: 5 });
    expect([figures.overdue.count, figures.pending.count, figures.upheld]).to.deep.equal([1, 1, 1]);
  });

  it('leads from every figure to exactly its rows', async () => {
    await session({ at: '2026-03-10T10:00:00Z', answer: 'acknowledged', attendees: [org.agent.id, org.colleague.id] });
    await session({ at: '2026-03-11T10:00:00Z', answer: 'disputed', dispute: null, leaderId: org.manager.id });
    await session({ at: '2026-03-12T10:00:00Z', answer: 'pending', answerDueAt: '2026-03-20T10:00:00Z', attendees: [org.stranger.id], leaderId: org.otherLeader.id });
    await session({ at: '2026-03-13T10:00:00Z', answer: 'pending', answerDueAt: '2026-04-20T10:00:00Z' });
    await session({ at: '2026-03-14T10:00:00Z', status: 'cancelled' });
    await session({ at: '2026-03-15T10:00:00Z', status: 'no_show' });
    for (const type of ['POSITIVE', 'COACHING', 'URGENT']) await note(type, '2026-03-10T10:00:00Z');
    const kinds = new Set<string>();
    for (const [person, query] of [[org.manager, PERIOD], [org.manager, `${PERIOD}&teamId=${org.team.id}`], [org.leader, PERIOD]] as const) {
      const found = await get(person, query);
      for (const figures of [found.total, ...found.teams.map((row) => row.figures), ...found.leaders.map((row) => row.figures)]) {
        for (const [name, figure] of Object.entries(figures)) {
          for (const { href, count } of (figure as { evidence?: { href: string; count: number }[] }).evidence ?? []) {
            const { data, meta } = await rows(person, href);
            expect([meta.total, data.length], `${name} ${href}`).to.deep.equal([count, count]);
            kinds.add(new URLSearchParams(href.split('?')[1]).get('kind')!);
          }
        }
      }
    }
    expect([...kinds].sort()).to.deep.equal(['acknowledged', 'cancelled', 'coached', 'correction', 'disputed', 'held', 'inCadence', 'noShow', 'outOfCadence', 'overdue', 'pending', 'people', 'praise']);
    const held = await rows(org.manager, `/api/fairness/rows?kind=held&${PERIOD}&teamId=${org.team.id}`);
    expect(held.data.map(({ title, agent }) => [title, agent?.id ?? null])).to.deep.equal([['Ada Agent, Colin Colleague', null], ['Ada Agent', org.agent.id], ['Ada Agent', org.agent.id]]);
  });

  it('shows leaders their own teams and themselves, managers everybody, and people without a team apart', async () => {
    const alone = await app.people.create('cs', { fullName: 'Tess Teamless' });
    await write(sql`update agents set joined_on = '2025-06-01' where id = ${alone.id}`);
    await session({ at: '2026-03-10T10:00:00Z', leaderId: org.manager.id });
    const mine = await get(org.leader);
    expect(mine.teams.map((row) => row.team?.name)).to.deep.equal(['Blue']);
    expect(mine.leaders.map(({ leader }) => leader.id)).to.deep.equal([org.leader.id]);
    expect(mine.total.people.count).to.equal(3);
    const all = await get(org.manager);
    expect(all.teams.map((row) => row.team?.name ?? null)).to.deep.equal(['Blue', 'Green', null]);
    expect(all.leaders.map(({ leader }) => leader.name)).to.include.members(['Lena Leader', 'Otto Other']).and.to.have.length(3);
    expect(team(all, null).figures.people.count).to.equal(1);
    await app.request(org.agent.token).get('/api/fairness').expect(403);
    await app.request(org.leader.token).get(`/api/fairness?teamId=${org.otherTeam.id}`).expect(404);
    await app.request(org.leader.token).get(`/api/fairness/rows?kind=people&teamId=${org.otherTeam.id}`).expect(404);
    expect((await rows(org.leader, '/api/fairness/rows?kind=people&teamless=true')).meta.total).to.equal(0);
    await app.ctx.agents.deactivate(BY, alone.id);
  });

  it('agrees with the priority queue on how long somebody has waited', async () => {
    await session({ at: '2026-02-20T10:00:00Z' });
    const queue = (await app.request(org.leader.token).get('/api/priority-queue?asOf=2026-03-31').expect(200)).body as components['schemas']['PriorityQueue'];
    const { waiting } = await get(org.leader);
    for (const { agent, days } of waiting) {
      const reason = queue.data.find((item) => item.agent.id === agent.id)!.reasons.find(({ code }) => code === 'cadence')!;
      expect(reason.value, agent.name).to.equal(days);
    }
    expect(waiting.map(({ agent }) => agent.name)).to.deep.equal(['Colin Colleague', 'Ada Agent']);
  });
});
