import { defineEvent, rooms, type Delivery, type StoredEvent } from '../events/event.ts';

/** Something a person is told. `data` is for programs; its shape follows from `type`. */
export interface Notification {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** For those who are told, and nobody else. */
const toThem = ({ payload, audience }: StoredEvent): Delivery[] => [{ rooms: (audience.userIds ?? []).map(rooms.user), payload }];

export const notification = defineEvent<Notification>({ type: 'notification', aggregate: 'notification', deliveries: toThem });

/** Marked as read, or as unread again: by the person, for their other windows. */
export const notificationRead = defineEvent<{ readonly ids: readonly string[]; readonly readAt: string | null }>({
  type: 'notification:read',
  aggregate: 'notification',
  deliveries: toThem,
});

export const preferencesUpdated = defineEvent<unknown>({
  type: 'notification:preferences-updated',
  aggregate: 'notification_preferences',
  deliveries: toThem,
});
