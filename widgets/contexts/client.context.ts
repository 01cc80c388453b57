import { createContext } from '@lit/context';
import type { SidelineClient } from '../provider/client.ts';

/** The typed API client; undefined until a provider has one. Keyed globally so that two bundles on a page meet. */
export const clientContext = createContext<SidelineClient | undefined>(Symbol.for('sideline.client'));
