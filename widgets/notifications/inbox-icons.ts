import type { TemplateResult } from 'lit';
import { icon, lineIcon } from '../shared/icons.ts';
import type { Kind } from './notifications-model.ts';

const CALENDAR = 'M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v3M10.5 2.5v3';
const MESSAGE = 'M2.5 3.5h11v7.5H7.2L4.5 13.5V11h-2z';
const TARGET = 'M8 13.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM8 10.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z';

export const bellIcon = (): TemplateResult => lineIcon('M3.2 11.5h9.6L11.6 9.8V7a3.6 3.6 0 0 0-7.2 0v2.8zM6.6 13.4a1.5 1.5 0 0 0 2.8 0');

/** What a notification is about, at a glance; it is said in words as well. */
export const kindIcons: Readonly<Record<Exclude<Kind, 'warning' | 'error'>, () => TemplateResult>> = {
  sessions: () => lineIcon(CALENDAR),
  actions: () => icon('check'),
  requests: () => lineIcon(CALENDAR),
  goals: () => lineIcon(TARGET),
  notes: () => icon('note'),
  presence: () => icon('snooze'),
  info: () => lineIcon(MESSAGE),
  success: () => icon('check'),
};
