import { actionsSocketHandlers } from './actions/actions.sockets.ts';
import { notesSocketHandlers } from './notes/notes.sockets.ts';
import { notificationsSocketHandlers } from './notifications/notifications.sockets.ts';
import { presenceSocketHandlers } from './presence/presence.sockets.ts';
import type { AnySocketHandler } from './realtime/socket-handler.ts';
import { liveSocketHandlers } from './sessions/live/live.sockets.ts';

/** Every client → server message of every room. */
export const socketHandlers: readonly AnySocketHandler[] = [...notesSocketHandlers, ...actionsSocketHandlers, ...notificationsSocketHandlers, ...presenceSocketHandlers, ...liveSocketHandlers];
