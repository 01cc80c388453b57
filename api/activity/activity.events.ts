import { defineEvent, leadership, rooms } from '../events/event.ts';
import type { ActivityRow } from './activity.repository.ts';

/** For those who may read it by HTTP: the person and whoever leads them. */
export const agentActivity = defineEvent<ActivityRow>({
  type: 'agent_activity',
  aggregate: 'agent',
  deliveries: ({ payload }, directory) => [{ rooms: [...leadership(directory.teamOf(payload.agentId)), rooms.agent(payload.agentId)], payload }],
});
