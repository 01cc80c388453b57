import { svg, html, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';

export type OnlineStatus = components['schemas']['OnlineStatus'];

/** Order of statuses wherever they are counted or listed: who can be reached first. */
export const STATUSES = ['online', 'busy', 'away', 'offline'] as const satisfies readonly OnlineStatus[];

const shapes: Record<OnlineStatus, TemplateResult> = {
  online: svg`<circle cx="5" cy="5" r="4.5" fill="currentColor"/>`,
  busy: svg`<rect x="1" y="1" width="8" height="8" rx="1" fill="currentColor"/>`,
  away: svg`<circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" stroke-width="1.5"/><path d="M5 1a4 4 0 0 0 0 8z" fill="currentColor"/>`,
  offline: svg`<circle cx="5" cy="5" r="3.75" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
};

/** The status by shape and colour; the word stands beside it. */
export function statusShape(status: OnlineStatus, size = 10): TemplateResult {
  return html`<svg class="shape status-${status}" width=${size} height=${size} viewBox="0 0 10 10" aria-hidden="true">${shapes[status]}</svg>`;
}

const paths = {
  note: 'M3 13l.8-3 6.9-6.9a1.2 1.2 0 0 1 1.7 0l.5.5a1.2 1.2 0 0 1 0 1.7L6 12.2zM9.4 4.4l2.2 2.2',
  close: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M5 6.5l3 3 3-3',
  back: 'M9.5 4l-4 4 4 4',
  forward: 'M6.5 4l4 4-4 4',
  check: 'M3.5 8.5l3 3 6-7',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.5 10.5L14 14',
  lock: 'M4 7.5h8v6H4zM5.5 7.5V5.2a2.5 2.5 0 0 1 5 0v2.3',
  upload: 'M8 10.5V2.5M4.8 5.4L8 2.4l3.2 3M2.5 10.5v3h11v-3',
  file: 'M4 1.5h5.5L12.5 4.5v10H4zM9.5 1.5v3h3',
  tune: 'M2.5 5h7M12.5 5h1M2.5 11h1M6.5 11h7M11 3.3v3.4M5 9.3v3.4',
  equal: 'M3.5 6h9M3.5 10h9',
  dots: 'M3 8a.6.6 0 1 0 1.2 0 .6.6 0 0 0-1.2 0zM7.4 8a.6.6 0 1 0 1.2 0 .6.6 0 0 0-1.2 0zM11.8 8a.6.6 0 1 0 1.2 0 .6.6 0 0 0-1.2 0z',
  plus: 'M8 3.5v9M3.5 8h9',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  snooze: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8 4.8V8l2.2 1.6',
} as const;

export type IconName = keyof typeof paths;

/** A line icon in the text's colour; decoration only, the name stands in text or aria-label. */
export const icon = (name: IconName, size = 16): TemplateResult => lineIcon(paths[name], size);

/** The same of a path that one widget alone draws. */
export function lineIcon(path: string, size = 16): TemplateResult {
  return html`<svg width=${size} height=${size} viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${path}></path></svg>`;
}

/** The small triangle beside a time past its threshold, or a figure past its target. */
export function warningShape(size = 9): TemplateResult {
  return html`<svg class="shape warn" width=${size} height=${size} viewBox="0 0 10 10" aria-hidden="true"><path d="M5 .8L9.6 9.2H.4z" fill="currentColor"></path></svg>`;
}
