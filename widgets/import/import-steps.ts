import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { pace, type Import, type Progress } from './import-model.ts';

const SHOWN_BLOCKERS = 5;

/** Imports to go on with: one that was staged before the page was closed is not lost. */
export function recentList(locale: Locale, items: readonly Import[], open: (id: string) => void): TemplateResult {
  return html`<h3 class="section-title">${locale.t('import.recent')}</h3>
    <ul class="recent">
      ${items.map((item) => html`<li>
        <span class="ellipsis">${item.fileName}</span><span class="quiet small">${locale.t(`import.status.${item.status}`)}</span>
        <button type="button" class="link" aria-label=${`${locale.t('import.open', { name: item.fileName })}, ${locale.t('import.rows', { n: item.counts.rows })}`}
          @click=${() => open(item.id)}>${locale.t('import.rows', { n: item.counts.rows })}</button>
      </li>`)}
    </ul>`;
}

/** Which file this is, how large, and which days it covers. */
export function fileHeader(locale: Locale, item: Import, discard: () => void): TemplateResult {
  const facts = [
    item.counts.rows > 0 ? locale.t('import.rows', { n: item.counts.rows }) : '',
    item.period ? locale.t('import.period', { from: locale.day(item.period.from), to: locale.day(item.period.to) }) : '',
    item.mapping?.sheet ? locale.t('import.sheet', { name: item.mapping.sheet }) : '',
  ];
  return html`<div class="file" part="file">
    ${icon('file')}
    <div><h2 class="ellipsis">${item.fileName}</h2><p class="quiet small">${facts.filter(Boolean).join(' · ')}</p></div>
    ${item.status === 'staged' ? html`<button type="button" class="plain" @click=${discard}>${locale.t('import.discard')}</button>` : nothing}
  </div>`;
}

/** @param since when the work began, ms since the epoch */
export function progressView(locale: Locale, progress: Progress, since: number): TemplateResult {
  const known = progress.rows > 0 ? pace(progress, Date.now() - since) : undefined;
  const phase = locale.t(`import.phase.${progress.phase}`);
  return html`<div class="progress" role="status" aria-live="polite">
    <p>${phase}</p>
    <progress max="100" value=${progress.phase === 'waiting' ? nothing : progress.percent} aria-label=${phase}></progress>
    <p class="quiet small">
      ${known ? `${locale.t('import.pace', { n: progress.rows, speed: known.speed })}, ${locale.t('import.left', { time: locale.elapsed(known.left) })}` : nothing}&nbsp;
    </p>
  </div>`;
}

/** What changed, and the one thing most people want next: the queue as these rows leave it. */
export function doneView(locale: Locale, item: Import, another: TemplateResult, { openQueue, undo }: { openQueue: (asOf: string) => void; undo: () => void }): TemplateResult {
  const { rows: _rows, ...counts } = item.counts;
  const lastDay = item.period?.to;
  return html`<div class="done" part="done">
    <h3>${icon('check')}${locale.t('import.done', { name: item.fileName })}</h3>
    <p>${locale.t('import.doneCounts', counts)}</p>
    ${lastDay
      ? html`<p class="quiet">${locale.t('import.nextQueue', { day: locale.day(lastDay) })}</p>
          <button type="button" class="primary" @click=${() => openQueue(lastDay)}>${locale.t('import.openQueue', { day: locale.day(lastDay) })}</button>`
      : nothing}
    <div class="next">${another} <button type="button" class="plain" @click=${undo}>${locale.t('import.undo')}</button></div>
  </div>`;
}

/** What is as it was before. */
export function undoneView(locale: Locale, item: Import, another: TemplateResult): TemplateResult {
  return html`<div class="done" part="done">
    <h3>${icon('check')}${locale.t('import.undone', { name: item.fileName })}</h3>
    <p>${locale.t('import.undoneText')}</p>
    ${another}
  </div>`;
}

/** What keeps an import from being taken back, as far as there is room. */
export function blockersList(locale: Locale, blockers: readonly string[]): TemplateResult | typeof nothing {
  if (blockers.length === 0) return nothing;
  return html`<ul class="blockers">
    ${blockers.slice(0, SHOWN_BLOCKERS).map((blocker) => html`<li>${blocker}</li>`)}
    ${blockers.length > SHOWN_BLOCKERS ? html`<li class="quiet">${locale.t('import.blockedMore', { n: blockers.length - SHOWN_BLOCKERS })}</li>` : nothing}
  </ul>`;
}
