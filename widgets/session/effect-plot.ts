import { html, nothing, svg, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { cssVars } from '../shared/css-vars.ts';
import { figure, type Unit } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];
type Measured = Schemas['MetricEffect'];

/** Percent of the plot's width that stays free at either end, so that dots are never cut. */
const AIR = 6;

/** A change with its sign; shares change by percentage points. */
export function inWords(locale: Locale, value: number | null, unit: Unit): string {
  if (value === null) return locale.t('common.missing');
  return (value > 0 ? '+' : value < 0 ? '−' : '') + figure(locale, Math.abs(value), unit);
}

export const spanOf = (locale: Locale, { lower, upper }: Schemas['EffectInterval'], unit: Unit): string =>
  locale.t('effect.range', { lower: inWords(locale, lower, unit), upper: inWords(locale, upper, unit) });

/**
 * The means before and after on one scale, with the target dashed and the interval of the change laid on the mean
 * before: where that bar crosses the dot of before, the change may be none.
 */
export function effectPlot(locale: Locale, metric: Measured): TemplateResult {
  const { before, after, target, unit, adjustedInterval } = metric;
  const bar = adjustedInterval && before.mean !== null ? { from: before.mean + adjustedInterval.lower, to: before.mean + adjustedInterval.upper } : undefined;
  const values = [before.mean, after.mean, target, bar?.from, bar?.to].filter((value): value is number => value !== null && value !== undefined);
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (value: number): number => AIR + ((value - low) / span) * (100 - 2 * AIR);
  return html`<div class="plot">
    ${row(locale, metric, 'before', before, svg`${before.mean === null ? nothing : svg`<circle class="dot before" cx="${x(before.mean)}%" cy="50%" r="4.5"></circle>`}`, x(target))}
    ${row(locale, metric, 'after', after, svg`${bar
      ? svg`<line class="bar" x1="${x(bar.from)}%" x2="${x(bar.to)}%" y1="50%" y2="50%"></line><line class="end" x1="${x(bar.from)}%" x2="${x(bar.from)}%" y1="28%" y2="72%"></line><line class="end" x1="${x(bar.to)}%" x2="${x(bar.to)}%" y1="28%" y2="72%"></line>`
      : nothing}${before.mean === null ? nothing : svg`<line class="was" x1="${x(before.mean)}%" x2="${x(before.mean)}%" y1="0" y2="100%"></line>`}${after.mean === null ? nothing : svg`<circle class="dot after ${metric.verdict}" cx="${x(after.mean)}%" cy="50%" r="5"></circle>`}`, x(target))}
    <p class="scale"><span class="quiet ${x(target) < 25 ? 'low' : x(target) > 75 ? 'high' : ''}" ${cssVars({ '--at': `${x(target)}%` })}>${locale.t('effect.target', { value: figure(locale, target, unit) })}</span></p>
  </div>`;
}

function row(locale: Locale, { unit }: Measured, name: 'before' | 'after', side: Schemas['EffectSide'], marks: TemplateResult, target: number): TemplateResult {
  const word = locale.t(`effect.${name}`);
  return html`<span class="side">${word}</span>
    <svg class="track" role="img" aria-label=${locale.t('effect.side', { side: word, value: figure(locale, side.mean, unit), days: side.days, n: side.n })}>
      <line class="axis" x1="0" x2="100%" y1="50%" y2="50%"></line><line class="target" x1="${target}%" x2="${target}%" y1="0" y2="100%"></line>${marks}
    </svg>
    <span class="value"><b>${figure(locale, side.mean, unit)}</b> <span class="quiet">${locale.t('common.n', { n: side.n })}</span></span>`;
}
