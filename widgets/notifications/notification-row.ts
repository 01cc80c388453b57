import { html, nothing, type TemplateResult } from 'lit';
import { warningShape } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import '../shared/strings/inbox.ts';
import { kindIcons } from './inbox-icons.ts';
import { countOf, itemsOf, kindOf, saidHere, subjectOf, type Item, type Kind, type Told } from './notifications-model.ts';

export interface RowOptions {
  readonly locale: Locale;
  readonly told: Told;
  readonly tabIndex: '0' | '-1';
  /** Whether what it stands for is listed below it. */
  readonly expanded: boolean;
  readonly focused: () => void;
  /** Its own row, or one of what it stands for. */
  readonly open: (item: Told | Item) => void;
  readonly mark: () => void;
  readonly expand: () => void;
}

/** One thing that was told: what, when, whether it is read; and what it stands for, where it stands for many. */
export function notificationRow(options: RowOptions): TemplateResult {
  const { locale, told, tabIndex, focused, open, mark } = options;
  const unread = told.readAt === null;
  const kind = kindOf(told);
  const title = saidHere(told.title, told, locale);
  const label = unread ? locale.t('inbox.markRead') : locale.t('inbox.markUnread');
  return html`<li class="told ${unread ? 'unread' : ''} ${itemsOf(told).length > 0 ? 'many' : ''}" part="row" data-id=${told.id}>
    <button type="button" class="open kind-${kind}" tabindex=${tabIndex} data-open=${told.id} @click=${() => open(told)} @focus=${focused}>
      <span class="mark" aria-hidden="true">${shape(kind)}</span>
      <span class="what">
        <span class="head">
          ${unread ? html`<span class="sr">${locale.t('inbox.isUnread')}: </span>` : nothing}${severity(locale, kind)}
          <span class="title" part="title">${title}</span>
          <time class="quiet small" datetime=${told.updatedAt}>${locale.time(told.updatedAt)}</time>
        </span>
        ${itemsOf(told).length > 0 ? nothing : html`<span class="message" part="message">${saidHere(told.message, told, locale)}</span>`}
      </span>
    </button>
    <button type="button" class="plain icon read" part="read-button" aria-label="${label}: ${title}" title=${label} tabindex=${tabIndex} @click=${mark} @focus=${focused}>
      <span class="dot"></span>
    </button>
    ${itemsOf(told).length > 0 ? standsFor(options) : nothing}
  </li>`;
}

const shape = (kind: Kind): TemplateResult => (kind === 'warning' || kind === 'error' ? warningShape(13) : kindIcons[kind]());

/** Said in words as well: the shape alone is for those who see it. */
function severity(locale: Locale, kind: Kind): TemplateResult | typeof nothing {
  if (kind !== 'success' && kind !== 'warning' && kind !== 'error') return nothing;
  return html`<span class="sr">${locale.t(`inbox.kind.${kind}`)}: </span>`;
}

function standsFor({ locale, told, expanded, tabIndex, expand, open, focused }: RowOptions): TemplateResult {
  const items = itemsOf(told);
  const more = countOf(told) - items.length;
  return html`<div class="items">
    <button type="button" class="link" aria-expanded=${expanded ? 'true' : 'false'} tabindex=${tabIndex} @click=${expand} @focus=${focused}>
      ${expanded ? locale.t('inbox.fewer') : locale.t('inbox.items', { n: items.length })}
    </button>
    ${expanded
      ? html`<ul>
          ${items.map((item) => html`<li>${line(locale, told, item, open)}</li>`)}
          ${more > 0 ? html`<li class="quiet small">${locale.t('inbox.others', { n: more })}</li>` : nothing}
        </ul>`
      : nothing}
  </div>`;
}

/** By the reader's own clock; the day itself stands above the row. */
const sameDay = (a: string, b: string): boolean => new Date(a).toDateString() === new Date(b).toDateString();

function line(locale: Locale, told: Told, item: Item, open: RowOptions['open']): TemplateResult {
  const content = html`<span class="title">${saidHere(item.title, item, locale)}</span><time class="quiet small" datetime=${item.at}>${sameDay(item.at, told.updatedAt) ? locale.time(item.at) : locale.instant(item.at)}</time>`;
  if (!subjectOf(told.id, item)) return html`<span class="item">${content}</span>`;
  return html`<button type="button" class="plain item" @click=${() => open(item)}>${content}</button>`;
}
