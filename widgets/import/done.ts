import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import type { Import } from './import-model.ts';

export interface DoneDeeds {
  another: () => void;
  /** The queue as the last of these days left it. */
  openQueue: (asOf: string) => void;
  /** The business day it is, `YYYY-MM-DD`. */
  today: string;
  undo: () => void;
}

/** What changed, and the one thing most people want next: the queue as these rows leave it. */
export function doneView(locale: Locale, item: Import, { another, openQueue, today, undo }: DoneDeeds): TemplateResult {
  const t = locale.t.bind(locale);
  const { rows: _rows, ...counts } = item.counts;
  // Of what is due ahead there is no queue yet.
  const lastDay = item.period && item.period.to <= today ? item.period.to : undefined;
  return html`<div class="done" part="done">
    <h3>${icon('check')}${t('import.done', { name: item.fileName })}</h3>
    <p>${t('import.doneCounts', counts)}</p>
    ${lastDay
      ? html`<p class="quiet">${t('import.nextQueue', { day: locale.day(lastDay) })}</p>
          <button type="button" class="primary" @click=${() => openQueue(lastDay)}>${t('import.openQueue', { day: locale.day(lastDay) })}</button>`
      : nothing}
    <div class="next"><button type="button" @click=${another}>${t('import.another')}</button> <button type="button" class="plain undo" @click=${undo}>${t('import.undo')}</button></div>
  </div>`;
}

/** What is as it was before. */
export function undoneView(locale: Locale, item: Import, another: () => void): TemplateResult {
  return html`<div class="done" part="done">
    <h3>${icon('check')}${locale.t('import.undone', { name: item.fileName })}</h3>
    <p>${locale.t('import.undoneText')}</p>
    <button type="button" @click=${another}>${locale.t('import.another')}</button>
  </div>`;
}

/** An import that came to nothing, and the way on. */
export function endedView(locale: Locale, item: Import, another: () => void): TemplateResult {
  const t = locale.t.bind(locale);
  const text = item.status === 'failed' ? t('import.failed', { detail: item.error?.message ?? '' }) : item.status === 'discarded' ? t('import.gone') : t('import.stopped', { name: item.fileName });
  return html`<div class="state" role=${item.status === 'failed' ? 'alert' : 'status'}><p>${text}</p><button type="button" @click=${another}>${t('import.another')}</button></div>`;
}
