import { createContext } from '@lit/context';
import type { Realtime } from '../provider/realtime.ts';

/** The live connection; it opens when the first widget listens. */
export const realtimeContext = createContext<Realtime | undefined>(Symbol.for('sideline.realtime'));
