import { defineEvent, rooms } from '../events/event.ts';

/** Something a person is told. `data` is for programs; its shape follows from `type`. */
export interface Notification {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** For those who are told, and nobody else. */
export const notification = defineEvent<Notification>({
  type: 'notification',
  aggregate: 'notification',
  deliveries: ({ payload, audience }) => [{ rooms: (audience.userIds ?? []).map(rooms.user), payload }],
});
