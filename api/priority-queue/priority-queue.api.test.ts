import { expect } from 'chai';

import { jobs } from '../jobs.ts';
import { processors } from '../../workers/processors.ts';
import { buildRegistry } from '../../workers/registry.ts';
import { runWorkers } from '../../workers/run.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { until } from '../../test/harness/until.ts';
import { insertInteractions, type TestInteraction } from '../../test/harness/interactions.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import { sql } from '../db/db.ts';
import { eventJobs } from '../events.ts';
import type { components } from '../http/contract.types.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';

type Queue = components['schemas']['PriorityQueue'];
type Reason = components['schemas']['QueueReason'];

const BY = systemPrincipal('test');
/** Stands still, so that no test runs over midnight; a real "now", so that tokens are valid. */
const NOW = new Date();
const DAY_MS = 86_400_000;
const ago = (days: number): string => new Date(NOW.getTime() - days * DAY_MS).toISOString();
const dayAgo = (days: number): string => ago(days).slice(0, 10);
const inWords = (day: string): string => new Date(day).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

describe('the priority queue over HTTP', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;

  before(async () => {
    app = await startTestApp('priority_queue', {}, { clock: { now: () => NOW } });
    org = await app.people.organisation();
    await app.ctx.uow.write(BY, (tx) => tx.run(sql`update agents set joined_on = ${dayAgo(300)}::date`));
    await interact(work(org.agent.id, 30, 2), work(org.colleague.id, 30, 5), work(org.stranger.id, 30, 3));
  });
  after(() => app.close());
  afterEach(async () => {
    await app.ctx.uow.write(BY, async (tx) => {
      for (const table of ['queue_snoozes', 'coaching_sessions', 'action_items', 'absences', 'quick_notes']) await tx.run(sql`delete from ${sql.table(table)}`);
      await tx.run(sql`update agents set joined_on = ${dayAgo(300)}::date`);
    });
    // Rows written past the services are news to nobody: what was remembered goes with the next event that is.
    app.ctx.priorityQueue.hear({ type: 'team:updated', payload: {}, audience: {} }, () => null);
  });

  /** A rated call a day at most every hour, backwards from yesterday. */
  const work = (agentId: number, count: number, rating: number): TestInteraction[] =>
    Array.from({ length: count }, (_, i) => ({ agentId, startedAt: `${dayAgo(1 + (i % 10))}T${String(8 + Math.floor(i / 10)).padStart(2, '0')}:00:00Z`, rating, waitSeconds: 10, talkSeconds: 200, resolved: true }));

  async function interact(...lots: TestInteraction[][]): Promise<void> {
    const rows = lots.flat();
    await app.ctx.uow.write(BY, async (tx) => {
      await insertInteractions(tx, rows);
      await app.ctx.recomputation.markStale(tx, rows.map((row) => ({ agentId: row.agentId!, date: row.startedAt.slice(0, 10) })));
    });
    await app.ctx.recomputation.recomputeStaleDays();
    await app.settled();
  }
  const queue = async (token: string, query = ''): Promise<Queue> => (await app.request(token).get(`/api/priority-queue${query}`).expect(200)).body as Queue;
  const reason = (found: Queue, agentId: number, code: string): Reason => found.data.find((item) => item.agent.id === agentId)!.reasons.find((one) => one.code === code)!;
  const write = (statement: ReturnType<typeof sql>) => app.ctx.uow.write(BY, (tx) => tx.run(statement));

  const session = (fields: { agentId: number; status: string; scheduledAt: string; createdAt?: string; startedAt?: string; completedAt?: string }) =>
    write(sql`with s as (insert into coaching_sessions (id, agent_id, team_leader_id, status, scheduled_at, started_at, completed_at, created_at, updated_at)
      values (${newId()}, ${fields.agentId}, ${org.leader.id}, ${fields.status}, ${fields.scheduledAt}, ${fields.startedAt ?? null}, ${fields.completedAt ?? null},
        ${fields.createdAt ?? ago(60)}, ${fields.completedAt ?? fields.createdAt ?? ago(60)}) returning id, agent_id)
      insert into session_attendees (session_id, agent_id) select id, agent_id from s`);
  const note = (fields: { agentId: number; type: string; priority?: string; createdAt: string; addressedAt?: string; isPrivate?: boolean; deletedAt?: string }) =>
    write(sql`insert into quick_notes (id, agent_id, author_id, note_type, priority, content, is_private, addressed_at, deleted_at, created_at)
      values (${newId()}, ${fields.agentId}, ${org.leader.id}, ${fields.type}, ${fields.priority ?? 'MEDIUM'}, 'Text of a note', ${fields.isPrivate ?? false},
        ${fields.addressedAt ?? null}, ${fields.deletedAt ?? null}, ${fields.createdAt})`);
  const action = (fields: { agentId: number; dueDate: string; status?: string; createdAt?: string; completedAt?: string }) =>
    write(sql`insert into action_items (id, agent_id, assigned_to, title, due_date, status, created_by, completed_at, created_at)
      values (${newId()}, ${fields.agentId}, ${fields.agentId}, 'Practise the opening', ${fields.dueDate}, ${fields.status ?? 'open'}, ${org.leader.id},
        ${fields.completedAt ?? null}, ${fields.createdAt ?? ago(50)})`);

  it('ranks the people of the caller’s teams, with reasons that add up to the score', async () => {
    const found = await queue(org.leader.token);
    expect(found.data.map((item) => [item.rank, item.agent.id])).to.deep.equal([[1, org.agent.id], [2, org.colleague.id]]);
    for (const item of found.data) {
      expect(item.reasons.reduce((sum, one) => sum + Math.round(one.points * 10), 0)).to.equal(Math.round(item.score * 10));
    }
    expect(reason(found, org.agent.id, 'gap.csat')).to.include({ points: 20, value: 2, n: 30, sentence: 'CSAT 2.0 over 30 ratings, target 4.4: 54.5 % below.' });
    expect(reason(found, org.agent.id, 'gap.fcr')).to.include({ points: 0, hasData: false });
    expect(reason(found, org.agent.id, 'cadence')).to.include({ points: 10, value: 300 });
    expect(found.meta).to.include({ total: 2, page: 1, totalPages: 1, asOf: NOW.toISOString(), from: dayAgo(27), to: dayAgo(0) });
    expect(found.meta.teams).to.deep.equal([{ id: org.team.id, name: 'Blue', settingsVersion: 0, people: 2 }]);
  });

  it('shows managers every team, leaders theirs, and nobody else anything', async () => {
    for (const who of [org.admin, org.manager]) {
      expect((await queue(who.token)).data.map((item) => item.agent.id)).to.have.members([org.agent.id, org.colleague.id, org.stranger.id]);
    }
    expect((await queue(org.manager.token, `?teamId=${org.otherTeam.id}`)).data.map((item) => item.agent.id)).to.deep.equal([org.stranger.id]);
    await app.request(org.leader.token).get(`/api/priority-queue?teamId=${org.otherTeam.id}`).expect(404);
    await app.request(org.manager.token).get(`/api/priority-queue?teamId=${newId()}`).expect(404);
    for (const who of [org.agent, org.viewer]) await app.request(who.token).get('/api/priority-queue').expect(403);
  });

  it('pages the people and keeps their ranks', async () => {
    const all = await queue(org.manager.token);
    const second = await queue(org.manager.token, '?page=2&limit=2');
    expect(second.data).to.deep.equal(all.data.slice(2));
    expect(second.meta).to.include({ total: 3, page: 2, limit: 2, totalPages: 2 });
  });

  it('counts notes, actions and sessions, and leads to exactly the rows behind every number', async () => {
    const agentId = org.agent.id;
    await note({ agentId, type: 'URGENT', priority: 'HIGH', createdAt: ago(28) });
    await note({ agentId, type: 'COACHING', createdAt: ago(1) });
    await note({ agentId, type: 'COACHING', createdAt: ago(1), isPrivate: true });
    await note({ agentId, type: 'COACHING', createdAt: ago(2), addressedAt: ago(1) });
    await note({ agentId, type: 'COACHING', createdAt: ago(2), deletedAt: ago(1) });
    await note({ agentId: org.colleague.id, type: 'POSITIVE', createdAt: ago(3) });
    await note({ agentId: org.colleague.id, type: 'POSITIVE', createdAt: ago(33) });
    await action({ agentId, dueDate: dayAgo(3) });
    await action({ agentId, dueDate: dayAgo(0) });
    await action({ agentId, dueDate: dayAgo(3), status: 'done', completedAt: ago(4) });
    await session({ agentId, status: 'completed', scheduledAt: ago(40), completedAt: ago(40) });
    const found = await queue(org.leader.token);
    expect(reason(found, agentId, 'notes')).to.include({ value: 2, sentence: '2 notes are waiting to be addressed, 1 urgent; the oldest for 28 days.' });
    expect(reason(found, agentId, 'overdueActions').value).to.equal(1);
    expect(reason(found, agentId, 'cadence')).to.include({ value: 40 });
    expect(found.data.find((item) => item.agent.id === agentId)!.lastSessionAt).to.equal(ago(40));
    expect(found.recognitions.map((one) => [one.agent.id, one.code])).to.deep.include([org.colleague.id, 'above_target']);
    const evidence = [...found.data.flatMap((item) => item.reasons), ...found.recognitions, ...found.processFindings].flatMap((one) => one.evidence);
    for (const { href, count } of evidence) {
      const { body } = await app.request(org.leader.token).get(href).expect(200);
      expect(body.meta.total, href).to.equal(count);
      expect(body.data.length, href).to.equal(Math.min(count, 50));
    }
    expect(new Set(evidence.map((one) => one.kind))).to.deep.equal(new Set(['interactions', 'quickNotes', 'actionItems', 'coachingSessions']));
    await app.request(org.otherLeader.token).get(evidence.find((one) => one.kind === 'quickNotes')!.href).expect(404);
  });

  it('is read as of then: figures, notes, actions, sessions, absences, snoozes and settings', async () => {
    const agentId = org.agent.id;
    await interact(work(agentId, 20, 5).map((row) => ({ ...row, startedAt: new Date(Date.parse(row.startedAt) - 100 * DAY_MS).toISOString() })));
    await note({ agentId, type: 'COACHING', createdAt: ago(110), addressedAt: ago(90) });
    await action({ agentId, dueDate: dayAgo(105), createdAt: ago(120), status: 'done', completedAt: ago(80) });
    await session({ agentId, status: 'completed', scheduledAt: ago(130), completedAt: ago(130), createdAt: ago(140) });
    await session({ agentId, status: 'completed', scheduledAt: ago(20), completedAt: ago(20), createdAt: ago(99) });
    const then = await queue(org.leader.token, `?asOf=${dayAgo(100)}`);
    expect(then.meta).to.include({ asOf: `${dayAgo(100)}T23:59:59.999Z`, to: dayAgo(100), from: dayAgo(127) });
    expect(reason(then, agentId, 'gap.csat')).to.include({ value: 5, n: 20 });
    expect(reason(then, agentId, 'notes').value).to.equal(1);
    expect(reason(then, agentId, 'overdueActions').value).to.equal(1);
    expect(reason(then, agentId, 'cadence').value).to.equal(30);
    for (const { href, count } of then.data.flatMap((item) => item.reasons).flatMap((one) => one.evidence)) {
      const { body } = await app.request(org.leader.token).get(href).expect(200);
      expect(body.meta.total, href).to.equal(count);
    }
    const now = await queue(org.leader.token);
    expect([reason(now, agentId, 'notes').value, reason(now, agentId, 'overdueActions').value, reason(now, agentId, 'cadence').value]).to.deep.equal([0, 0, 20]);
    // On the day before yesterday-and-hundred the second session was booked but not yet held.
    const booked = await queue(org.leader.token, `?asOf=${encodeURIComponent(ago(98))}`);
    expect(booked.notEligible.map((one) => [one.agent.id, one.reason.code])).to.deep.equal([[agentId, 'session_booked']]);
  });

  it('does not list people before they joined, unless their figures show that they were there', async () => {
    await write(sql`update agents set joined_on = ${dayAgo(10)} where id in (${org.agent.id}, ${org.colleague.id})`);
    app.ctx.priorityQueue.hear({ type: 'team:updated', payload: {}, audience: {} }, () => null);
    expect((await queue(org.leader.token, `?asOf=${dayAgo(50)}`)).data).to.deep.equal([]);
    await interact(work(org.agent.id, 20, 5).map((row) => ({ ...row, startedAt: new Date(Date.parse(row.startedAt) - 50 * DAY_MS).toISOString() })));
    expect((await queue(org.leader.token, `?asOf=${dayAgo(50)}`)).data.map((item) => item.agent.id)).to.deep.equal([org.agent.id]);
    expect((await queue(org.leader.token, `?asOf=${dayAgo(10)}`)).data).to.have.length(2);
  });

  it('refuses a moment that is none, or not yet', async () => {
    for (const asOf of ['2026-02-30', 'yesterday', new Date(NOW.getTime() + 60_000).toISOString(), new Date(NOW.getTime() + 2 * DAY_MS).toISOString().slice(0, 10)]) {
      const { body } = await app.request(org.leader.token).get(`/api/priority-queue?asOf=${encodeURIComponent(asOf)}`).expect(400);
      expect(body.details[0].path, asOf).to.equal('/query/asOf');
    }
    expect((await queue(org.leader.token, `?asOf=${dayAgo(0)}`)).meta.asOf).to.equal(NOW.toISOString());
  });

  it('lists who is on leave, booked or being coached, with the reason', async () => {
    const absence = { kind: 'leave', startsOn: dayAgo(2), endsOn: dayAgo(0) };
    await app.request(org.leader.token).post(`/api/agents/${org.agent.id}/absences`).send(absence).expect(201);
    await session({ agentId: org.colleague.id, status: 'scheduled', scheduledAt: new Date(NOW.getTime() + DAY_MS).toISOString() });
    await app.settled();
    const found = await queue(org.leader.token);
    expect(found.data).to.deep.equal([]);
    expect(found.notEligible.map((one) => [one.agent.id, one.reason.code])).to.deep.equal([[org.agent.id, 'absent'], [org.colleague.id, 'session_booked']]);
    expect(found.notEligible[0]!.reason).to.include({ sentence: `On leave until ${inWords(dayAgo(0))}.`, until: dayAgo(0) });
    expect(found.notEligible[1]!.nextSessionAt).to.equal(new Date(NOW.getTime() + DAY_MS).toISOString());
    // A session nobody held and nobody cancelled does not keep anybody out for ever; one that began does, for a day.
    await write(sql`update coaching_sessions set scheduled_at = ${ago(3)}`);
    await write(sql`delete from absences`);
    app.ctx.priorityQueue.hear({ type: 'team:updated', payload: {}, audience: {} }, () => null);
    expect((await queue(org.leader.token)).notEligible).to.deep.equal([]);
    await write(sql`update coaching_sessions set status = 'live', started_at = ${ago(0.02)}`);
    app.ctx.priorityQueue.hear({ type: 'team:updated', payload: {}, audience: {} }, () => null);
    expect((await queue(org.leader.token)).notEligible.map((one) => one.reason.code)).to.deep.equal(['session_running']);
  });

  it('snoozes and wakes, tells the leaders of the team and nobody else, and shows it at once', async () => {
    const heard: [string, unknown][] = [];
    for (const [name, who] of Object.entries({ leader: org.leader, manager: org.manager, otherLeader: org.otherLeader, agent: org.agent })) {
      const socket = await app.socket(who.token);
      socket.on('priorityQueue:updated', (payload) => heard.push([name, payload]));
    }
    const path = `/api/priority-queue/${org.agent.id}/snooze`;
    const until = new Date(NOW.getTime() + 3 * DAY_MS).toISOString();
    const { body } = await app.request(org.leader.token).post(path).send({ until, reason: ' Back from leave ' }).expect(201);
    expect(body).to.deep.include({ agentId: org.agent.id, until, reason: 'Back from leave', createdBy: { id: org.leader.id, name: 'Lena Leader' } });
    const asleep = await queue(org.leader.token);
    expect(asleep.notEligible.map((one) => [one.agent.id, one.reason.code, one.reason.until])).to.deep.equal([[org.agent.id, 'snoozed', until]]);
    expect(asleep.notEligible[0]!.reason.sentence).to.equal(`Snoozed until ${inWords(until.slice(0, 10))}: Back from leave`);
    await app.request(org.leader.token).post(path).send({ until: new Date(NOW.getTime() + DAY_MS).toISOString().slice(0, 10), reason: 'Shorter' }).expect(201);
    expect((await queue(org.leader.token)).notEligible[0]!.reason.params['reason']).to.equal('Shorter');
    await app.request(org.leader.token).delete(path).expect(204);
    expect((await queue(org.leader.token)).notEligible).to.deep.equal([]);
    await app.request(org.leader.token).delete(path).expect(404);
    await app.settled();
    expect(new Set(heard.map(([name]) => name))).to.deep.equal(new Set(['leader', 'manager']));
    expect(heard.filter(([name]) => name === 'leader').map(([, payload]) => payload)).to.deep.equal(
      Array.from({ length: 3 }, () => ({ teamId: org.team.id, timestamp: NOW.toISOString() })),
    );
  });

  it('refuses to snooze into the past or too far, out of scope, or whoever is in no queue; and stores nothing', async () => {
    const snooze = (token: string, agentId: number, body: Record<string, unknown>) => app.request(token).post(`/api/priority-queue/${agentId}/snooze`).send(body);
    const tomorrow = new Date(NOW.getTime() + DAY_MS).toISOString();
    for (const until of [ago(0.001), dayAgo(1), new Date(NOW.getTime() + 181 * DAY_MS).toISOString(), '2099-02-30']) {
      const { body } = await snooze(org.leader.token, org.agent.id, { until, reason: 'Later' }).expect(422);
      expect(body).to.nested.include({ code: 'invalid_until', 'details[0].path': '/body/until' });
    }
    for (const body of [{ until: tomorrow }, { until: tomorrow, reason: '  ' }, { until: tomorrow, reason: 'x'.repeat(501) }, { until: 'soon', reason: 'x' }, { until: tomorrow, reason: 'x', forever: true }]) {
      await snooze(org.leader.token, org.agent.id, body).expect(400);
    }
    await snooze(org.otherLeader.token, org.agent.id, { until: tomorrow, reason: 'Not mine' }).expect(404);
    await snooze(org.agent.token, org.agent.id, { until: tomorrow, reason: 'Me' }).expect(403);
    const { body } = await snooze(org.manager.token, org.viewer.id, { until: tomorrow, reason: 'Watches only' }).expect(422);
    expect(body.code).to.equal('not_in_queue');
    expect(await app.query(sql`select * from queue_snoozes`)).to.deep.equal([]);
  });

  it('scores with the settings of the team, and with those of then for a day of then', async () => {
    const settings = { ...DEFAULT_TEAM_SETTINGS, weights: { ...DEFAULT_TEAM_SETTINGS.weights, 'gap.csat': 0, cadence: 30 } };
    await app.request(org.leader.token).put(`/api/teams/${org.team.id}/settings`).send(settings).expect(200);
    await app.settled();
    const found = await queue(org.leader.token);
    expect(found.meta.teams[0]!.settingsVersion).to.equal(1);
    expect(reason(found, org.agent.id, 'cadence')).to.include({ weight: 30, points: 30 });
    expect(reason(found, org.agent.id, 'gap.csat')).to.equal(undefined);
    await app.request(org.leader.token).put(`/api/teams/${org.team.id}/settings`).send(DEFAULT_TEAM_SETTINGS).expect(200);
    await write(sql`update team_settings_history set changed_at = ${ago(10)} where version = 1`);
    await app.settled();
    expect(reason(await queue(org.leader.token, `?asOf=${dayAgo(5)}`), org.agent.id, 'cadence').weight).to.equal(30);
    expect(reason(await queue(org.leader.token), org.agent.id, 'cadence').weight).to.equal(10);
  });

  it('reports a gap that most of a team shares once, with all the rows behind it', async () => {
    const team = await app.people.team('Red');
    const people = await Promise.all(Array.from({ length: 5 }, () => app.people.create('cs', { teamId: team.id })));
    await interact(...people.map(({ id }, i) => work(id, 20 + i, i === 0 ? 5 : 3)), work(people[0]!.id, 5, 5));
    const found = await queue(org.manager.token, `?teamId=${team.id}`);
    expect(found.processFindings).to.have.length(1);
    const finding = found.processFindings[0]!;
    expect(finding).to.include({ metric: 'csat', teamId: team.id, teamName: 'Red', value: 3, target: 4.4, missing: 4, measured: 5 });
    expect(finding.sentence).to.equal('4 of 5 people miss the CSAT target of 4.4; the team’s median is 3.0. Look at the process before the people.');
    expect(finding.evidence).to.have.length(1);
    const { body } = await app.request(org.manager.token).get(finding.evidence[0]!.href).expect(200);
    expect([finding.evidence[0]!.count, body.meta.total]).to.deep.equal([115, 115]);
    expect(found.data.map((item) => item.reasons.find((one) => one.code === 'gap.csat')!.points)).to.deep.equal([0, 0, 0, 0, 0]);
  });

  it('sees a note as soon as its event is out, and the leader hears that the queue changed', async () => {
    const workers = runWorkers(app.ctx, buildRegistry(processors, jobs));
    try {
      const socket = await app.socket(org.leader.token);
      const told = new Promise<{ teamId: string }>((resolve) => socket.once('priorityQueue:updated', resolve));
      expect(reason(await queue(org.leader.token), org.agent.id, 'notes').value).to.equal(0);
      await app.request(org.leader.token).post('/api/quick-notes').send({ agentId: org.agent.id, noteType: 'URGENT', content: 'Shouted.' }).expect(201);
      await app.settled();
      expect(reason(await queue(org.leader.token), org.agent.id, 'notes').value).to.equal(1);
      expect((await told).teamId).to.equal(org.team.id);
    } finally {
      await workers.close();
    }
  });

  describe('announces', () => {
    const told = async () => (await app.query(sql<{ n: number }>`select count(*)::int as n from outbox where type = 'priorityQueue:updated'`))[0]!.n;
    const shout = () => app.request(org.leader.token).post('/api/quick-notes').send({ agentId: org.agent.id, noteType: 'URGENT', content: 'Shouted.' }).expect(201);
    beforeEach(async () => {
      await app.settled();
      await app.ctx.announcements.announceNews();
      await app.settled();
    });

    it('once what happened since the last time, and nothing when nothing did', async () => {
      const before = await told();
      for (let i = 0; i < 5; i++) await shout();
      await app.settled();
      await Promise.all([1, 2, 3].map(() => app.ctx.announcements.announceNews()));
      expect(await told()).to.equal(before + 1);
      await app.settled();
      await app.ctx.announcements.announceNews();
      expect(await told()).to.equal(before + 1);
    });

    it('not twice what is still waiting to be told', async () => {
      await shout();
      await app.settled();
      const before = await told();
      // As if the relay were slow: an event that has no number yet.
      await app.ctx.uow.write(BY, async (tx) => {
        await tx.run(sql`insert into outbox (id, type, aggregate_type, aggregate_id, payload, audience) values
          (${newId()}, 'priorityQueue:updated', 'priority_queue', ${org.team.id}, ${JSON.stringify({ teamId: org.team.id, timestamp: NOW.toISOString() })}::jsonb, '{}')`);
        await app.ctx.announcements.announceNews();
      });
      expect(await told()).to.equal(before + 1);
    });

    it('a burst of notes with a job or two, and what comes while one runs with one more', async () => {
      const runs = async () => (await app.ctx.jobRuns.list()).find((job) => job.name === 'announce-queue')?.runs ?? 0;
      const before = await told();
      await Promise.all(Array.from({ length: 30 }, shout));
      await app.settled();
      await until(async () => (await app.query(sql`select 1 from outbox where published_at is null`)).length === 0);
      const [waiting] = (await app.ctx.queues.counts()).filter(({ queue }) => queue === 'performance');
      const workers = runWorkers(app.ctx, buildRegistry(processors, jobs));
      try {
        await until(async () => (await runs()) > 0 && (await told()) > before);
        await shout();
        await app.settled();
        const { seq } = (await app.query(sql<{ seq: number }>`select max(seq)::int as seq from outbox where type = 'quickNote:created'`))[0]!;
        await until(async () => (await app.query(sql`select 1 from installation where name = 'priority-queue.announced-to' and (value ->> 'seq')::int >= ${seq}`)).length > 0);
        // Whatever else follows from notes waits in the same queue, each kind of job once or twice as well, and the clock's own jobs may wait there too.
        const kinds = new Set(eventJobs.filter(({ event, job }) => event === 'quickNote:created' && job.queue === 'performance').map(({ job }) => job.name));
        expect(waiting?.counts['waiting'], 'jobs that waited for the worker').to.be.at.most(2 * kinds.size + 2);
        expect(await runs()).to.be.within(1, 4);
        expect((await told()) - before).to.be.within(2, 3);
      } finally {
        await workers.close();
      }
    });
  });
});
