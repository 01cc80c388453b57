import { expect } from 'chai';
import { DateTime } from 'luxon';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { insertInteractions } from '../../test/harness/interactions.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { StoredEvent } from '../events/event.ts';
import type { components } from '../http/contract.types.ts';
import { actionRecheck } from './actions.recheck.ts';

type Item = components['schemas']['ActionItem'];
type Page = components['schemas']['ActionItemPage'];

const BY = systemPrincipal('test');
/** Half past ten in the evening of UTC is the next day in Auckland, whose business days these are. */
const START = DateTime.fromISO('2026-06-10T22:30:00Z').toJSDate();
const TODAY = '2026-06-11';
const DAY_MS = 86_400_000;

describe('action items over HTTP and sockets', () => {
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  let now = START;

  before(async () => {
    app = await startTestApp('actions', { BUSINESS_TIMEZONE: 'Pacific/Auckland', JWT_EXPIRY: '365d' }, { clock: { now: () => now } });
    org = await app.people.organisation();
  });
  after(() => app.close());
  beforeEach(async () => {
    now = START;
    await app.query(sql`delete from action_items`);
  });

  const write = async (by: TestPerson, body: Record<string, unknown> = {}): Promise<Item> => {
    const answer = await app.request(by.token).post('/api/action-items').send({ agentId: org.agent.id, title: 'Say what you are looking up', dueDate: TODAY, ...body }).expect(201);
    return answer.body as Item;
  };
  const change = (by: TestPerson, item: Item, body: Record<string, unknown>) => app.request(by.token).put(`/api/action-items/${item.id}`).send(body);
  const list = async (by: TestPerson, query: string): Promise<Page> => (await app.request(by.token).get(`/api/action-items?${query}`).expect(200)).body as Page;
  /** A session of the agent that the leader of another team holds. */
  const held = async (status: string): Promise<string> => {
    const id = newId();
    await app.query(sql`insert into coaching_sessions (id, agent_id, team_leader_id, scheduled_at, status) values (${id}, ${org.agent.id}, ${org.otherLeader.id}, ${now}, ${status})`);
    return id;
  };
  const titles = (page: Page): string[] => page.data.map((item) => item.title);

  it('are agreed with a person, who reads them and works them off', async () => {
    const item = await write(org.leader, { category: 'Silence', description: 'On every call.' });
    expect(item).to.include({ assignedTo: org.agent.id, assigneeName: 'Ada Agent', status: 'open', priority: 'MEDIUM', overdue: false, dueDate: TODAY, commentCount: 0, completedAt: null });
    expect(item.createdBy).to.deep.equal({ id: org.leader.id, name: 'Lena Leader' });
    const done = await change(org.agent, item, { status: 'done' }).set('If-Match', '"1"').expect(200);
    expect(done.body).to.include({ status: 'done', completedAt: START.toISOString(), version: 2 });
    const again = await change(org.agent, item, { status: 'in_progress' }).expect(200);
    expect(again.body).to.include({ status: 'in_progress', completedAt: null });
  });

  it('take a day, or an instant on it in the time zone of the business', async () => {
    expect((await write(org.leader, { dueDate: '2026-06-20T13:00:00Z' })).dueDate).to.equal('2026-06-21');
    expect((await write(org.leader, { dueDate: '2026-06-20' })).dueDate).to.equal('2026-06-20');
    const passed = await app.request(org.leader.token).post('/api/action-items').send({ agentId: org.agent.id, title: 'Late', dueDate: '2026-06-10' }).expect(422);
    expect(passed.body).to.include({ code: 'due_day_passed' });
    expect(passed.body.details[0].path).to.equal('/body/dueDate');
  });

  it('are overdue from the day after, for lists and for the priority queue alike', async () => {
    await write(org.leader);
    now = new Date(START.getTime() + DAY_MS - 1);
    await write(org.leader, { title: 'Later', dueDate: '2026-06-30' });
    now = new Date(Date.parse('2026-06-11T11:59:00Z'));
    expect((await list(org.agent, 'overdue=true')).meta.total).to.equal(0);
    now = new Date(Date.parse('2026-06-11T12:01:00Z'));
    const overdue = await list(org.agent, 'overdue=true');
    expect(overdue.data.map((item) => [item.title, item.overdue])).to.deep.equal([['Say what you are looking up', true]]);
    expect(titles(await list(org.agent, 'overdue=false'))).to.deep.equal(['Later']);
    const evidence = await app.request(org.leader.token).get(`/api/priority-queue/${org.agent.id}/evidence?kind=overdueActions`).expect(200);
    expect(evidence.body.data.map((row: { id: string }) => row.id)).to.deep.equal(overdue.data.map((item) => item.id));
  });

  it('are listed by what is next, then what is closed, and by every filter', async () => {
    const later = await write(org.leader, { title: 'Later', dueDate: '2026-07-01', priority: 'HIGH', category: 'Tone' });
    await write(org.leader, { title: 'Sooner', dueDate: '2026-06-20', assignedTo: org.leader.id });
    const done = await write(org.leader, { title: 'Done', dueDate: '2026-06-12' });
    await change(org.agent, done, { status: 'done' }).expect(200);
    await write(org.leader, { title: 'Colleague', agentId: org.colleague.id, dueDate: '2026-06-15' });
    await app.request(org.otherLeader.token).post('/api/action-items').send({ agentId: org.stranger.id, title: 'Stranger', dueDate: TODAY }).expect(201);
    expect(titles(await list(org.agent, ''))).to.deep.equal(['Sooner', 'Later', 'Done']);
    expect(titles(await list(org.leader, 'status=open&status=in_progress'))).to.deep.equal(['Colleague', 'Sooner', 'Later']);
    expect(titles(await list(org.leader, `assignedTo=${org.leader.id}`))).to.deep.equal(['Sooner']);
    expect(titles(await list(org.leader, 'status=done'))).to.deep.equal(['Done']);
    expect(titles(await list(org.manager, `teamId=${org.otherTeam.id}`))).to.deep.equal(['Stranger']);
    expect(titles(await list(org.leader, `teamId=${org.otherTeam.id}`))).to.deep.equal([]);
    expect(titles(await list(org.leader, 'dueFrom=2026-06-20&dueTo=2026-06-30'))).to.deep.equal(['Sooner']);
    expect(titles(await list(org.leader, 'priority=HIGH&category=Tone'))).to.deep.equal([later.title]);
  });

  it('belong to sessions the person takes part in', async () => {
    const [mine, theirs] = [newId(), newId()];
    for (const [id, agentId] of [[mine, org.agent.id], [theirs, org.colleague.id]] as const) {
      await app.query(sql`insert into coaching_sessions (id, agent_id, team_leader_id, scheduled_at) values (${id}, ${agentId}, ${org.leader.id}, ${now})`);
    }
    const item = await write(org.leader, { sessionId: mine });
    expect((await list(org.agent, `sessionId=${mine}`)).data).to.deep.equal([item]);
    const refused = await app.request(org.leader.token).post('/api/action-items').send({ agentId: org.agent.id, title: 'x', dueDate: TODAY, sessionId: theirs }).expect(422);
    expect(refused.body.code).to.equal('unknown_session');
  });

  it('are agreed on by whoever holds the session, also with somebody of another team', async () => {
    const id = await held('live');
    const item = await write(org.otherLeader, { sessionId: id, targetMetric: 'csat' });
    expect(item.createdBy.id).to.equal(org.otherLeader.id);
    const theirs = await write(org.otherLeader, { sessionId: id, assignedTo: org.otherLeader.id });
    const given = await write(org.leader, { sessionId: id, assignedTo: org.otherLeader.id });
    expect((await list(org.otherLeader, `sessionId=${id}`)).data.map((one) => one.id)).to.have.members([item.id, theirs.id, given.id]);
    await app.request(org.otherLeader.token).get(`/api/action-items/${item.id}`).expect(200);
    await app.request(org.otherLeader.token).post(`/api/action-items/${item.id}/comments`).send({ text: 'Well begun.' }).expect(201);
    await change(org.otherLeader, given, { status: 'done' }).expect(200);
    await change(org.agent, item, { status: 'done' }).expect(200);
    const told = await app.query(sql<{ type: string }>`select type from notifications where recipient_id = ${org.otherLeader.id} order by created_at, id`);
    expect(told.map(({ type }) => type)).to.deep.equal(['action_done']);
  });

  it('give who only holds a session nothing but what is agreed in it, while it is held', async () => {
    const id = await held('live');
    const attempt = (body: object, by = org.otherLeader) => app.request(by.token).post('/api/action-items').send({ agentId: org.agent.id, title: 'x', dueDate: TODAY, sessionId: id, ...body });
    const before = await write(org.leader);
    await attempt({ agentId: org.colleague.id }).expect(404);
    await attempt({ sessionId: undefined }).expect(404);
    expect((await attempt({ assignedTo: org.leader.id }).expect(403)).body.code).to.equal('not_yours_to_assign');
    await attempt({ assignedTo: org.stranger.id }).expect(403);
    for (const status of ['scheduled', 'preparing', 'completed', 'cancelled', 'no_show'] as const) {
      expect((await attempt({ sessionId: await held(status) }).expect(409)).body.code, status).to.equal('wrong_state');
    }
    await attempt({ agentId: org.stranger.id }, org.leader).expect(404);
    const item = await write(org.leader, { sessionId: id, targetMetric: 'csat' });
    await app.request(org.otherLeader.token).get(`/api/action-items/${before.id}`).expect(404);
    await change(org.otherLeader, item, { title: 'Theirs' }).expect(403);
    await change(org.otherLeader, item, { status: 'done' }).expect(403);
    for (const path of ['progress', 'evidence']) expect((await app.request(org.otherLeader.token).get(`/api/action-items/${item.id}/${path}`).expect(403)).body.code).to.equal('not_yours_to_follow');
    expect((await app.request(org.otherLeader.token).post(`/api/action-items/${item.id}/evidence`).send({ kind: 'text', text: 'x' }).expect(403)).body.code).to.equal('not_yours_to_follow');
    const shown = await list(org.otherLeader, `withProgress=true&sessionId=${id}`);
    expect([shown.data.length, shown.progress]).to.deep.equal([1, []]);
    expect((await list(org.leader, `withProgress=true&sessionId=${id}`)).progress).to.have.length(1);
  });

  it('are no more read by who has handed the session over, nor replayed to them', async () => {
    const id = await held('live');
    await write(org.leader, { sessionId: id });
    const { actions } = app.ctx.repositories;
    const recheck = actionRecheck(app.ctx.uow, actions);
    const [stored] = await app.ctx.uow.read((db) => db.rows(sql<StoredEvent>`select id, type, aggregate_id as "aggregateId", audience from outbox where type = 'actionItem:created' order by id desc limit 1`));
    const hearing = async () => (await recheck([stored!])).map(({ audience }) => audience.facilitatorId);
    expect([stored!.audience.facilitatorId, ...(await hearing())]).to.deep.equal([org.otherLeader.id, org.otherLeader.id]);
    await app.query(sql`update coaching_sessions set team_leader_id = ${org.manager.id} where id = ${id}`);
    expect(await hearing()).to.deep.equal([org.manager.id]);
    expect((await list(org.otherLeader, `sessionId=${id}`)).meta.total).to.equal(0);
  });

  it('are made inside a transaction that is open, and undone with it', async () => {
    const leader = (await app.ctx.authenticator.token(org.leader.token)).principal;
    const attempt = app.ctx.uow.write(leader, async (tx) => {
      const item = await app.ctx.actions.create(leader, { agentId: org.agent.id, title: 'Agreed', dueDate: TODAY });
      expect((await app.ctx.actions.openFor(tx, org.agent.id)).map(({ id }) => id)).to.deep.equal([item.id]);
      throw new Error('the session could not be completed');
    });
    expect(await attempt.catch((error: Error) => error.message)).to.equal('the session could not be completed');
    expect((await list(org.leader, '')).meta.total).to.equal(0);
  });

  it('are for leaders and their author to change; the person alone sets what they wrote themselves', async () => {
    const given = await write(org.leader);
    expect((await change(org.agent, given, { title: 'Easier' }).expect(403)).body.code).to.equal('not_the_author');
    expect((await change(org.agent, given, { status: 'cancelled' }).expect(403)).body.code).to.equal('not_the_author');
    const own = await write(org.agent, { title: 'Read the handbook' });
    await change(org.agent, own, { title: 'Read chapter 3', dueDate: '2026-06-15' }).expect(200);
    await change(org.agent, own, { status: 'cancelled' }).expect(200);
    await change(org.leader, own, { status: 'open', priority: 'LOW' }).expect(200);
    await change(org.colleague, own, { status: 'done' }).expect(404);
    await change(org.otherLeader, own, { status: 'done' }).expect(404);
  });

  it('refuse steps that lead nowhere, naming the status, and changes of what is closed', async () => {
    const item = await write(org.leader);
    await change(org.leader, item, { status: 'cancelled' }).expect(200);
    const refused = await change(org.leader, item, { status: 'done' }).expect(409);
    expect(refused.body).to.include({ code: 'wrong_state', detail: 'The action item is cancelled; from there it cannot become done.' });
    expect(refused.body.details).to.deep.equal([{ path: '/body/status', message: 'the item is cancelled', code: 'cancelled' }]);
    await change(org.leader, item, { title: 'Too late' }).expect(409);
    await change(org.leader, item, { title: 'Once more', status: 'open' }).expect(200);
    await change(org.leader, item, { title: 'Lost' }).set('If-Match', '"1"').expect(412);
  });

  it('keep their day when it has passed and something else is changed', async () => {
    const item = await write(org.leader);
    now = new Date(START.getTime() + 3 * DAY_MS);
    const changed = await change(org.leader, item, { title: 'Still the same day', dueDate: TODAY }).expect(200);
    expect(changed.body).to.include({ dueDate: TODAY, overdue: true });
    await change(org.leader, item, { dueDate: '2026-06-12' }).expect(422);
  });

  it('lose the value with the metric', async () => {
    const item = await write(org.leader, { targetMetric: 'aht', targetValue: 300 });
    expect((await change(org.leader, item, { targetMetric: 'fcr' }).expect(422)).body.code).to.equal('target_out_of_range');
    expect((await change(org.leader, item, { targetMetric: 'fcr', targetValue: 0.8 }).expect(200)).body.targetValue).to.equal(0.8);
    expect((await change(org.leader, item, { targetMetric: null }).expect(200)).body).to.include({ targetMetric: null, targetValue: null });
  });

  it('show how the metric has moved since', async () => {
    const call = (day: string, rating: number) => Array.from({ length: 20 }, (_, i) => ({ agentId: org.agent.id, startedAt: `${day}T0${i % 10}:${i < 10 ? '00' : '30'}:00Z`, rating, talkSeconds: 100 }));
    const rows = [...call('2026-06-01', 3), ...call('2026-06-11', 4)];
    await app.ctx.uow.write(BY, async (tx) => {
      await insertInteractions(tx, rows, 'Pacific/Auckland');
      await app.ctx.recomputation.markStale(tx, ['2026-06-01', '2026-06-11', '2026-06-12'].map((date) => ({ agentId: org.agent.id, date })));
    });
    now = new Date(START.getTime() + 2 * DAY_MS);
    await app.ctx.recomputation.recomputeStaleDays();
    now = START;
    const item = await write(org.leader, { targetMetric: 'csat', targetValue: 5, dueDate: '2026-06-30' });
    now = new Date(START.getTime() + 2 * DAY_MS);
    const { body } = await app.request(org.agent.token).get(`/api/action-items/${item.id}/progress`).expect(200);
    expect(body).to.deep.include({ metric: 'csat', unit: 'rating', target: 5, targetFrom: 'item', enough: true, met: false, share: 0.5 });
    expect(body.baseline).to.include({ from: '2026-05-14', to: '2026-06-10', value: 3, n: 20 });
    expect(body.current).to.include({ from: '2026-06-11', to: '2026-06-13', value: 4, n: 20 });
    const behind = await app.request(org.agent.token).get(body.current.href).expect(200);
    expect(behind.body.meta.total).to.equal(20);
    const team = await write(org.leader, { targetMetric: 'fcr', dueDate: '2026-06-30' });
    const page = await list(org.agent, 'withProgress=true');
    expect(page.progress?.map(({ actionItemId, targetFrom }) => [actionItemId, targetFrom])).to.have.deep.members([[item.id, 'item'], [team.id, 'team']]);
  });

  it('hold what was said and what shows that it is done', async () => {
    const item = await write(org.leader);
    await app.request(org.agent.token).post(`/api/action-items/${item.id}/comments`).send({ text: 'Half of it.' }).expect(201);
    await app.request(org.leader.token).post(`/api/action-items/${item.id}/comments`).send({ text: 'Good.' }).expect(201);
    const said = await app.request(org.agent.token).get(`/api/action-items/${item.id}/comments`).expect(200);
    expect(said.body.data.map((comment: { text: string; author: { name: string } }) => `${comment.author.name}: ${comment.text}`)).to.deep.equal(['Ada Agent: Half of it.', 'Lena Leader: Good.']);
    const added = await app.request(org.agent.token).post(`/api/action-items/${item.id}/evidence`).send({ kind: 'link', url: 'https://example.test/a', text: 'See there' }).expect(201);
    expect(added.body).to.include({ kind: 'link', url: 'https://example.test/a', text: 'See there', href: null, interactionId: null });
    const { body } = await app.request(org.leader.token).get(`/api/action-items/${item.id}`).expect(200);
    expect(body).to.include({ commentCount: 2, evidenceCount: 1, version: 1 });
  });

  it('take a message over the socket, and tell the person and those who lead them, nobody else', async () => {
    await app.settled();
    const heard = new Map<string, string[]>();
    const listen = async (name: 'agent' | 'leader' | 'otherLeader' | 'colleague' | 'manager' | 'viewer') => {
      const socket = await app.socket(org[name].token);
      heard.set(name, []);
      socket.onAny((event: string) => event.startsWith('actionItem:') && heard.get(name)?.push(event));
      return socket;
    };
    const leader = await listen('leader');
    for (const name of ['agent', 'otherLeader', 'colleague', 'manager', 'viewer'] as const) await listen(name);
    const ack = await leader.emitWithAck('actionItem:create', { agentId: String(org.agent.id), title: 'Over the socket', dueDate: '2026-06-20T00:00:00Z', priority: 'HIGH', category: 'Tone', clientRequestId: 'once' });
    expect(ack).to.nested.include({ ok: true, 'data.title': 'Over the socket', 'data.dueDate': '2026-06-20' });
    const again = await leader.emitWithAck('actionItem:create', { agentId: String(org.agent.id), title: 'Over the socket', dueDate: '2026-06-20T00:00:00Z', priority: 'HIGH', category: 'Tone', clientRequestId: 'once' });
    expect(again).to.deep.equal(ack);
    await change(org.agent, ack.data as Item, { status: 'in_progress' }).expect(200);
    await app.settled();
    const told = ['actionItem:created', 'actionItem:updated'];
    expect(Object.fromEntries(heard)).to.deep.equal({ leader: told, agent: told, manager: told, otherLeader: [], colleague: [], viewer: [] });
    const refused = await leader.emitWithAck('actionItem:create', { agentId: org.agent.id, title: ' ', dueDate: 'soon' });
    expect(refused).to.nested.include({ ok: false, 'error.code': 'validation_failed' });
  });

  it('leave every step in the audit log', async () => {
    const item = await write(org.leader);
    await change(org.agent, item, { status: 'done' }).expect(200);
    const entries = await app.query(sql<{ action: string; actor: number; before: unknown; after: { status?: string } | null }>`
      select action, actor_id::int as actor, before, after from audit_log where target_id = ${item.id} order by at, id`);
    expect(entries.map(({ action, actor }) => [action, actor])).to.deep.equal([['action.create', org.leader.id], ['action.update', org.agent.id]]);
    expect(entries[1]).to.deep.include({ before: { status: 'open' }, after: { status: 'done' } });
  });
});
