import { html, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { cssVars } from '../shared/css-vars.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];
export type Item = Schemas['PriorityQueueItem'];
export type Reason = Schemas['QueueReason'];

/** Segments stand in this order in every bar, so that two bars can be compared at a glance. */
const ORDER: readonly Reason['code'][] = [
  'gap.csat',
  'gap.slaCompliance',
  'gap.avgResponseTime',
  'gap.aht',
  'gap.fcr',
  'gap.resolutionRate',
  'trend',
  'notes',
  'overdueActions',
  'cadence',
  'sentiment',
];

/** The colour of a reason: one for all gaps to target, one for each other signal. */
export function hue(code: Reason['code']): string {
  return code.startsWith('gap.') ? 'gap' : code;
}

/** The score as one bar of 100 whose segments are its reasons. */
export function scoreBar(locale: Locale, item: Item): TemplateResult {
  const reasons = ORDER.flatMap((code) => item.reasons.filter((reason) => reason.code === code && reason.points > 0));
  return html`<span class="score-bar" part="score" aria-hidden="true">
    ${reasons.map((reason) => {
      const title = `${locale.t(`reason.${reason.code}`)}: ${locale.number(reason.points, 1)}`;
      return html`<span class="segment reason-${hue(reason.code)}" title=${title} ${cssVars({ '--points': reason.points })}></span>`;
    })}
    <span class="rest" ${cssVars({ '--points': Math.max(0, 100 - item.score) })}></span>
  </span>`;
}

/** Below a point a reason is a rounding matter: it stands in the full list, where the points add up, and nowhere else. */
const WORTH_SAYING = 1;

/** The reasons worth reading first: those that gave most points. */
export function topReasons(item: Item, count = 2): Reason[] {
  return item.reasons.filter((reason) => reason.points >= WORTH_SAYING).slice(0, count);
}
