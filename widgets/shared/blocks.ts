import { html, nothing, type TemplateResult } from 'lit';
import type { ApiError } from './api-error.ts';
import type { Locale } from './locale.ts';
import type { MessageKey } from './strings.ts';

export interface Action {
  label: string;
  run: () => void;
}

/** Grey shapes where rows will stand, so that nothing moves when they come. */
export function skeleton(locale: Locale, rows: number, row: () => TemplateResult = personBone): TemplateResult {
  return html`<div class="skeleton" part="skeleton" role="status" aria-label=${locale.t('common.loading')}>
    ${Array.from({ length: rows }, row)}
  </div>`;
}

function personBone(): TemplateResult {
  return html`<div class="line"><span class="bone round"></span><span class="bone grow"></span><span class="bone short"></span></div>`;
}

/** Nothing is there: one sentence, one thing to do. */
export function empty(sentence: string, action?: Action): TemplateResult {
  return html`<div class="state" part="empty"><p>${sentence}</p>${action ? button(action) : nothing}</div>`;
}

const failures = {
  offline: ['state.offline.title', 'state.offline.body'],
  expired: ['state.expired.title', 'state.expired.body'],
  forbidden: ['state.forbidden.title', 'state.forbidden.body'],
  gone: ['state.gone.title', 'state.gone.body'],
} as const satisfies Partial<Record<ApiError['kind'], readonly [MessageKey, MessageKey]>>;

/** What happened, what was kept, what to do. */
export function failure(locale: Locale, error: ApiError, action?: Action): TemplateResult {
  const [title, text] = error.kind in failures ? failures[error.kind as keyof typeof failures] : failedKeys;
  const reference = error.requestId ? locale.t('state.reference', { id: error.requestId }) : nothing;
  return html`<div class="state" part="error" role="alert">
    <p class="strong">${locale.t(title)}</p>
    <p class="quiet">${locale.t(text, { detail: problemText(locale, error) })}</p>
    ${error.kind === 'failed' ? html`<p class="quiet small">${reference}</p>` : nothing}
    ${action && error.kind !== 'forbidden' && error.kind !== 'gone' ? button(action) : nothing}
  </div>`;
}

const failedKeys = ['state.failed.title', 'state.failed.body'] as const;

/** The server's own sentence where it gave one; what it says of a field may be the end of one ("is taken"). */
export function problemText(locale: Locale, error: ApiError): string {
  if (error.kind === 'offline') return locale.t('problem.network');
  if (error.kind === 'slow') return locale.t('problem.slow');
  const fields = error.details.some(({ message }) => /^[a-z]/.test(message)) ? '' : error.details.map(({ message }) => message).join(' ');
  return fields || error.message || locale.t('state.failed.title');
}

/** A slim bar above a widget: offline, what waits, how old the data is. */
export function bar(text: string, { info = false, action }: { info?: boolean; action?: Action | undefined } = {}): TemplateResult {
  return html`<div class="bar ${info ? 'info' : ''}" part="bar" role="status">
    <span>${text}</span>
    ${action ? html`<button class="link end" type="button" @click=${action.run}>${action.label}</button>` : nothing}
  </div>`;
}

function button({ label, run }: Action): TemplateResult {
  return html`<button type="button" @click=${run}>${label}</button>`;
}
