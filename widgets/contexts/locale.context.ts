import { createContext } from '@lit/context';
import type { Locale } from '../shared/locale.ts';

/** Words, numbers and times of the chosen language. */
export const localeContext = createContext<Locale>(Symbol.for('sideline.locale'));
