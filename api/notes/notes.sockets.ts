import { integerId, type SocketHandler } from '../realtime/socket-handler.ts';

export const notesSocketHandlers: readonly SocketHandler[] = [
  {
    event: 'quickNote:create',
    twin: 'createQuickNote',
    toRequest: ({ agentId, ...rest }) => ({ body: { ...rest, ...(agentId === undefined ? {} : { agentId: integerId(agentId) }) } }),
  },
];
