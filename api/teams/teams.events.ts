import { defineEvent, leadership, rooms } from '../events/event.ts';
import type { TeamView } from './team.presenter.ts';

export const teamCreated = defineEvent<TeamView>({
  type: 'team:created',
  aggregate: 'team',
  deliveries: ({ payload }) => [{ rooms: [rooms.everyone], payload }],
});

/** Name, department, leaders or members changed. The old and new leaders see other rows from now on. */
export const teamUpdated = defineEvent<TeamView>({
  type: 'team:updated',
  aggregate: 'team',
  deliveries: ({ payload }) => [{ rooms: [rooms.everyone], payload }],
  affectsPrincipals: ({ payload, audience }) => [...payload.leaders.map((leader) => leader.id), ...(audience.userIds ?? [])],
});

export const teamSettingsUpdated = defineEvent<{ teamId: string; version: number }>({
  type: 'team:settings-updated',
  aggregate: 'team',
  deliveries: ({ payload }) => [{ rooms: leadership(payload.teamId), payload }],
});
