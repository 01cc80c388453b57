import { createContext } from '@lit/context';
import type { Outbox } from '../controllers/outbox.ts';

/** What was written offline and waits to be sent. */
export const outboxContext = createContext<Outbox | undefined>(Symbol.for('sideline.outbox'));
