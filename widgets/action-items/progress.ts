import { html, nothing, type TemplateResult } from 'lit';
import { cssVars } from '../shared/css-vars.ts';
import { figure } from '../shared/figure.ts';
import { icon } from '../shared/icons.ts';
import type { Locale } from '../shared/locale.ts';
import { dayOf } from './days.ts';
import type { Progress } from './actions-model.ts';

/** The metric in one line, with a bar where there is a way to show. */
export function progressLine(locale: Locale, progress: Progress): TemplateResult {
  const { current, share } = progress;
  const t = locale.t.bind(locale);
  return html`<span class="progress ${progress.met ? 'met' : ''}">
    <span class="words">${t('actions.progress.now', { name: progress.name, value: figure(locale, current.value, progress.unit) })}<span class="quiet">${targetWords(locale, progress)}</span></span>
    ${share === null ? nothing : html`<span class="way" aria-hidden="true"><span class="gone" ${cssVars({ '--share': share })}></span></span>`}
    <span class="verdict">${verdict(locale, progress)}</span>
  </span>`;
}

function targetWords(locale: Locale, { target, targetFrom, unit }: Progress): string {
  if (target === null) return '';
  return `, ${locale.t(targetFrom === 'team' ? 'actions.progress.teamTarget' : 'actions.progress.target', { value: figure(locale, target, unit) })}`;
}

/** What it says; too little data says that and nothing else. */
function verdict(locale: Locale, { enough, met, share, current, minimumN }: Progress): TemplateResult | string {
  const t = locale.t.bind(locale);
  if (current.value === null) return t('actions.progress.none');
  if (!enough) return t('actions.progress.early', { n: current.n, least: minimumN });
  if (met) return html`${icon('check', 12)}${t('actions.progress.reached')}`;
  return share === null ? t('common.n', { n: current.n }) : t('actions.progress.share', { n: Math.round(share * 100) });
}

/** The same with where it came from, over which days, and the way to the rows. */
export function progressBlock(locale: Locale, progress: Progress, rows: (href: string, n: number) => void): TemplateResult {
  const t = locale.t.bind(locale);
  const { baseline, current } = progress;
  const part = (label: string, figures: Progress['current']): TemplateResult => html`<div>
    <dt>${label}</dt>
    <dd><b>${figure(locale, figures.value, progress.unit)}</b> <button type="button" class="link" ?disabled=${figures.n === 0} @click=${() => rows(figures.href, figures.n)}>${t('common.n', { n: figures.n })}</button>
      <span class="quiet small">${days(locale, figures)}</span></dd>
  </div>`;
  return html`<section class="measured" aria-label=${t('actions.progress')}>
    <dl>${part(t('actions.progress.before'), baseline)} ${part(t('actions.progress.after'), current)}
      ${progress.target === null ? nothing : html`<div><dt>${t(progress.targetFrom === 'team' ? 'actions.progress.ofTeam' : 'actions.field.target')}</dt><dd><b>${figure(locale, progress.target, progress.unit)}</b></dd></div>`}</dl>
    <p class="verdict ${progress.met ? 'met' : ''}">${verdict(locale, progress)}</p>
  </section>`;
}

const days = (locale: Locale, { from, to }: Progress['current']): string => locale.t('actions.progress.since', { from: dayOf(locale, from), to: dayOf(locale, to) });
