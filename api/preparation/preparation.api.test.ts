import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';

import { jobs } from '../jobs.ts';
import { processors } from '../../workers/processors.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { runWorkers } from '../../workers/run.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions, type TestInteraction } from '../../test/harness/interactions.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { insertSession, type TestSession } from '../../test/harness/sessions.ts';
import { until } from '../../test/harness/until.ts';
import { systemPrincipal, type Principal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { components } from '../http/contract.types.ts';

type Preparation = components['schemas']['SessionPreparation'];

const BY = systemPrincipal('test');
const NOW = new Date();
const DAY_MS = 86_400_000;
const ago = (days: number): string => new Date(NOW.getTime() - days * DAY_MS).toISOString();
/** Does something as a worker of its own, outside of a transaction that is open here. */
const elsewhere = AsyncLocalStorage.snapshot();
const dayAgo = (days: number): string => ago(days).slice(0, 10);

describe('the preparation of a session', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  let leader: Principal;

  before(async () => {
    app = await startTestApp('preparation', {}, { clock: { now: () => NOW } });
    org = await app.people.organisation();
    leader = (await app.ctx.authenticator.token(org.leader.token)).principal;
    // 20 working days; ratings fall from 5 to 2, one call is endless and one customer furious.
    const calls = Array.from({ length: 20 }, (_, i) => i).flatMap((day): TestInteraction[] =>
      [0, 1].map((n) => ({
        agentId: org.agent.id, startedAt: `${dayAgo(20 - day)}T${10 + n}:00:00Z`, waitSeconds: 10, talkSeconds: day === 7 && n === 0 ? 2000 : 300,
        rating: 5 - Math.floor(day / 6) + (n === 0 ? 0 : -0.25), sentiment: day === 9 && n === 0 ? -0.9 : 0.2, resolved: true, firstContact: true,
      })),
    );
    await app.ctx.uow.write(BY, async (tx) => {
      await insertInteractions(tx, calls);
      await tx.run(sql`update agents set joined_on = ${dayAgo(200)}::date`);
    });
    await app.ctx.recomputation.aggregateRange(dayAgo(25), dayAgo(0), { quiet: true });
    await app.settled();
  });
  after(() => app.close());
  afterEach(async () => {
    await app.ctx.uow.write(BY, async (tx) => {
      for (const table of ['coaching_sessions', 'action_items', 'quick_notes']) await tx.run(sql`delete from ${sql.table(table)}`);
    });
    await app.settled();
  });

  const session = (fields: Partial<TestSession> = {}) =>
    app.ctx.uow.write(BY, (tx) => insertSession(tx, { attendees: [org.agent.id], leaderId: org.leader.id, at: new Date(NOW.getTime() + DAY_MS).toISOString(), status: 'preparing', focusMetrics: ['csat'], ...fields }));
  const note = (fields: Partial<Parameters<typeof app.ctx.notes.create>[1]> = {}) => app.ctx.notes.create(leader, { agentId: org.agent.id, noteType: 'COACHING', content: 'Slower at the end.', ...fields });
  const get = async (person: TestPerson, id: string, query = ''): Promise<Preparation> => (await app.request(person.token).get(`/api/coaching-sessions/${id}/preparation${query}`).expect(200)).body as Preparation;
  /** What the job does, once the events so far have their numbers. */
  const refresh = async () => {
    await app.settled();
    await app.ctx.preparations.refresh();
    await app.settled();
  };

  it('gathers figures, notes, actions, the last session, flagged interactions, trends, reasons, praise and a draft', async () => {
    const last = await session({ status: 'completed', at: ago(30), focusMetrics: ['csat'], commitments: [{ id: '018f0000-0000-7000-8000-000000000001', text: 'Shadow Colin for an hour', personId: org.agent.id, dueOn: dayAgo(10) }] });
    const urgent = await note({ noteType: 'URGENT', category: 'Tone', content: 'A complaint came in.' });
    const praise = await note({ noteType: 'POSITIVE', content: 'Great save.' });
    await app.ctx.actions.create(leader, { agentId: org.agent.id, title: 'Practise the opening', dueDate: dayAgo(0) });
    await app.query(sql`update action_items set due_date = ${dayAgo(3)}`);
    const id = await session();
    expect(await get(org.leader, id)).to.deep.include({ status: 'pending', computedAt: null, content: null });
    await refresh();
    const { status, computedAt, content, notes } = await get(org.leader, id);
    expect({ status, computedAt }).to.deep.equal({ status: 'ready', computedAt: NOW.toISOString() });
    expect(notes.map((one) => one.id)).to.have.members([urgent.id, praise.id]);
    const found = content!;
    const csat = found.metrics.find(({ metric }) => metric === 'csat')!;
    const summary = (await app.request(org.leader.token).get(`/api/agents/${org.agent.id}/summary`).expect(200)).body as components['schemas']['AgentSummary'];
    expect(csat).to.deep.equal(summary.period.figures.find(({ metric }) => metric === 'csat'));
    expect(found.metrics).to.have.length(7);
    expect(found.actions.map(({ title, overdue }) => [title, overdue])).to.deep.equal([['Practise the opening', true]]);
    expect(found.lastSession).to.deep.include({ id: last, facilitator: { id: org.leader.id, name: 'Lena Leader' } });
    expect(found.lastSession!.commitments.map(({ text }) => text)).to.deep.equal(['Shadow Colin for an hour']);
    expect(found.lastSession!.effect).to.deep.include({ metric: 'csat', name: 'CSAT', verdict: 'too_early', sentence: '0 days with a value before the session, 10 are needed; no further days will come.' });
    const codes = found.flagged.flatMap(({ reasons }) => reasons.map(({ code }) => code));
    expect(new Set(codes)).to.deep.equal(new Set(['poor_rating', 'negative_sentiment', 'long_handle', 'excellent_rating']));
    expect(found.trends.find(({ metric }) => metric === 'csat')).to.include({ going: 'worse', days: 20 });
    expect(found.queue!.reasons.reduce((sum, { points }) => sum + Math.round(points * 10), 0)).to.equal(Math.round(found.queue!.score * 10));
    expect(found.queue!.reasons.find(({ code }) => code === 'overdueActions')!.sentence).to.equal('1 action item is overdue.');
    expect(found.recognitions.map(({ code, evidence }) => [code, evidence.length])).to.deep.equal([['above_target', 1]]);
    expect(found.agenda.map((point) => point.id)).to.deep.equal([
      'went_well', `session:${last}`, `note:${urgent.id}`, 'metric:csat', 'overdue_actions',
      ...found.agenda.filter(({ code }) => code === 'look_at').map((point) => point.id),
    ]);
    expect(found.agenda.find(({ code }) => code === 'urgent_note')).to.deep.include({ title: 'Urgent: Tone', detail: 'A complaint came in.', refs: [{ kind: 'quickNote', id: urgent.id }] });
    for (const { id: point, refs, evidence, code } of found.agenda) expect(refs.length + evidence.length, `${code} ${point}`).to.be.above(0);
  });

  it('offers what the last session left for another time, as far as it is still open and the reader may see it', async () => {
    const [open, done] = [await note({ content: 'Interrupts.' }), await note({ content: 'Late twice.' })];
    const point = (n: number, fields: object = {}) => ({ id: `018f0000-0000-7000-8000-00000000000${n}`, title: `Point ${n}`, detail: null, source: 'leader', refId: null, addedBy: org.leader.id, covered: false, ...fields });
    const agenda = [point(1, { covered: true }), point(2, { detail: 'And why.' }), point(3, { source: 'note', refId: open.id, title: 'Interrupts.' }), point(4, { source: 'note', refId: done.id })];
    const last = await session({ status: 'completed', at: ago(30), agenda });
    await session({ status: 'cancelled', at: ago(3), agenda: [point(9)] });
    const id = await session();
    await app.ctx.notes.update(leader, done.id, { addressed: true });
    await refresh();
    const found = (await get(org.leader, id)).content!;
    expect(found.lastSession!.left).to.deep.equal([
      { id: point(2).id, title: 'Point 2', detail: 'And why.', source: 'leader', refId: null },
      { id: point(3).id, title: 'Interrupts.', detail: null, source: 'note', refId: open.id },
    ]);
    const offered = found.agenda.filter(({ code }) => code === 'left_open');
    expect(offered.map(({ id: of, title, detail, refs }) => [of, title, detail, refs.map((ref) => ref.id)])).to.deep.equal([[`point:${point(2).id}`, 'Point 2', 'And why.', [last]], [`point:${point(3).id}`, 'Interrupts.', null, [last, open.id]]]);
    expect(found.agenda.map(({ code }) => code), 'the note is not offered twice').to.not.include('notes');
    await app.ctx.notes.update(leader, open.id, { isPrivate: true });
    const hers = (await get(org.agent, id)).content!;
    expect(hers.lastSession!.left.map(({ title }) => title)).to.deep.equal(['Point 2']);
    expect(JSON.stringify(hers)).to.not.contain('Interrupts.');
  });

  it('looks back at what was given to the person to do as well as at what was promised', async () => {
    const last = await session({ status: 'completed', at: ago(30) });
    const made = await app.ctx.actions.create(leader, { agentId: org.agent.id, title: 'Say the date of the refund', dueDate: dayAgo(0) });
    await app.query(sql`update action_items set session_id = ${last} where id = ${made.id}`);
    await app.ctx.actions.create(leader, { agentId: org.agent.id, title: 'Of no session', dueDate: dayAgo(0) });
    const id = await session();
    await refresh();
    const { lastSession, agenda } = (await get(org.leader, id)).content!;
    expect(lastSession!.actions).to.deep.equal([{ id: made.id, title: 'Say the date of the refund', isDone: false }]);
    expect(agenda.find(({ code }) => code === 'last_session')).to.deep.include({ title: 'What was agreed last time', detail: 'Say the date of the refund' });
  });

  it('leads from every figure to its rows', async () => {
    await note();
    const id = await session();
    await refresh();
    const { content } = await get(org.leader, id);
    const links = [...content!.metrics, ...content!.recognitions, ...content!.agenda, ...content!.queue!.reasons].flatMap(({ evidence }) => evidence);
    expect(links.length).to.be.above(5);
    for (const { href, count } of links) {
      const { body } = await app.request(org.leader.token).get(href).expect(200);
      expect(body.meta?.total ?? body.length, href).to.equal(count);
    }
    for (const { id: interaction } of content!.flagged) await app.request(org.agent.token).get(`/api/interactions/${interaction}`).expect(200);
  });

  it('keeps private notes and the queue from the person it is about, also what becomes private later', async () => {
    const secret = await note({ noteType: 'URGENT', content: 'Not for Ada.', isPrivate: true });
    const open = await note({ noteType: 'URGENT', content: 'For Ada as well.' });
    const id = await session();
    await refresh();
    const mine = await get(org.leader, id);
    expect(mine.notes.map((one) => one.id)).to.include(secret.id);
    // Whatever is accepted from the draft, Ada reads: what is private is not in it.
    expect(mine.content!.agenda.map((point) => point.id)).to.include(`note:${open.id}`);
    expect(JSON.stringify(mine.content)).to.not.contain(secret.id).and.not.contain('Not for Ada');
    const hers = await get(org.agent, id);
    expect(JSON.stringify(hers)).to.contain(open.id).and.not.contain(secret.id).and.not.contain('Not for Ada');
    expect(hers.content!.queue).to.equal(null);
    expect(JSON.stringify(hers)).to.not.contain('/api/priority-queue');
    expect(hers.content!.metrics).to.deep.equal(mine.content!.metrics);
    await app.ctx.notes.update(leader, open.id, { isPrivate: true });
    const later = JSON.stringify(await get(org.agent, id));
    expect(later).to.not.contain(open.id).and.not.contain('For Ada as well');
  });

  it('shows a facilitator who leads somebody else neither notes nor rows, and nobody else anything', async () => {
    await note({ content: 'Between us.' });
    const id = await session({ leaderId: org.otherLeader.id });
    await refresh();
    const found = await get(org.otherLeader, id);
    expect(found.content!.metrics).to.have.length(7);
    expect(JSON.stringify(found)).to.not.contain('Between us').and.not.contain('/api/interactions');
    expect(found).to.deep.include({ notes: [] });
    expect(found.content).to.deep.include({ flagged: [], queue: null });
    await app.request(org.colleague.token).get(`/api/coaching-sessions/${id}/preparation`).expect(404);
    await app.request(org.viewer.token).get(`/api/coaching-sessions/${id}/preparation`).expect(403);
  });

  it('is out of date when something happens, compiled again once for all of it, and told to those concerned', async () => {
    const id = await session();
    await session({ attendees: [org.stranger.id], leaderId: org.otherLeader.id });
    await refresh();
    const heard: Record<string, unknown[]> = { agent: [], leader: [], stranger: [] };
    for (const [name, person] of [['agent', org.agent], ['leader', org.leader], ['stranger', org.stranger]] as const) {
      await app.socket(person.token, {}, (socket) => socket.on('preparation:updated', (payload: { agentId: number }) => heard[name]!.push(payload.agentId)));
    }
    for (const content of ['One.', 'Two.', 'Three.']) await note({ content });
    await app.settled();
    // What the job does first, and what somebody who looks in between sees.
    await app.query(sql`update session_preparations set stale_since = now() where session_id = ${id}`);
    expect((await get(org.leader, id)).status).to.equal('stale');
    await refresh();
    const { status, content } = await get(org.leader, id);
    expect(status).to.equal('ready');
    expect(content!.agenda.find(({ code }) => code === 'notes')!.refs).to.have.length(3);
    expect(heard).to.deep.equal({ agent: [org.agent.id], leader: [org.agent.id], stranger: [] });
    await refresh();
    expect(heard['leader']).to.have.length(1);
  });

  it('follows the focus metrics, the day, and ends with the session', async () => {
    const id = await session();
    await refresh();
    await app.query(sql`update coaching_sessions set focus_metrics = '["aht"]' where id = ${id}`);
    await refresh();
    expect((await get(org.leader, id)).content!.agenda.map((point) => point.id)).to.include('metric:aht').and.not.include('metric:csat');
    await app.query(sql`update session_preparations set content = jsonb_set(content, '{asOf}', '"2026-01-01"')`);
    await refresh();
    expect((await get(org.leader, id)).content!.asOf).to.equal(dayAgo(0));
    await app.query(sql`update coaching_sessions set status = 'completed', completed_at = now() where id = ${id}`);
    await note();
    await refresh();
    expect((await get(org.leader, id)).content!.agenda.map(({ code }) => code)).to.not.include('notes');
  });

  it('is compiled once by several workers at the same time, and passes over what another one has', async () => {
    const ids = [await session(), await session({ attendees: [org.agent.id, org.colleague.id] })];
    await app.settled();
    await Promise.all([app.ctx.preparations.refresh(), app.ctx.preparations.refresh(), app.ctx.preparations.refresh()]);
    const events = await app.query(sql<{ n: number }>`select count(*)::int as n from outbox where type = 'preparation:updated' and payload ->> 'sessionId' = any(${ids})`);
    expect(events[0]!.n).to.equal(3);
    const states = await app.query(sql<{ status: string }>`select preparation_status as status from coaching_sessions where id = any(${ids}::uuid[])`);
    expect(states.map(({ status }) => status)).to.deep.equal(['ready', 'ready']);
    await app.query(sql`update session_preparations set stale_since = now()`);
    await app.ctx.uow.write(BY, async (tx) => {
      await tx.run(sql`select 1 from session_preparations where session_id = ${ids[0]!} for update`);
      await elsewhere(() => app.ctx.preparations.refresh());
    });
    const waiting = await app.query(sql<{ id: string }>`select session_id as id from session_preparations where stale_since is not null`);
    expect(waiting.map(({ id }) => id)).to.deep.equal([ids[0]]);
    await app.ctx.preparations.refresh();
    expect((await get(org.leader, ids[0]!)).status).to.equal('ready');
  });

  it('begins with the step that prepares, and tells when it is ready without another version of the session', async () => {
    const { body: planned } = await app.request(org.leader.token).post('/api/coaching-sessions')
      .send({ agentId: org.agent.id, scheduledAt: new Date(NOW.getTime() + 2 * DAY_MS).toISOString(), focusMetrics: ['csat', 'aht'] }).expect(201);
    await refresh();
    expect(await get(org.leader, planned.id)).to.include({ status: 'pending', content: null });
    const { body: preparing } = await app.request(org.leader.token).post(`/api/coaching-sessions/${planned.id}/prepare`).expect(200);
    expect(preparing).to.include({ status: 'preparing', preparationStatus: 'pending' });
    const heard: unknown[] = [];
    // What the steps before have told is not to be heard late by whoever connects now.
    await app.settled();
    await app.socket(org.agent.token, {}, (socket) => socket.on('session:updated', ({ preparationStatus, version }) => heard.push([preparationStatus, version])));
    await refresh();
    expect((await get(org.agent, planned.id)).content!.agenda.map((point) => point.id)).to.include.members(['metric:csat', 'metric:aht']);
    const { body: ready } = await app.request(org.leader.token).get(`/api/coaching-sessions/${planned.id}`).expect(200);
    expect(ready).to.include({ preparationStatus: 'ready', version: preparing.version });
    await refresh();
    await app.settled();
    expect(heard).to.deep.equal([['ready', preparing.version]]);
  });

  it('is compiled by the worker after an event, and the rest also where one fails', async () => {
    const broken = await session({ attendees: [org.stranger.id], leaderId: org.otherLeader.id });
    await app.query(sql`update coaching_sessions set focus_metrics = '{}' where id = ${broken}`);
    const id = await session();
    const workers = runWorkers(app.ctx, buildRegistry(processors, jobs));
    try {
      await note();
      await until(async () => (await get(org.leader, id)).status === 'ready', 15_000);
      await app.settled();
    } finally {
      await workers.close();
    }
    expect((await get(org.otherLeader, broken)).status).to.equal('pending');
  });
});
