import { defineEvent, leadership, rooms } from '../events/event.ts';

/** A person's leave changed; the list is fetched again by those who look at it. */
export const absenceChanged = defineEvent<{ agentId: number }>({
  type: 'absence:changed',
  aggregate: 'agent',
  deliveries: ({ payload }, directory) => [
    { rooms: [...leadership(directory.teamOf(payload.agentId)), rooms.agent(payload.agentId)], payload },
  ],
});
