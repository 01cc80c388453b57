import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import type { InboxService } from './inbox.service.ts';
import { presentNotification, presentPreferences } from './notification.presenter.ts';
import type { PreferencesService } from './preferences.service.ts';

export type NotificationsOperations =
  | 'listNotifications' | 'sendNotification' | 'countUnreadNotifications' | 'readAllNotifications' | 'markNotification'
  | 'getNotificationPreferences' | 'updateNotificationPreferences';

export const notificationsRoutes = (inbox: InboxService, preferences: PreferencesService) =>
  defineHandlers<NotificationsOperations>({
    listNotifications: async ({ principal, query: { page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await inbox.list(principal, filters, page, limit);
      return { status: 200, body: { data: rows.map(presentNotification), meta: pageMeta(total, page, limit) } };
    },
    sendNotification: async ({ principal, body }) => ({ status: 201, body: await inbox.send(principal, body) }),
    countUnreadNotifications: async ({ principal }) => ({ status: 200, body: { unread: await inbox.countUnread(principal) } }),
    readAllNotifications: async ({ principal }) => ({ status: 200, body: { read: await inbox.markAll(principal) } }),
    markNotification: async ({ principal, params, body }) => ({ status: 200, body: presentNotification(await inbox.mark(principal, params.id, body.read)) }),
    getNotificationPreferences: async ({ principal }) => {
      const state = await preferences.get(principal);
      return { status: 200, body: presentPreferences(state), headers: etag(state.version) };
    },
    updateNotificationPreferences: async ({ principal, body, headers }) => {
      const state = await preferences.update(principal, body, expectedVersion(headers));
      return { status: 200, body: presentPreferences(state), headers: etag(state.version) };
    },
  });
