import { createContext } from '@lit/context';

/** `auto` follows the `color-scheme` the page gives the element. */
export type Appearance = 'auto' | 'light' | 'dark';

export const themeContext = createContext<Appearance>(Symbol.for('sideline.theme'));
