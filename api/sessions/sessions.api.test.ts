import { expect } from 'chai';
import { call } from '../../test/harness/calls.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { listen } from '../../test/harness/listener.ts';
import { sql } from '../db/db.ts';
import { Meetings, sessionOf, type Session } from '../../test/harness/meetings.ts';

describe('booking coaching sessions', function () {
  this.timeout(20_000);
  let meetings: Meetings;
  let org: Meetings['org'];

  before(async () => {
    meetings = await Meetings.start('sessions');
    org = meetings.org;
  });
  after(() => meetings.app.close());

  const minutesAfter = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString();
  const problem = (answer: { body: unknown }) => answer.body as { code: string; detail: string; clash?: Record<string, unknown>; state?: string; details?: { path: string }[] };

  it('books one person with everything that belongs to a session, and both read it', async () => {
    const session = await meetings.scheduled({ durationMinutes: 45, remoteUrl: 'https://meet.example.test/1', focusMetrics: ['csat'], agenda: [{ title: 'Refunds', detail: 'Three of them' }] });
    expect(session).to.deep.include({ kind: 'one_to_one', agentId: org.agent.id, agentName: 'Ada Agent', teamLeaderId: org.leader.id, status: 'scheduled', durationMinutes: 45, focusMetrics: ['csat'], commentCount: 0, versions: { agenda: 1, focusMetrics: 1 } });
    expect(session.facilitator).to.deep.equal({ id: org.leader.id, name: 'Lena Leader' });
    expect(session.agenda).to.deep.equal([{ id: session.agenda[0]!.id, title: 'Refunds', detail: 'Three of them', source: 'leader', refId: null, addedBy: org.leader.id, covered: false }]);
    for (const reader of [org.agent, org.leader, org.manager, org.admin]) expect(sessionOf(await meetings.ask('getCoachingSession', session.id, reader)).id).to.equal(session.id);
    for (const reader of [org.colleague, org.otherLeader, org.stranger]) expect((await meetings.ask('getCoachingSession', session.id, reader)).status).to.equal(404);
  });

  it('takes half an hour where nothing is said, and refuses what is over', async () => {
    expect((await meetings.scheduled()).durationMinutes).to.equal(30);
    const over = await meetings.schedule({ scheduledAt: new Date(Date.now() - 3_600_000).toISOString() });
    expect([over.status, problem(over).code]).to.deep.equal([422, 'in_the_past']);
    expect((await meetings.schedule({ scheduledAt: new Date(Date.now() - 60_000).toISOString() })).status, 'a moment ago is now').to.equal(201);
  });

  it('refuses a clash of either person, naming who and when, and not what touches it', async () => {
    const first = await meetings.scheduled({ durationMinutes: 60 });
    for (const [body, as, who] of [
      [{ scheduledAt: minutesAfter(first.scheduledAt, 59) }, org.manager, 'Ada Agent'],
      [{ scheduledAt: minutesAfter(first.scheduledAt, -29) }, org.manager, 'Ada Agent'],
      [{ scheduledAt: minutesAfter(first.scheduledAt, 10), durationMinutes: 5, agentId: org.colleague.id }, org.leader, 'Lena Leader'],
      [{ scheduledAt: minutesAfter(first.scheduledAt, -120), durationMinutes: 480, agentId: org.colleague.id }, org.leader, 'Lena Leader'],
    ] as const) {
      const refused = await meetings.schedule(body, as);
      expect(refused.status, refused.text).to.equal(409);
      expect(problem(refused)).to.include({ code: 'session_clash' });
      expect(problem(refused).clash).to.deep.equal({ sessionId: first.id, personId: who === 'Ada Agent' ? org.agent.id : org.leader.id, personName: who, scheduledAt: first.scheduledAt, durationMinutes: 60 });
    }
    await meetings.scheduled({ scheduledAt: minutesAfter(first.scheduledAt, 60) });
    await meetings.scheduled({ scheduledAt: minutesAfter(first.scheduledAt, -30) });
    await meetings.done('cancelCoachingSession', first.id, org.leader, { reason: 'Ill.' });
    await meetings.scheduled({ scheduledAt: first.scheduledAt });
  });

  it('books people once, however many ask for the same time at once', async () => {
    const scheduledAt = meetings.freeTime();
    const asks = [[org.leader, org.agent], [org.leader, org.colleague], [org.manager, org.agent], [org.admin, org.agent], [org.manager, org.colleague], [org.admin, org.colleague]] as const;
    const answers = await Promise.all(asks.map(([by, { id }]) => call(meetings.app, 'scheduleCoachingSession', { as: by, body: { agentId: id, scheduledAt } })));
    const held = await meetings.app.query(sql<{ people: number[] }>`select array[s.team_leader_id, s.agent_id] as people from coaching_sessions s where s.scheduled_at = ${scheduledAt}`);
    const taken = held.flatMap(({ people }) => people);
    expect(new Set(taken).size, JSON.stringify(held)).to.equal(taken.length);
    expect(held.length).to.be.within(1, 2);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([...held.map(() => 201), ...asks.slice(held.length).map(() => 409)]);
  });

  it('leaves people on leave alone, and says so without saying why, unless they have agreed', async () => {
    const { startsOn } = await meetings.app.ctx.absences.create(systemPrincipal('test'), org.colleague.id, { kind: 'sick', startsOn: '2034-05-03', endsOn: '2034-05-04' });
    const body = { agentId: org.colleague.id, scheduledAt: `${startsOn}T10:00:00Z` };
    const refused = await meetings.schedule(body);
    expect([refused.status, problem(refused).code]).to.deep.equal([422, 'on_leave']);
    expect(problem(refused).detail).to.equal('Colin Colleague is away from 2034-05-03 to 2034-05-04.');
    expect(refused.text).to.not.contain('sick');
    await meetings.scheduled({ ...body, despiteLeave: true });
  });

  it('does not book oneself, another team’s people, viewers, or a facilitator who is none', async () => {
    expect(problem(await meetings.schedule({ agentId: org.leader.id }))).to.include({ code: 'session_with_yourself' });
    expect((await meetings.schedule({ agentId: org.stranger.id })).status).to.equal(404);
    expect(problem(await meetings.schedule({ agentId: org.viewer.id }, org.manager))).to.include({ code: 'cannot_attend' });
    expect(problem(await meetings.schedule({ facilitatorId: org.colleague.id }))).to.include({ code: 'cannot_facilitate' });
    expect(problem(await meetings.schedule({ attendeeIds: [org.agent.id, org.colleague.id], agentId: org.agent.id }))).to.include({ code: 'who_attends' });
  });

  it('shows a group to all of it, and not how the others answered', async () => {
    const group = await meetings.completed({ attendeeIds: [org.agent.id, org.colleague.id] });
    expect(group).to.deep.include({ kind: 'group', agentId: null, agentName: null });
    await meetings.done('acknowledgeCoachingSession', group.id, org.agent, { comment: 'Between us.' });
    const seenBy = async (reader: Meetings['org']['agent']): Promise<unknown[]> => sessionOf(await meetings.ask('getCoachingSession', group.id, reader)).attendees.map(({ acknowledgement }) => acknowledgement && [acknowledgement.status, acknowledgement.comment]);
    expect(await seenBy(org.leader)).to.deep.equal([['acknowledged', 'Between us.'], ['pending', null]]);
    expect(await seenBy(org.agent)).to.deep.equal([['acknowledged', 'Between us.'], null]);
    expect(await seenBy(org.colleague)).to.deep.equal([null, ['pending', null]]);
    const found = async (reader: Meetings['org']['agent'], acknowledgement: string): Promise<boolean> => {
      const { body } = await call(meetings.app, 'listCoachingSessions', { as: reader, query: { acknowledgement, kind: 'group' } });
      return (body as { data: Session[] }).data.some(({ id }) => id === group.id);
    };
    expect(await found(org.colleague, 'acknowledged'), 'nor by asking for it').to.equal(false);
    expect(await found(org.agent, 'acknowledged')).to.equal(true);
    expect(await found(org.leader, 'pending')).to.equal(true);
  });

  it('tells the others of a group on their sockets what they may read, and no more', async () => {
    const group = await meetings.completed({ attendeeIds: [org.agent.id, org.colleague.id] });
    await meetings.app.settled();
    const heardBy = await Promise.all([org.leader, org.colleague, org.stranger].map(async (person) => listen(await meetings.app.socket(person.token))));
    await meetings.done('acknowledgeCoachingSession', group.id, org.agent, { comment: 'Between us.' });
    await meetings.app.settled();
    const [leader, colleague, stranger] = heardBy.map((heard) => heard.filter(({ name }) => name === 'session:updated').map(({ payload }) => (payload as Session).attendees[0]!.acknowledgement?.comment));
    expect(leader).to.deep.equal(['Between us.']);
    expect(colleague).to.deep.equal([undefined]);
    expect(stranger).to.deep.equal([]);
  });

  it('is moved and handed on until it is over; who is taken out is told so and reads it no more', async () => {
    const session = await meetings.scheduled();
    await meetings.app.settled();
    const heard = listen(await meetings.app.socket(org.agent.token));
    const scheduledAt = meetings.freeTime();
    const moved = await meetings.ask('updateCoachingSession', session.id, org.leader, { headers: { 'If-Match': `"${session.version}"` }, body: { scheduledAt, durationMinutes: 50 } });
    expect(sessionOf(moved)).to.include({ scheduledAt, durationMinutes: 50 });
    expect(moved.headers.get('ETag')).to.equal(`"${sessionOf(moved).version}"`);
    const late = await meetings.ask('updateCoachingSession', session.id, org.leader, { headers: { 'If-Match': `"${session.version}"` }, body: { durationMinutes: 10 } });
    expect(late.status).to.equal(412);
    const handed = await meetings.done('updateCoachingSession', session.id, org.leader, { agentId: org.colleague.id, facilitatorId: org.otherLeader.id });
    expect(handed).to.deep.include({ agentId: org.colleague.id, facilitator: { id: org.otherLeader.id, name: 'Otto Other' } });
    await meetings.app.settled();
    expect(heard.filter(({ name }) => name.startsWith('session:')).map(({ name }) => name)).to.deep.equal(['session:updated', 'session:withdrawn']);
    expect((await meetings.ask('getCoachingSession', session.id, org.agent)).status).to.equal(404);
    expect((await meetings.ask('startCoachingSession', session.id, org.otherLeader)).status, 'of another team, but holds it').to.equal(200);
    const tooLate = await meetings.ask('updateCoachingSession', session.id, org.leader, { body: { scheduledAt: meetings.freeTime() } });
    expect([tooLate.status, problem(tooLate).code]).to.deep.equal([409, 'wrong_state']);
  });

  it('replays what was missed to those who take part today', async () => {
    const session = await meetings.scheduled();
    await meetings.app.settled();
    const [{ seq }] = await meetings.app.query(sql<{ seq: number }>`select max(seq)::int as seq from outbox`) as [{ seq: number }];
    await meetings.done('updateCoachingSession', session.id, org.leader, { durationMinutes: 40 });
    await meetings.done('updateCoachingSession', session.id, org.leader, { agentId: org.colleague.id });
    await meetings.app.settled();
    const replayed = async (person: Meetings['org']['agent']): Promise<string[]> => {
      const names: string[] = [];
      const socket = await meetings.app.socket(person.token, { lastSeq: seq }, (connecting) => connecting.onAny((name: string) => names.push(name)));
      await socket.emitWithAck('resume', {});
      return names.filter((name) => name.startsWith('session:'));
    };
    expect(await replayed(org.agent)).to.deep.equal(['session:withdrawn']);
    expect(await replayed(org.colleague)).to.deep.equal(['session:updated']);
  });

  it('names the state in which a step is refused', async () => {
    const session = await meetings.completed();
    const said = { prepareCoachingSession: 'it cannot be prepared', startCoachingSession: 'it cannot be started', missCoachingSession: 'nobody can be said to have missed it' } as const;
    for (const operation of ['prepareCoachingSession', 'startCoachingSession', 'missCoachingSession'] as const) {
      const refused = await meetings.ask(operation, session.id, org.leader);
      expect([refused.status, problem(refused).code, problem(refused).state]).to.deep.equal([409, 'wrong_state', 'completed']);
      expect(problem(refused).detail).to.equal(`The session is completed: ${said[operation]}.`);
    }
  });

  it('refuses a time that is over in whole sentences', async () => {
    const refused = await meetings.schedule({ scheduledAt: new Date(Date.now() - 3_600_000).toISOString() });
    expect(refused.body).to.deep.include({ detail: 'That time is over already.', details: [{ path: '/body/scheduledAt', message: 'The time it begins is in the past.' }] });
  });

  it('takes points of both on its agenda, and says whose they are', async () => {
    const session = await meetings.scheduled({ agenda: [{ title: 'Refunds' }] });
    await meetings.ask('addAgendaPoint', session.id, org.agent, { body: { title: 'My shifts' } });
    const added = sessionOf(await meetings.ask('addAgendaPoint', session.id, org.leader, { body: { title: 'A note', source: 'note', refId: 'n1' } }), 201);
    expect(added.agenda.map(({ title, source, addedBy }) => [title, source, addedBy])).to.deep.equal([['Refunds', 'leader', org.leader.id], ['My shifts', 'agent', org.agent.id], ['A note', 'note', org.leader.id]]);
    expect(added.versions).to.deep.equal({ agenda: 3 });
    const covered = await meetings.done('updateCoachingSession', session.id, org.leader, { agenda: added.agenda.toReversed().map(({ id, title }) => ({ id, title, covered: title === 'Refunds' })) });
    expect(covered.agenda.map(({ title, source, covered: done }) => [title, source, done])).to.deep.equal([['A note', 'note', false], ['My shifts', 'agent', false], ['Refunds', 'leader', true]]);
  });

  it('is followed by the session that names it, and by another one where that was called off', async () => {
    const first = await meetings.completed();
    const follow = () => meetings.scheduled({ previousSessionId: first.id });
    const followed = async () => sessionOf(await meetings.ask('getCoachingSession', first.id, org.leader)).followUpSessionId;
    const second = await follow();
    expect(await followed()).to.equal(second.id);
    await follow();
    expect(await followed(), 'the first of several').to.equal(second.id);
    await meetings.done('cancelCoachingSession', second.id, org.leader, { reason: 'Ill.' });
    const third = await follow();
    expect(await followed()).to.equal(third.id);
    expect(problem(await meetings.schedule({ previousSessionId: first.id, agentId: org.stranger.id }, org.otherLeader))).to.include({ code: 'unknown_session' });
  });

  it('keeps what was said, in its order, and counts it', async () => {
    const session = await meetings.scheduled();
    for (const [by, content] of [[org.agent, 'Can we look at Tuesday’s call?'], [org.leader, 'Of course.']] as const) await meetings.ask('createSessionComment', session.id, by, { body: { content } });
    const { body } = await meetings.ask('listSessionComments', session.id, org.manager);
    expect((body as { data: { author: { name: string }; content: string }[] }).data.map(({ author, content }) => [author.name, content])).to.deep.equal([['Ada Agent', 'Can we look at Tuesday’s call?'], ['Lena Leader', 'Of course.']]);
    expect(sessionOf(await meetings.ask('getCoachingSession', session.id, org.agent)).commentCount).to.equal(2);
  });

  it('begins from a template, answers a request, and serves goals', async () => {
    const { ctx } = meetings.app;
    const leader = (await ctx.authenticator.token(org.leader.token)).principal;
    const agent = (await ctx.authenticator.token(org.agent.token)).principal;
    const template = await ctx.templates.create(leader, { kind: 'session', name: 'First talk', teamId: org.team.id, durationMinutes: 20, agenda: [{ title: 'How are you?' }], focusMetrics: ['fcr'] });
    const request = await ctx.sessionRequests.create(agent, { topic: 'My shifts' });
    const goal = await ctx.goals.create(leader, { agentId: org.agent.id, title: 'Calmer calls' });
    const session = await meetings.scheduled({ templateId: template.id, requestId: request.id, goalIds: [goal.id] });
    expect(session).to.deep.include({ durationMinutes: 20, focusMetrics: ['fcr'], goalIds: [goal.id], requestId: request.id, templateId: template.id });
    expect(session.agenda.map(({ title, source, refId }) => [title, source, refId])).to.deep.equal([['My shifts', 'agent', request.id], ['How are you?', 'template', template.id]]);
    expect(await ctx.sessionRequests.get(leader, request.id)).to.include({ status: 'scheduled', sessionId: session.id });
    expect(problem(await meetings.schedule({ requestId: request.id })), 'once').to.include({ code: 'wrong_state' });
    expect(problem(await meetings.schedule({ goalIds: [goal.id], agentId: org.colleague.id }))).to.include({ code: 'unknown_goal' });
  });
});
