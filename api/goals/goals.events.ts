import { defineEvent, leadership, rooms } from '../events/event.ts';
import type { GoalView } from './goal.presenter.ts';

/** To the person and those who lead them. */
export const goalUpdated = defineEvent<GoalView>({
  type: 'goal:updated',
  aggregate: 'goal',
  deliveries: ({ payload }, directory) => [{ rooms: [...leadership(directory.teamOf(payload.agentId)), rooms.agent(payload.agentId)], payload }],
});
