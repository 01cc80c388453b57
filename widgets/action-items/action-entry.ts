import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { daysBetween } from '../shared/business-day.ts';
import { warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { commentIcon, linkIcon } from './action-icons.ts';
import { isClosed, isOverdue, type ActionItem, type Progress } from './actions-model.ts';
import { dayOf } from './days.ts';
import { progressLine } from './progress.ts';

export interface ActionEntryOptions {
  locale: Locale;
  item: ActionItem;
  progress: Progress | undefined;
  /** The business day it is. */
  today: string;
  open: boolean;
  fresh: boolean;
  /** What was done to it here has not arrived yet. */
  waits: boolean;
  /** Why the last step was not taken. */
  refused: string;
  tabIndex: '0' | '-1';
  /** Whether the list is about one person, whose name need not be repeated. */
  onePerson: boolean;
  /** Absent where somebody else is to do it. */
  tick: ((done: boolean) => void) | undefined;
  toggle: () => void;
  focused: () => void;
  /** What is shown of it when it is open. */
  below: () => TemplateResult;
}

/** One item: what, by when, how far, and a box to tick it off. */
export function actionEntry(options: ActionEntryOptions): TemplateResult {
  const { locale, item, open, tick } = options;
  const t = locale.t.bind(locale);
  const done = item.status === 'done';
  return html`<li class="entry ${open ? 'open' : ''} ${options.fresh ? 'fresh' : ''} ${isClosed(item) ? 'closed' : ''}" part="item" data-key=${item.id}>
    <input type="checkbox" class="tick" part="tick" tabindex="-1" aria-label=${t('actions.tick', { title: item.title })} title=${t('actions.tickTitle')}
      ?disabled=${!tick || item.status === 'cancelled'} .checked=${live(done)} @change=${() => tick?.(!done)} />
    <button type="button" class="head" data-action=${item.id} tabindex=${options.tabIndex} aria-expanded=${open ? 'true' : 'false'}
      aria-keyshortcuts="d" @click=${options.toggle} @focus=${options.focused}>
      <span class="title">${item.title}</span>
      <span class="facts">${facts(options)}</span>
      ${options.progress && !open && !isClosed(item) ? progressLine(locale, options.progress) : nothing}
    </button>
    ${options.refused ? html`<p class="problem" role="alert">${options.refused}</p>` : nothing}
    ${open ? html`<div class="detail">${options.below()}</div>` : nothing}
  </li>`;
}

function facts({ locale, item, today, onePerson, waits }: ActionEntryOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const whom = item.assignedTo === item.agentId ? t('actions.for', { name: item.agentName }) : t('actions.by', { name: item.agentName, assignee: item.assigneeName });
  const shown = onePerson && item.assignedTo === item.agentId ? nothing : html`<span class="who ellipsis">${whom}</span>`;
  return html`${dueWords(locale, item, today)}
    ${item.status === 'in_progress' ? html`<span class="doing">${t('actions.status.in_progress')}</span>` : nothing}
    ${item.priority === 'HIGH' && !isClosed(item) ? html`<span>${t('actions.priority.HIGH.long')}</span>` : nothing}
    ${shown}
    ${item.commentCount > 0 ? html`<span class="count" title=${t('actions.comments', { n: item.commentCount })}>${commentIcon(12)}${item.commentCount}<span class="sr">${t('actions.comments', { n: item.commentCount })}</span></span>` : nothing}
    ${item.evidenceCount > 0 ? html`<span class="count" title=${t('actions.evidence', { n: item.evidenceCount })}>${linkIcon(12)}${item.evidenceCount}<span class="sr">${t('actions.evidence', { n: item.evidenceCount })}</span></span>` : nothing}
    ${waits ? html`<span class="waits">${t('actions.notSent')}</span>` : nothing}`;
}

/** By when, in the words nearest to the day; too late by shape, colour and word. */
function dueWords(locale: Locale, item: ActionItem, today: string): TemplateResult {
  const t = locale.t.bind(locale);
  if (item.status === 'done') return html`<time datetime=${item.completedAt ?? item.updatedAt}>${t('actions.doneOn', { when: locale.shortDay(item.completedAt ?? item.updatedAt) })}</time>`;
  if (item.status === 'cancelled') return html`<time datetime=${item.updatedAt}>${t('actions.cancelledOn', { when: locale.shortDay(item.updatedAt) })}</time>`;
  const days = daysBetween(today, item.dueDate);
  const day = dayOf(locale, item.dueDate);
  if (isOverdue(item, today)) return html`<time class="late" datetime=${item.dueDate} title=${t('actions.due', { day })}>${warningShape()}${t('actions.lateBy', { n: -days })}</time>`;
  const words = days === 0 ? t('actions.dueToday') : days === 1 ? t('actions.dueTomorrow') : t('actions.due', { day: days < 7 ? locale.weekday(item.dueDate) : day });
  return html`<time class=${days <= 1 ? 'near' : ''} datetime=${item.dueDate} title=${t('actions.due', { day })}>${words}</time>`;
}
