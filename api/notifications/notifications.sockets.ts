import { integerId, type SocketHandler } from '../realtime/socket-handler.ts';

export const notificationsSocketHandlers: readonly SocketHandler[] = [
  {
    event: 'notification:send',
    twin: 'sendNotification',
    toRequest: ({ userId, ...rest }) => ({ body: { ...rest, ...(userId === undefined ? {} : { userId: integerId(userId) }) } }),
  },
];
