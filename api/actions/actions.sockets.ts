import { integerId, type SocketHandler } from '../realtime/socket-handler.ts';

export const actionsSocketHandlers: readonly SocketHandler[] = [
  {
    event: 'actionItem:create',
    twin: 'createActionItem',
    toRequest: ({ agentId, assignedTo, ...rest }) => ({
      body: {
        ...rest,
        ...(agentId === undefined ? {} : { agentId: integerId(agentId) }),
        ...(assignedTo === undefined ? {} : { assignedTo: integerId(assignedTo) }),
      },
    }),
  },
];
