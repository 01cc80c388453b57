import { defineEvent } from '../events/event.ts';

/** A mail waits to be sent. Only the worker hears it. */
export const mailQueued = defineEvent<{ mailId: string }>({ type: 'mail:queued', aggregate: 'mail', deliveries: () => [] });
