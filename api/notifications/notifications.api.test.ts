import { expect } from 'chai';
import { listen, type Heard } from '../../test/harness/listener.ts';
import { startSmtp, type TestSmtp } from '../../test/harness/smtp.ts';
import { contractChecker } from '../../test/harness/contract-checker.ts';
import { startWorld, type World } from '../../test/harness/world.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import { NOTIFICATION_TYPES } from './notification-types.ts';
import type { Notification } from './notifications.events.ts';
import type { NewNotification } from './notifications.service.ts';

const MINUTE = 60_000;
const system = systemPrincipal('test');

describe('Notifications', function () {
  this.timeout(30_000);
  const clock = { at: Date.now(), now: () => new Date(clock.at) };
  let smtp: TestSmtp;
  let world: World;

  before(async () => {
    smtp = await startSmtp();
    world = await startWorld('notifications', { JWT_EXPIRY: '30d', SMTP_URL: smtp.url, MAIL_FROM: 'Sideline <coaching@desk.example.test>' }, { clock });
  });
  after(async () => {
    await world.close();
    await smtp.close();
  });

  const notify = (told: Partial<NewNotification> = {}): Promise<number[]> =>
    world.app.ctx.uow.write(system, (tx) => world.app.ctx.notifications.notify(tx, { to: { userIds: [world.org.agent.id] }, type: 'info', title: 'Hello', message: 'There is something.', data: {}, ...told }));
  const presence = (n: number, to: number): Promise<number[]> => {
    const data = { agentId: n, agentName: `Agent ${n}`, teamId: world.org.team.id, intervalId: world.org.team.id, status: 'away', reason: null, reasonCode: null, since: new Date(clock.at).toISOString(), thresholdMinutes: 15 };
    return notify({ to: { userIds: [to] }, type: 'presence_threshold', title: `Agent ${n}: away`, message: `Agent ${n} is away.`, data });
  };
  const stored = (id: number) => world.app.query(sql<{ id: string; type: string; title: string }>`select id, type, title from notifications where recipient_id = ${id} order by created_at, id`);
  const notificationsIn = (heard: readonly Heard[]): Notification[] => heard.filter(({ name }) => name === 'notification').map(({ payload }) => payload as Notification);

  it('are stored for whom they are meant, and told to them alone, under the id of the stored one', async () => {
    const [mine, others] = [listen(await world.app.socket(world.org.agent.token)), listen(await world.app.socket(world.org.admin.token))];
    expect(await notify({ data: { ticketId: 'T-1' } })).to.deep.equal([world.org.agent.id]);
    await world.app.settled();
    const [row] = await stored(world.org.agent.id);
    expect(notificationsIn(mine)).to.deep.equal([{ id: row?.id, type: 'info', title: 'Hello', message: 'There is something.', data: { ticketId: 'T-1' } }]);
    expect(notificationsIn(others)).to.deep.equal([]);
  });

  it('go to those who lead somebody’s team today, who are still there, and not to the person', async () => {
    const { leader, otherLeader, agent, team } = world.org;
    const second = await world.someone('team_leader');
    await world.app.ctx.teams.update(system, team.id, { leaderIds: [leader.id, second] });
    expect(await notify({ to: { leadersOf: agent.id } })).to.have.members([leader.id, second]);
    expect(await notify({ to: { leadersOf: world.org.stranger.id } })).to.deep.equal([otherLeader.id]);
    expect(await notify({ to: { leadersOf: second } }), 'not of oneself').to.deep.equal([leader.id]);
    await world.app.ctx.agents.update(system, second, { isActive: false });
    expect(await notify({ to: { leadersOf: agent.id } })).to.deep.equal([leader.id]);
    expect(await notify({ to: { userIds: [second] } })).to.deep.equal([]);
  });

  it('are told once of one thing, by however many at once', async () => {
    const id = await world.someone();
    const told = await Promise.all(Array.from({ length: 5 }, () => notify({ to: { userIds: [id] }, dedupeKey: 'action:1:due' })));
    expect(told.flat()).to.deep.equal([id]);
    expect(await notify({ to: { userIds: [id] }, dedupeKey: 'action:2:due' })).to.deep.equal([id]);
    expect(await stored(id)).to.have.length(2);
  });

  it('are a burst from the fourth unread one of a type on, until it is read', async () => {
    const { id, token } = await world.app.people.person('cs');
    const heard = listen(await world.app.socket(token));
    for (let n = 1; n <= 50; n++) await presence(n, id);
    const rows = await stored(id);
    expect(rows.map(({ type, title }) => [type, title])).to.deep.equal([
      ...[1, 2, 3].map((n) => ['presence_threshold', `Agent ${n}: away`]),
      ['burst', 'More people over the time of their status (47)'],
    ]);
    await world.app.settled();
    const last = notificationsIn(heard).at(-1);
    expect(last).to.include({ id: rows[3]?.id, message: 'Agent 50 is away.' });
    expect(last?.data).to.include({ of: 'presence_threshold', count: 47 });
    expect((last?.data['items'] as { title: string }[]).map(({ title }) => title)).to.deep.equal(Array.from({ length: 20 }, (_, i) => `Agent ${50 - i}: away`));
    await world.app.query(sql`update notifications set read_at = now() where recipient_id = ${id}`);
    await presence(51, id);
    expect((await stored(id)).map(({ type }) => type).at(-1), 'read, so a new one').to.equal('presence_threshold');
  });

  it('that come one by one over hours are no burst, and messages of people never are', async () => {
    const id = await world.someone();
    for (let n = 1; n <= 5; n++) {
      await presence(n, id);
      clock.at += 31 * MINUTE;
    }
    for (let n = 1; n <= 5; n++) await notify({ to: { userIds: [id] }, type: 'warning' });
    expect((await stored(id)).map(({ type }) => type)).to.not.include('burst');
  });

  it('of many at once are counted, not lost', async () => {
    const id = await world.someone();
    await Promise.all(Array.from({ length: 20 }, (_, n) => presence(n + 1, id)));
    const [sum] = await world.app.query(sql<{ n: number }>`select sum(coalesce((data->>'count')::int, 1))::int as n from notifications where recipient_id = ${id}`);
    expect(sum?.n).to.equal(20);
  });

  it('have a schema of their data by their type, each', () => {
    const schemas = (contractChecker().contract.document['components'] as { schemas: Record<string, { allOf?: { if: { properties: { type: { const: string } } } }[] }> }).schemas;
    const described = schemas['NotificationDataByType']?.allOf?.map((rule) => rule.if.properties.type.const);
    expect(described).to.have.members([...Object.keys(NOTIFICATION_TYPES), 'burst', 'digest']);
  });

  it('are refused by the contract when their data is not that of their type', () => {
    const event = { id: world.org.team.id, type: 'presence_threshold', title: 'x', message: 'y', data: { agentId: 1 } };
    expect(contractChecker().eventFaults('notification', event).join()).to.contain('agentName');
    expect(contractChecker().eventFaults('notification', { ...event, type: 'info' })).to.deep.equal([]);
    expect(contractChecker().eventFaults('notification', { ...event, type: 'Not A Type' })).to.not.deep.equal([]);
  });
});
