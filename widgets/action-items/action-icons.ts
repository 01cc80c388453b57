import { html, type TemplateResult } from 'lit';

/** Icons that no other widget needs, in the manner of the shared ones. */
const drawn = (path: string, size: number): TemplateResult => html`<svg width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${path}></path></svg>`;

export const commentIcon = (size: number): TemplateResult => drawn('M3 3.5h10v7H7.5L5 13v-2.5H3z', size);
export const linkIcon = (size: number): TemplateResult => drawn('M6.8 9.2a2.3 2.3 0 0 0 3.3 0l2.2-2.2A2.3 2.3 0 0 0 9 3.7l-.9.9M9.2 6.8a2.3 2.3 0 0 0-3.3 0L3.7 9A2.3 2.3 0 0 0 7 12.3l.9-.9', size);
