import { html, nothing, type TemplateResult } from 'lit';
import type { Locale } from '../shared/locale.ts';
import { pace, type Import } from './import-model.ts';

export interface ProgressOptions {
  locale: Locale;
  item: Import;
  /** When the work began, and when it last went a step on; ms since the epoch. */
  since: number;
  movedAt: number;
  now: number;
  /** Stops it; left out where it cannot be any more. */
  stop: (() => void) | undefined;
}

/** A step takes seconds; whatever takes longer waits for a server that is away. */
const STILL_MS = 20_000;
/** What is one transaction is done or not: nobody knows how far it is. */
const WHOLE: ReadonlySet<Import['progress']['phase']> = new Set(['committing', 'writing', 'rolling_back']);
const WHOLE_STILL_MS = 120_000;

/** How far it is, how fast, how long it will take, and what to make of it when nothing moves. */
export function progressView({ locale, item, since, movedAt, now, stop }: ProgressOptions): TemplateResult {
  const t = locale.t.bind(locale);
  const { phase, percent, rows } = item.progress;
  const name = t(`import.phase.${phase}`);
  const isWhole = WHOLE.has(phase);
  const isMeasured = phase !== 'waiting' && !isWhole;
  const known = isMeasured && rows > 0 ? pace(item.progress, now - since) : undefined;
  const text = isWhole ? t('import.soFar', { time: locale.elapsed((now - since) / 1000) }) : known ? `${t('import.pace', { n: rows, speed: known.speed })}, ${t('import.left', { time: locale.elapsed(known.left) })}` : rows > 0 ? t('import.progress', { n: rows }) : '';
  const isStill = now - movedAt > (isWhole ? WHOLE_STILL_MS : STILL_MS);
  return html`<div class="progress" part="progress">
    <p class="line"><b>${name}</b>${!isMeasured ? nothing : html`<span class="end quiet">${t('import.percent', { n: percent })}</span>`}</p>
    <progress max="100" value=${isMeasured ? percent : nothing} aria-label=${name}></progress>
    <p class="quiet small">${text}&nbsp;</p>
    ${isStill ? html`<p class="small warn" role="status">${t('import.still', { time: locale.elapsed((now - movedAt) / 1000) })}</p>` : html`<p class="quiet small">${t('import.mayLeave')}</p>`}
    ${phase === 'writing' ? html`<p class="small">${t('import.beingWritten')}</p>` : nothing}
    ${stop ? html`<div><button type="button" @click=${stop}>${t('import.stop')}</button></div>` : nothing}
  </div>`;
}
