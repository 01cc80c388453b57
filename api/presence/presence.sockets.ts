import { integerId, type SocketHandler } from '../realtime/socket-handler.ts';

export const presenceSocketHandlers: readonly SocketHandler[] = [
  {
    event: 'status:update',
    twin: 'updateAgentStatus',
    // Without an `agentId` it is the caller's own status.
    toRequest: ({ agentId, ...body }) => ({ body, ...(agentId === undefined ? {} : { params: { id: integerId(agentId) } }) }),
    forCaller: (principal, given) => (given['id'] === undefined ? { id: principal.agentId } : {}),
  },
];
