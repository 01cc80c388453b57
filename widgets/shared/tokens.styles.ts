import { unsafeCSS } from 'lit';
import tokens from './tokens.css?inline';

/** The tokens as a constructable sheet: allowed by `style-src 'self'`, shared by every shadow root. */
export const tokenStyles = unsafeCSS(tokens);
