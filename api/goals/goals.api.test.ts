import { expect } from 'chai';
import { sql } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { Clock } from '../db/clock.ts';
import { call } from '../../test/harness/calls.ts';
import { listen } from '../../test/harness/listener.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import type { Principal } from '../auth/principal.ts';
import type { components } from '../http/contract.types.ts';
import type { GoalChanges } from './goals.service.ts';

type Goal = components['schemas']['Goal'];

const NOON = Date.parse('2027-03-31T12:00:00Z');

describe('goals', () => {
  let world: World;
  let now = NOON;
  let agent: Principal;
  let leader: Principal;
  const clock: Clock = { now: () => new Date(now) };

  before(async () => {
    world = await startWorld('goals', {}, { clock });
    agent = await world.principal(world.org.agent);
    leader = await world.principal(world.org.leader);
  });
  after(() => world.close());
  beforeEach(() => {
    now = NOON;
  });

  /** Ratings of an agent on a day, as the daily row keeps them. */
  const rated = (agentId: number, date: string, count: number, mean: number) =>
    world.app.query(sql`insert into agent_performance_metrics (agent_id, date, interactions, messages_handled, rating_count, rating_sum)
      values (${agentId}, ${date}::date, ${count}, ${count}, ${count}, ${count * mean})`);
  const set = async (body: object): Promise<Goal> => {
    const answer = await call(world.app, 'createGoal', { as: world.org.leader, body: { agentId: world.org.agent.id, title: 'Friendlier', ...body } });
    expect(answer.status, answer.text).to.equal(201);
    return answer.body as Goal;
  };
  /** As the agent sees it, whenever that is: a token does not live as long. */
  const read = (id: string) => world.app.ctx.goals.get(agent, id);

  it('starts from what the metric is, and comes along with it, over 28 days', async () => {
    await rated(agent.agentId, '2027-03-04', 20, 4);
    await rated(agent.agentId, '2027-03-03', 500, 1); // a day too early to count
    const goal = await set({ metric: 'csat', targetValue: 4.5, dueDate: '2027-04-30' });
    expect(goal).to.deep.include({ startValue: 4, status: 'open', isOverdue: false });
    expect(goal.progress).to.deep.equal({ value: 4, n: 20, minimumN: 20, from: '2027-03-04', to: '2027-03-31', share: 0, isReached: false });
    await rated(agent.agentId, '2027-03-30', 60, 4.6);
    expect((await read(goal.id)).progress).to.deep.include({ value: 4.45, n: 80, share: 0.9, isReached: false });
  });

  it('tells when it has moved with the metric, the day or a session, and then once', async () => {
    const { org, app } = world;
    const heard = listen(await app.socket(org.agent.token));
    const stranger = listen(await app.socket(org.stranger.token));
    const goal = await set({ metric: 'csat', targetValue: 4.5, dueDate: '2027-03-31' });
    await set({});
    const news = async (announce: () => Promise<unknown> = () => app.ctx.goals.announceMoved()): Promise<Goal[]> => {
      await app.settled();
      const from = heard.length;
      await announce();
      await app.settled();
      return heard.slice(from).filter(({ name }) => name === 'goal:updated').map(({ payload }) => payload as Goal).filter(({ id }) => id === goal.id);
    };
    await news();
    expect(await news()).to.deep.equal([]);
    await rated(agent.agentId, '2027-03-29', 30, 5);
    await app.query(sql`update agent_performance_metrics set updated_at = ${new Date(now)} where agent_id = ${agent.agentId}`);
    const [moved, ...others] = await news(() => Promise.all([app.ctx.goals.announceMoved(), app.ctx.goals.announceMoved()]));
    expect([moved?.id, moved?.version, others]).to.deep.equal([goal.id, goal.version, []]);
    expect(moved?.progress).to.deep.equal((await read(goal.id)).progress).and.to.include({ isReached: true });
    expect(await news(), 'once').to.deep.equal([]);
    now += 86_400_000;
    expect((await news())[0]).to.include({ isOverdue: true });
    now = NOON;
    const { scheduling, steps } = app.ctx.coachingSessions;
    const by = { ...leader };
    let session = '';
    const [planned] = await news(async () => {
      session = (await scheduling.schedule(by, { agentId: agent.agentId, scheduledAt: '2027-04-02T09:00:00Z', goalIds: [goal.id] })).id;
    });
    expect(planned?.sessions).to.deep.equal([{ id: session, scheduledAt: '2027-04-02T09:00:00.000Z', status: 'scheduled' }]);
    expect((await news(() => steps.start(by, session)))[0]?.sessions.map(({ status }) => status)).to.deep.equal(['live']);
    expect((await news(() => scheduling.change(by, session, { goalIds: [] })))[0]?.sessions).to.deep.equal([]);
    expect(stranger.filter(({ name }) => name === 'goal:updated')).to.deep.equal([]);
    await app.query(sql`delete from agent_performance_metrics where date = '2027-03-29'`);
  });

  it('keeps the figure it was closed with, says when it is overdue, and starts anew when opened again', async () => {
    const goal = await set({ metric: 'csat', targetValue: 4.5, dueDate: '2027-03-31' });
    now += 86_400_000;
    expect(await read(goal.id)).to.include({ isOverdue: true });
    const change = (changes: GoalChanges) => world.app.ctx.goals.update(leader, goal.id, changes);
    const closed = await change({ status: 'missed', outcome: 'A hard month.' });
    expect(closed).to.deep.include({ status: 'missed', isOverdue: false, outcome: 'A hard month.', closedBy: { id: leader.agentId, name: 'Lena Leader' } });
    now += 7 * 86_400_000;
    await rated(agent.agentId, '2027-04-07', 200, 5);
    expect((await read(goal.id)).progress).to.deep.equal(closed.progress);
    const reopened = await change({ status: 'open', dueDate: '2027-05-31' });
    expect(reopened).to.deep.include({ status: 'open', closedAt: null, closedBy: null, outcome: null });
    expect(reopened.progress?.n).to.be.greaterThan(closed.progress?.n ?? 0);
  });

  it('lists open ones by their due date, then closed ones', async () => {
    const { colleague } = world.org;
    const titled = (title: string, rest: object) => set({ agentId: colleague.id, title, ...rest });
    await titled('no date', {});
    await titled('later', { dueDate: '2027-05-01' });
    const done = await titled('done', { dueDate: '2027-04-01' });
    await titled('sooner', { dueDate: '2027-04-02' });
    await call(world.app, 'updateGoal', { as: world.org.leader, params: { id: done.id }, body: { status: 'reached' } });
    const { body } = await call(world.app, 'listGoals', { as: colleague });
    expect((body as { data: Goal[] }).data.map((goal) => goal.title)).to.deep.equal(['sooner', 'later', 'no date', 'done']);
  });

  it('refuses values where nothing is measured, on creation and later', async () => {
    const goal = await set({});
    expect(goal.progress).to.equal(null);
    const refused = await call(world.app, 'updateGoal', { as: world.org.leader, params: { id: goal.id }, body: { startValue: 3 } });
    expect(refused.body).to.deep.include({ status: 422, code: 'not_measured', details: [{ path: '/body/startValue', message: 'needs a metric' }] });
  });

  it('names the sessions it was worked on in, latest first', async () => {
    const goal = await set({ title: 'Over several sessions' });
    const [first, second] = [newId(), newId()];
    for (const [id, day] of [[first, '2027-03-01'], [second, '2027-03-15'], [newId(), '2027-03-20']] as const) {
      await world.app.query(sql`insert into coaching_sessions (id, agent_id, team_leader_id, scheduled_at, goal_ids)
        values (${id}, ${agent.agentId}, ${leader.agentId}, ${`${day}T10:00:00Z`}, ${id === first || id === second ? [goal.id] : []}::uuid[])`);
    }
    expect((await read(goal.id)).sessions).to.deep.equal([
      { id: second, scheduledAt: '2027-03-15T10:00:00.000Z', status: 'scheduled' },
      { id: first, scheduledAt: '2027-03-01T10:00:00.000Z', status: 'scheduled' },
    ]);
  });

  it('refuses goals of others to a session', async () => {
    const [mine, theirs] = [await world.goal(agent.agentId), await world.goal(world.org.stranger.id)];
    const { uow, goals } = world.app.ctx;
    await uow.read((db) => goals.assertOf(db, [mine], [agent.agentId]));
    const refused: unknown = await uow.read((db) => goals.assertOf(db, [mine, theirs], [agent.agentId])).then(() => undefined, (error: unknown) => error);
    expect(refused).to.include({ status: 422, code: 'unknown_goal' });
  });
});
