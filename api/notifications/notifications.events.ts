import { defineEvent, rooms } from '../events/event.ts';

/** Something a person is to be told. `data` is for programs; its shape follows from `type`. */
export interface Notification {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * With an `agentId` in the audience, for those who lead that person's team at the time of delivery, and nobody above
 * them; with `userIds`, for these people.
 */
export const notification = defineEvent<Notification>({
  type: 'notification',
  aggregate: 'notification',
  deliveries: ({ payload, audience }, directory) => {
    const team = audience.agentId === undefined ? null : directory.teamOf(audience.agentId);
    const to = [...(team === null ? [] : [rooms.leadersOf(team)]), ...(audience.userIds ?? []).map(rooms.user)];
    return to.length === 0 ? [] : [{ rooms: to, payload }];
  },
});
