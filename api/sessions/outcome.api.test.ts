import { expect } from 'chai';
import { TEST_PASSWORD, type TestPerson } from '../../test/harness/people.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { call } from '../../test/harness/calls.ts';
import { sql } from '../db/db.ts';
import { answerOf, Meetings, sessionOf, type Session } from '../../test/harness/meetings.ts';

/** A Wednesday; five working days later is the Wednesday after. */
const START = new Date('2031-03-05T09:00:00Z');
const DAY = 86_400_000;

describe('what comes of a coaching session', function () {
  this.timeout(20_000);
  const clock = { time: START.getTime(), now: () => new Date(clock.time) };
  let meetings: Meetings;
  let org: Meetings['org'];

  before(async () => {
    meetings = await Meetings.start('outcome', {}, { clock });
    org = meetings.org;
  });
  after(() => meetings.app.close());
  beforeEach(() => void (clock.time = START.getTime()));

  const problem = (answer: { body: unknown }) => answer.body as { code: string; state?: string };
  const note = async (agentId: number) => (await meetings.app.ctx.notes.create((await meetings.app.ctx.authenticator.token(org.leader.token)).principal, { agentId, noteType: 'COACHING', content: 'Late again.' })).id;
  const told = (userId: number) => meetings.app.query(sql<{ type: string; title: string }>`select type, title from notifications where recipient_id = ${userId} order by created_at, id`);
  /** Somebody signed in again: their token has ended while the clock went on. */
  const later = async (person: TestPerson): Promise<TestPerson> => ({ ...person, token: (await meetings.app.ctx.auth.login(systemPrincipal('test'), person.username, TEST_PASSWORD)).accessToken });
  const acknowledgement = (session: Session, id = org.agent.id) => answerOf(session, id)!;

  it('is stored together: notes, action items, the follow-up, and what is asked of the attendee', async () => {
    const session = await meetings.live({ focusMetrics: ['fcr'], durationMinutes: 40 });
    const addressed = await note(org.agent.id);
    const at = meetings.freeTime();
    const completed = await meetings.done('completeCoachingSession', session.id, org.leader, {
      summary: 'We looked at three refunds.',
      commitments: [{ text: 'Name the date in every refund', personId: org.agent.id, dueOn: '2031-04-01' }],
      addressedNoteIds: [addressed],
      actionItems: [{ title: 'Listen to two calls', dueDate: '2031-04-01' }],
      followUp: { scheduledAt: at },
    });
    expect(completed).to.include({ status: 'completed', summary: 'We looked at three refunds.' });
    expect(completed.commitments).to.deep.equal([{ id: completed.commitments[0]!.id, text: 'Name the date in every refund', personId: org.agent.id, dueOn: '2031-04-01' }]);
    expect(acknowledgement(completed)).to.deep.equal({ status: 'pending', dueAt: '2031-03-13T00:00:00.000Z', at: null, comment: null, dispute: null });

    const followUp = sessionOf(await meetings.ask('getCoachingSession', completed.followUpSessionId!, org.agent));
    expect(followUp).to.deep.include({ scheduledAt: at, durationMinutes: 40, agentId: org.agent.id, previousSessionId: session.id, focusMetrics: ['fcr'], status: 'scheduled' });
    const seen = await call(meetings.app, 'getQuickNote', { as: org.agent, params: { id: addressed } });
    expect(seen.body).to.deep.include({ addressedInSession: session.id, addressedBy: { id: org.leader.id, name: 'Lena Leader' } });
    const items = await call(meetings.app, 'listActionItems', { as: org.agent, query: {} });
    expect((items.body as { data: { title: string; sessionId: string }[] }).data).to.deep.include.members([{ ...(items.body as { data: object[] }).data[0], title: 'Listen to two calls', sessionId: session.id }]);
    const summary = await call(meetings.app, 'getAgentSummary', { as: org.agent, params: { id: org.agent.id } });
    expect(summary.body).to.have.nested.property('nextSession.id');
  });

  it('is put down by whoever holds it, also with people others lead: on the spot and at the end', async () => {
    const session = await meetings.live({ agentId: org.stranger.id, facilitatorId: org.leader.id }, org.manager);
    const { id } = session;
    const spot = await call(meetings.app, 'createActionItem', { as: org.leader, body: { agentId: org.stranger.id, title: 'Practise the closing', dueDate: '2031-04-01', sessionId: id } });
    expect(spot.status, spot.text).to.equal(201);
    await meetings.done('completeCoachingSession', id, org.leader, { actionItems: [{ title: 'Listen to two calls', dueDate: '2031-04-01' }, { title: 'Find two calls', dueDate: '2031-04-01', assignedTo: org.leader.id }] });
    const summary = async (as: TestPerson) => ((await meetings.ask('getSessionSummary', id, as)).body as { actionItems?: { title: string }[] }).actionItems?.map(({ title }) => title);
    for (const reader of [org.leader, org.stranger, org.otherLeader, org.manager]) expect(await summary(reader), reader.username).to.deep.equal(['Practise the closing', 'Listen to two calls', 'Find two calls']);
    const late = await call(meetings.app, 'createActionItem', { as: org.leader, body: { agentId: org.stranger.id, title: 'Forgotten', dueDate: '2031-04-01', sessionId: id } });
    expect([late.status, problem(late).code]).to.deep.equal([409, 'wrong_state']);
  });

  it('has promises of those alone who were there, whoever puts them down and when', async () => {
    const named = (answer: { status: number; body: unknown }) => [answer.status, (answer.body as { code?: string }).code, (answer.body as { details?: { path: string }[] }).details?.[0]?.path];
    const promised = (...people: (number | null)[]) => people.map((personId) => ({ text: 'Name the date', personId }));
    const session = await meetings.live();
    const { id } = session;
    const written = await meetings.ask('updateCoachingSessionDocument', id, org.leader, { body: { updates: { commitments: promised(org.agent.id, org.colleague.id) } } });
    expect(named(written)).to.deep.equal([422, 'unknown_participant', '/body/updates/commitments/1/personId']);
    const ended = await meetings.ask('completeCoachingSession', id, org.leader, { body: { commitments: promised(null, org.leader.id, 2_000_000_000) } });
    expect(named(ended)).to.deep.equal([422, 'unknown_participant', '/body/commitments/2/personId']);
    expect((await meetings.done('completeCoachingSession', id, org.leader, { commitments: promised(null, org.agent.id, org.leader.id) })).commitments).to.have.length(3);
    await meetings.done('disputeCoachingSession', id, org.agent, { comment: 'I promised nothing.' });
    const amended = await meetings.ask('resolveSessionDispute', id, org.manager, { body: { outcome: 'amended', resolution: 'It was Colin.', commitments: promised(org.colleague.id) } });
    expect(named(amended)).to.deep.equal([422, 'unknown_participant', '/body/commitments/0/personId']);
  });

  it('keeps the promise of somebody who has left the session since', async () => {
    const session = await meetings.live({ attendeeIds: [org.agent.id, org.colleague.id] });
    const commitments = [{ id: '01920000-0000-7000-8000-000000000001', text: 'Name the date', personId: org.colleague.id }];
    await meetings.ask('updateCoachingSessionDocument', session.id, org.leader, { body: { updates: { commitments } } });
    await meetings.done('updateCoachingSession', session.id, org.leader, { agentId: org.agent.id });
    expect((await meetings.done('completeCoachingSession', session.id, org.leader, { commitments })).commitments).to.deep.equal([{ ...commitments[0], dueOn: null }]);
  });

  it('is nothing at all where one part of it is refused', async () => {
    const session = await meetings.live();
    const busy = await meetings.scheduled();
    const mine = await note(org.agent.id);
    const rest = { addressedNoteIds: [mine], actionItems: [{ title: 'Listen', dueDate: '2031-04-01' }] };
    const before = await meetings.app.query(sql`select (select count(*) from action_items)::int as items, (select count(*) from coaching_sessions)::int as sessions, (select count(*) from mails)::int as mails`);
    for (const [body, status, code] of [
      [{ ...rest, followUp: { scheduledAt: busy.scheduledAt } }, 409, 'session_clash'],
      [{ ...rest, followUp: { scheduledAt: '2020-01-01T00:00:00Z' } }, 422, 'in_the_past'],
      [{ ...rest, addressedNoteIds: [mine, await note(org.colleague.id)] }, 422, 'unknown_note'],
      [{ ...rest, actionItems: [{ title: 'Listen', dueDate: '2020-04-01' }] }, 422, 'due_day_passed'],
      [{ ...rest, actionItems: [{ title: 'Listen', dueDate: '2031-04-01', agentId: org.colleague.id }] }, 422, 'unknown_attendee'],
    ] as const) {
      const refused = await meetings.ask('completeCoachingSession', session.id, org.leader, { body });
      expect([refused.status, problem(refused).code]).to.deep.equal([status, code]);
    }
    expect(await meetings.app.query(sql`select (select count(*) from action_items)::int as items, (select count(*) from coaching_sessions)::int as sessions, (select count(*) from mails)::int as mails`)).to.deep.equal(before);
    expect(sessionOf(await meetings.ask('getCoachingSession', session.id, org.leader)).status).to.equal('live');
    expect((await call(meetings.app, 'getQuickNote', { as: org.leader, params: { id: mine } })).body).to.include({ addressedAt: null });
  });

  it('has the figures of those who attended computed again, and the queue with them', async () => {
    const rank = async () => (await call(meetings.app, 'getPriorityQueue', { as: org.leader, query: {} })).body as { data: { agent: { id: number }; reasons: { code: string; points: number }[] }[]; notEligible: { agent: { id: number }; reason: { code: string } }[] };
    const session = await meetings.scheduled({ agentId: org.colleague.id });
    expect((await rank()).notEligible.map(({ agent, reason }) => [agent.id, reason.code])).to.deep.include([org.colleague.id, 'session_booked']);
    await meetings.done('startCoachingSession', session.id, org.leader);
    await meetings.done('completeCoachingSession', session.id, org.leader, {});
    expect(await meetings.app.query(sql`select agent_id from stale_figures where agent_id = ${org.colleague.id}`)).to.have.length(1);
    await meetings.app.settled();
    expect((await rank()).data.map(({ agent }) => agent.id)).to.include(org.colleague.id);
  });

  it('counts a group for everybody in it', async () => {
    const group = await meetings.scheduled({ attendeeIds: [org.agent.id, org.colleague.id], scheduledAt: new Date(START.getTime() + 3_600_000).toISOString() });
    for (const person of [org.agent, org.colleague]) {
      const { body } = await call(meetings.app, 'getAgentSummary', { as: person, params: { id: person.id } });
      expect((body as { nextSession: { id: string } }).nextSession.id).to.equal(group.id);
    }
    await meetings.done('cancelCoachingSession', group.id, org.leader, { reason: 'Later.' });
  });

  it('is acknowledged once, by those it is about', async () => {
    const session = await meetings.completed();
    const answered = await meetings.done('acknowledgeCoachingSession', session.id, org.agent, { comment: 'Thank you.' });
    expect(acknowledgement(answered)).to.include({ status: 'acknowledged', at: START.toISOString(), comment: 'Thank you.' });
    const again = await meetings.ask('acknowledgeCoachingSession', session.id, org.agent, { body: {} });
    expect([again.status, problem(again).code, problem(again).state]).to.deep.equal([409, 'answered_already', 'acknowledged']);
    expect((await meetings.ask('disputeCoachingSession', session.id, org.agent, { body: { comment: 'No.' } })).status).to.equal(409);
    expect((await told(org.leader.id)).at(-1)).to.include({ type: 'session_acknowledged' });
  });

  it('is late when the team’s days are over: leaders see it, and everybody concerned is told once', async () => {
    const { DEFAULT_TEAM_SETTINGS } = await import('../performance/team-settings.ts');
    await call(meetings.app, 'updateTeamSettings', { as: org.manager, params: { id: org.team.id }, body: { ...DEFAULT_TEAM_SETTINGS, acknowledgementDays: 2, disputeDays: 1 } });
    const session = await meetings.completed();
    expect(acknowledgement(session).dueAt).to.equal('2031-03-08T00:00:00.000Z');
    const overdue = async (as = org.leader) => ((await call(meetings.app, 'listCoachingSessions', { as, query: { acknowledgement: 'overdue' } })).body as { data: Session[] }).data.map(({ id }) => id);
    expect(await overdue()).to.not.include(session.id);
    await meetings.app.ctx.coachingSessions.deadlineWatch.report();
    clock.time = Date.parse('2031-03-08T00:00:01Z');
    const leader = await later(org.leader);
    expect(await overdue(leader)).to.include(session.id);
    expect(await overdue(await later(org.otherLeader))).to.deep.equal([]);
    await Promise.all([1, 2, 3].map(() => meetings.app.ctx.coachingSessions.deadlineWatch.report()));
    await meetings.app.ctx.coachingSessions.deadlineWatch.report();
    const about = async (userId: number, type: string) => (await meetings.app.query(sql`select 1 from notifications where recipient_id = ${userId} and type = ${type} and data ->> 'sessionId' = ${session.id}`)).length;
    expect([await about(org.agent.id, 'session_acknowledgement_due'), await about(org.leader.id, 'session_acknowledgement_late')]).to.deep.equal([1, 1]);
    expect(acknowledgement(await meetings.done('acknowledgeCoachingSession', session.id, await later(org.agent), {})).status, 'late is better than never').to.equal('acknowledged');
    expect(await overdue(leader)).to.not.include(session.id);
    await call(meetings.app, 'updateTeamSettings', { as: await later(org.manager), params: { id: org.team.id }, body: DEFAULT_TEAM_SETTINGS });
  });

  it('is disputed before somebody who did not hold it, who decides by a deadline', async () => {
    const session = await meetings.completed({}, { summary: 'The date was missing.' });
    const disputed = await meetings.done('disputeCoachingSession', session.id, org.agent, { comment: 'I did name the date.' });
    const { dispute, status } = acknowledgement(disputed);
    expect(status).to.equal('disputed');
    expect(dispute).to.deep.include({ comment: 'I did name the date.', owner: { id: org.manager.id, name: org.manager.row.fullName }, dueAt: '2031-03-13T00:00:00.000Z', outcome: null });
    expect((await told(org.manager.id)).at(-1)).to.include({ type: 'session_disputed' });
    const own = await meetings.ask('resolveSessionDispute', session.id, org.leader, { body: { outcome: 'rejected', resolution: 'No.' } });
    expect([own.status, problem(own).code], 'nobody decides about themselves').to.deep.equal([403, 'not_yours_to_decide']);

    const reassigned = await meetings.done('reassignSessionDispute', session.id, org.manager, { ownerId: org.admin.id });
    expect(acknowledgement(reassigned).dispute!.owner.id).to.equal(org.admin.id);
    clock.time += 9 * DAY;
    await meetings.app.ctx.coachingSessions.deadlineWatch.report();
    expect((await told(org.admin.id)).at(-1)).to.include({ type: 'session_dispute_late' });

    const admin = await later(org.admin);
    const amended = await meetings.done('resolveSessionDispute', session.id, admin, { outcome: 'amended', resolution: 'We listened to it again.', summary: 'The date was named.' });
    expect(amended.summary).to.equal('The date was named.');
    expect(acknowledgement(amended)).to.deep.include({ status: 'pending', at: null });
    expect(acknowledgement(amended).dispute).to.deep.include({ outcome: 'amended', resolution: 'We listened to it again.', resolvedBy: { id: org.admin.id, name: org.admin.row.fullName } });
    expect((await told(org.agent.id)).at(-1)).to.include({ type: 'session_dispute_resolved' });
    expect(acknowledgement(await meetings.done('acknowledgeCoachingSession', session.id, await later(org.agent), {})).status).to.equal('acknowledged');
    const decided = await meetings.ask('resolveSessionDispute', session.id, admin, { body: { outcome: 'rejected', resolution: 'No.' } });
    expect([decided.status, problem(decided).code]).to.deep.equal([409, 'decided_already']);
  });

  it('waits in the list of whoever has to decide, and of no one else', async () => {
    const session = await meetings.completed();
    await meetings.done('disputeCoachingSession', session.id, org.agent, { comment: 'No.' });
    const waiting = async (as: TestPerson): Promise<string[]> => ((await call(meetings.app, 'listCoachingSessions', { as, query: { toDecide: true } })).body as { data: Session[] }).data.map(({ id }) => id);
    expect(await waiting(org.manager)).to.include(session.id);
    for (const person of [org.admin, org.leader, org.agent]) expect(await waiting(person), person.username).to.deep.equal([]);
    // Its owner cannot sign in any more: it is everybody's who may decide it, so that it is nobody's to lose.
    await meetings.app.query(sql`update agents set password_hash = '!' where id = ${org.manager.id} returning id`);
    expect(await waiting(org.admin)).to.include(session.id);
    for (const person of [org.leader, org.agent]) expect(await waiting(person), person.username).to.deep.equal([]);
    await meetings.done('resolveSessionDispute', session.id, org.admin, { outcome: 'rejected', resolution: 'It was so.' });
    expect(await waiting(org.admin)).to.not.include(session.id);
  });

  it('is decided by somebody who can sign in, rather by one who has', async () => {
    const { id: newcomer } = await meetings.app.people.create('manager', { username: 'newcomer' });
    const ownerOf = async (): Promise<number> => {
      const session = await meetings.completed();
      return acknowledgement(await meetings.done('disputeCoachingSession', session.id, org.agent, { comment: 'No.' })).dispute!.owner.id;
    };
    const { password } = (await meetings.app.query(sql<{ password: string }>`select password_hash as password from agents where id = ${org.leader.id}`))[0]!;
    const passwords = (manager: string, other: string) => meetings.app.query(sql`update agents set password_hash = case when id = ${newcomer} then ${other} else ${manager} end where id in (${newcomer}, ${org.manager.id}) returning id`);
    await passwords(password, password);
    expect(await ownerOf(), 'has signed in').to.equal(org.manager.id);
    await passwords('!', password);
    expect(await ownerOf(), 'can sign in').to.equal(newcomer);
    await passwords('!', '!');
    expect(await ownerOf(), 'no manager can').to.equal(org.admin.id);
    await passwords(password, password);
  });

  it('stays disputed where it was rejected, and may still be acknowledged', async () => {
    const session = await meetings.completed();
    await meetings.done('disputeCoachingSession', session.id, org.agent, { comment: 'No.' });
    expect((await meetings.ask('acknowledgeCoachingSession', session.id, org.agent, { body: {} })).status, 'while it is open').to.equal(409);
    const rejected = await meetings.done('resolveSessionDispute', session.id, org.manager, { outcome: 'rejected', resolution: 'It was so.' });
    expect(acknowledgement(rejected)).to.include({ status: 'disputed' });
    expect(acknowledgement(await meetings.done('acknowledgeCoachingSession', session.id, org.agent, {})).status).to.equal('acknowledged');
  });

  it('asks whose dispute is meant where there are two', async () => {
    const group = await meetings.completed({ attendeeIds: [org.agent.id, org.colleague.id] });
    for (const person of [org.agent, org.colleague]) await meetings.done('disputeCoachingSession', group.id, person, { comment: 'No.' });
    const body = { outcome: 'upheld', resolution: 'Right.' };
    const whose = await meetings.ask('resolveSessionDispute', group.id, org.manager, { body });
    expect([whose.status, problem(whose).code]).to.deep.equal([422, 'which_dispute']);
    const resolved = await meetings.done('resolveSessionDispute', group.id, org.manager, { ...body, agentId: org.colleague.id });
    expect(resolved.attendees.map(({ acknowledgement: given }) => given?.dispute?.outcome)).to.deep.equal([null, 'upheld']);
  });

  it('leaves its trace: who did what, when, and not what was said in confidence', async () => {
    const session = await meetings.completed();
    await meetings.done('disputeCoachingSession', session.id, org.agent, { comment: 'Secret words.' });
    const trace = await meetings.app.query(sql<{ action: string; text: string }>`select action, after::text as text from audit_log where target_id = ${session.id} order by at, id`);
    expect(trace.map(({ action }) => action)).to.deep.equal(['session.schedule', 'session.start', 'session.complete', 'session.dispute']);
    expect(trace.map(({ text }) => text).join()).to.not.contain('Secret words');
  });

  it('puts down that nobody came, once its time has come', async () => {
    const session = await meetings.scheduled({ scheduledAt: new Date(START.getTime() + 60_000).toISOString() });
    expect(problem(await meetings.ask('missCoachingSession', session.id, org.leader))).to.include({ code: 'too_early' });
    clock.time += 61_000;
    expect((await meetings.done('missCoachingSession', session.id, org.leader)).status).to.equal('no_show');
    expect((await told(org.agent.id)).map(({ type }) => type)).to.include('session_missed');
  });
});
