import type { components } from '../../api/http/contract.types.ts';
import { minutesAgo, NAMES } from '../gallery/fixtures.ts';

type Schemas = components['schemas'];
type Told = Schemas['StoredNotification'];

const told = (n: number, minutes: number, fields: Partial<Told>): Told => ({
  id: `01890000-0000-7000-8000-0000000005${String(n).padStart(2, '0')}`, type: 'info', title: '', message: '', data: {}, from: null, readAt: minutes > 200 ? minutesAgo(minutes - 20) : null,
  createdAt: minutesAgo(minutes), updatedAt: minutesAgo(minutes), ...fields,
});

const overTime = (id: number, minutes: number): Schemas['NotificationItem'] => ({
  type: 'presence_threshold', title: `${NAMES[id - 1] ?? ''}: away (Break)`, message: `${NAMES[id - 1] ?? ''} has been away (Break) for more than 15 minutes.`, data: { agentId: id }, at: minutesAgo(minutes),
});

export const notifications: readonly Told[] = [
  told(1, 4, { type: 'burst', title: 'More people over the time of their status (7)', message: overTime(3, 4).message, data: { of: 'presence_threshold', count: 7, items: [overTime(3, 4), overTime(5, 9), overTime(8, 12)] } }),
  told(2, 31, { type: 'warning', title: 'Message from Victor Lindqvist', message: 'The billing system is slow today; please tell your team to promise callbacks, not answers.', from: { id: 902, name: 'Victor Lindqvist' } }),
  told(3, 95, { type: 'session_requested', title: 'Amara Okafor asks for a session', message: 'About calls that are passed on.', data: { requestId: '01890000-0000-7000-8000-000000000601', agentId: 1 }, from: { id: 1, name: 'Amara Okafor' } }),
  told(4, 1500, { type: 'action_done', title: 'Benjamin Frost is done with “Say what you are looking up”', message: 'With two calls as evidence.', data: { actionItemId: '01890000-0000-7000-8000-000000000602', agentId: 2 } }),
  told(5, 1560, { type: 'presence_threshold', title: 'Daniel Petrov: busy', message: 'Daniel Petrov has been busy for more than 30 minutes.', data: { agentId: 4 } }),
  told(6, 4500, { type: 'success', title: 'Message from Victor Lindqvist', message: 'Your team has met its target three weeks in a row.', from: { id: 902, name: 'Victor Lindqvist' } }),
];

export const notificationPage = (unread: boolean): Schemas['NotificationPage'] => {
  const data = notifications.filter(({ readAt }) => !unread || readAt === null);
  return { data, meta: { total: data.length, page: 1, limit: 20, totalPages: 1 } };
};

export const marked = (id: string | undefined, body: unknown): Told => ({
  ...(notifications.find((row) => row.id === id) ?? told(9, 1, {})), readAt: (body as { read: boolean }).read ? minutesAgo(0) : null,
});

export const notificationPreferences: Schemas['NotificationPreferencesState'] = {
  timezone: 'Europe/Berlin', digestAt: '08:00', quietHours: { from: '20:00', to: '07:00' }, quietDays: [6, 7], defaultTimezone: 'UTC', sendsMail: true, version: 1,
  groups: {
    sessions: { inApp: 'now', email: 'now' }, actions: { inApp: 'now', email: 'digest' }, requests: { inApp: 'now', email: 'digest' }, goals: { inApp: 'now', email: 'digest' },
    notes: { inApp: 'now', email: 'digest' }, presence: { inApp: 'digest', email: 'never' }, messages: { inApp: 'now', email: 'digest' },
  },
};
