import { sql } from '../../api/db/db.ts';
import { DEFAULT_PREFERENCES } from '../../api/notifications/preferences.ts';
import type { World } from '../harness/world.ts';
import { personOfNobody, type Scenarios } from './scenario.ts';

/** Something everybody of the cast has not read yet; answers whose is which. */
async function told({ app, org, next }: World): Promise<ReadonlyMap<number, string>> {
  const { admin, manager, leader, agent, viewer } = org;
  const userIds = [admin, manager, leader, agent, viewer].map(({ id }) => id);
  const dedupeKey = `scenario:${next()}`;
  await app.ctx.uow.write(await principalOf(app, admin.token), (tx) => app.ctx.notifications.notify(tx, { to: { userIds }, type: 'info', title: 'Hello', message: dedupeKey, data: {} }));
  const rows = await app.query(sql<{ id: string; of: number }>`select id, recipient_id as of from notifications where message = ${dedupeKey}`);
  return new Map(rows.map(({ id, of }) => [of, id]));
}

const principalOf = async (app: World['app'], token: string) => (await app.ctx.authenticator.token(token)).principal;

const chosen = { ...DEFAULT_PREFERENCES, groups: { ...DEFAULT_PREFERENCES.groups, messages: { inApp: 'now', email: 'never' } } };

export const notificationsScenarios: Scenarios = {
  listNotifications: {
    valid: async (world) => {
      await told(world);
      return { as: world.org.agent, query: { unread: true, group: 'messages', limit: 5 } };
    },
  },
  sendNotification: {
    valid: ({ org, next }) => ({ as: org.leader, body: { userId: org.agent.id, type: 'success', message: `Well done, ${next()}.`, data: { ticketId: 'T-1' } } }),
    cases: [
      { status: 201, when: 'what goes along is no object', request: ({ org }) => ({ as: org.manager, body: { userId: org.viewer.id, type: 'info', message: 'Hello.', data: ['a', 1] } }) },
      { status: 404, when: 'nobody has the id', request: ({ org }) => ({ as: org.admin, body: { userId: personOfNobody, type: 'info', message: 'Hello.' } }) },
      { status: 404, when: 'it is somebody of another team', request: ({ org }) => ({ as: org.leader, body: { userId: org.stranger.id, type: 'info', message: 'Hello.' } }) },
      { status: 422, when: 'too much goes along', request: ({ org }) => ({ as: org.leader, body: { userId: org.agent.id, type: 'info', message: 'Hello.', data: 'x'.repeat(8001) } }) },
      {
        status: 409,
        when: 'the person is not active any more',
        request: async (world) => {
          const id = await world.someone();
          await world.app.ctx.agents.update(await world.principal(world.org.admin), id, { isActive: false });
          return { as: world.org.admin, body: { userId: id, type: 'warning', message: 'Hello.' } };
        },
      },
    ],
    about: { request: ({ next }, { id }) => ({ body: { userId: id, type: 'info', message: `Number ${next()}.` } }) },
  },
  countUnreadNotifications: { valid: ({ org }) => ({ as: org.agent }) },
  readAllNotifications: {
    valid: async (world) => {
      await told(world);
      return { as: world.org.agent };
    },
  },
  markNotification: {
    valid: async (world) => ({ as: world.org.agent, params: { id: (await told(world)).get(world.org.agent.id) ?? '' }, body: { read: true } }),
    cases: [{ status: 404, when: 'it is somebody else’s', request: async (world) => ({ as: world.org.admin, params: { id: (await told(world)).get(world.org.agent.id) ?? '' }, body: { read: true } }) }],
    about: {
      request: async (world, _subject, by) => ({ params: { id: (await told(world)).get(by.id) ?? '' }, body: { read: true } }),
    },
  },
  getNotificationPreferences: { valid: ({ org }) => ({ as: org.agent }) },
  updateNotificationPreferences: {
    valid: ({ org }) => ({ as: org.agent, body: { ...chosen, timezone: 'Europe/Berlin', digestAt: '17:30', quietHours: { from: '20:00', to: '07:00' }, quietDays: [6, 7] } }),
    cases: [
      { status: 422, when: 'there is no such time zone', request: ({ org }) => ({ as: org.agent, body: { ...chosen, timezone: 'Europe/Atlantis' } }) },
      { status: 422, when: 'the quiet hours have no length', request: ({ org }) => ({ as: org.agent, body: { ...chosen, quietHours: { from: '08:00', to: '08:00' } } }) },
      { status: 400, when: 'messages of people are to be kept from being shown', request: ({ org }) => ({ as: org.agent, body: { ...chosen, groups: { ...chosen.groups, messages: { inApp: 'never', email: 'now' } } } }) },
    ],
  },
};
