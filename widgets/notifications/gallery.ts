import { CannedProblem } from '../gallery/canned.ts';
import * as notificationFixtures from './notifications.fixtures.ts';
import { find, press } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const nothing = { data: [], meta: { total: 0, page: 1, limit: 20, totalPages: 0 } };

export const gallery: GalleryEntry = {
  widget: 'sideline-notifications',
  title: 'Notifications',
  load: () => import('./notifications.ts'),
  person: 'team_leader',
  attributes: { inline: '' },
  answers: {
    'GET /api/notifications': ({ query }) => notificationFixtures.notificationPage(query.get('unread') === 'true'),
    'GET /api/notifications/unread-count': () => ({ unread: notificationFixtures.notifications.filter(({ readAt }) => readAt === null).length }),
    'PUT /api/notifications/preferences': ({ body }) => ({ ...notificationFixtures.notificationPreferences, ...(body as object), version: 2 }),
    'GET /api/notifications/preferences': () => notificationFixtures.notificationPreferences,
    'PUT /api/notifications/{id}': ({ path, body }) => notificationFixtures.marked(path[0], body),
    'POST /api/notifications/read-all': () => ({ read: 3 }),
  },
  states: {
    populated: { shows: 'Message from Victor Lindqvist' },
    empty: { shows: 'Nothing here yet.', answers: { 'GET /api/notifications': () => nothing, 'GET /api/notifications/unread-count': () => ({ unread: 0 }) } },
  },
  more: {
    'burst-opened': { shows: 'Chiara Lombardi: away (Break)', play: (inbox) => press(inbox, '.items .link') },
    'all-read': {
      shows: 'You have read everything.',
      answers: { 'GET /api/notifications': ({ query }) => (query.get('unread') === 'true' ? nothing : notificationFixtures.notificationPage(false)), 'GET /api/notifications/unread-count': () => ({ unread: 0 }) },
      play: (inbox) => press(inbox, '.chip[aria-pressed="false"]'),
    },
    refused: {
      shows: 'Not marked.',
      answers: { 'PUT /api/notifications/{id}': () => refuse() },
      play: async (inbox) => {
        await press(inbox, '.unread .read');
        await find(inbox, '.problem');
      },
    },
    preferences: { shows: 'Requests for a session', play: (inbox) => press(inbox, '.settings') },
    'preferences-without-mail': {
      shows: 'Mails do not reach you',
      answers: { 'GET /api/notifications/preferences': () => ({ ...notificationFixtures.notificationPreferences, sendsMail: false, quietHours: null, quietDays: [] }) },
      play: (inbox) => press(inbox, '.settings'),
    },
    bell: { shows: '3', play: async (inbox) => void inbox.removeAttribute('inline') },
    'bell-opened': {
      shows: 'Message from Victor Lindqvist',
      play: async (inbox) => {
        inbox.removeAttribute('inline');
        await press(inbox, '.bell');
        await find(inbox, '.told');
      },
    },
  },
};

function refuse(): never {
  throw new CannedProblem(503, 'The database is away.');
}
