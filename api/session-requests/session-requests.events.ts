import { defineEvent, leadership, rooms } from '../events/event.ts';
import type { SessionRequestView } from './session-request.presenter.ts';

/** To the person and those who lead them. */
export const sessionRequestUpdated = defineEvent<SessionRequestView>({
  type: 'sessionRequest:updated',
  aggregate: 'session_request',
  deliveries: ({ payload }, directory) => [{ rooms: [...leadership(directory.teamOf(payload.agentId)), rooms.agent(payload.agentId)], payload }],
});
