import { html, type TemplateResult } from 'lit';
import type { components } from '../../api/http/contract.types.ts';
import { cssVars } from '../shared/css-vars.ts';
import type { SuggestedPlan } from '../shared/events.ts';
import { figure } from '../shared/figure.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];
export type Item = Schemas['PriorityQueueItem'];
export type Reason = Schemas['QueueReason'];
type FocusMetric = Schemas['FocusMetric'];

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

const FOCUS: readonly FocusMetric[] = ['csat', 'slaCompliance', 'avgResponseTime', 'aht', 'fcr', 'resolutionRate', 'sentiment'];

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

/** Reasons that can be talked about; how long ago somebody was coached, and how many notes wait, are none. */
const TALKED_ABOUT: readonly Reason['code'][] = ORDER.filter((code) => code !== 'cadence' && code !== 'notes');

/** More than a few things at once are talked about by nobody, and the more metrics are looked at, the more each has to change to count. */
const AT_ONCE = 3;

/** What a session with somebody may be about: the metrics behind their weightiest reasons, and those reasons as points to talk about. */
export function suggestionOf(locale: Locale, item: Item): SuggestedPlan | undefined {
  const reasons = item.reasons.filter(({ code, points }) => points >= WORTH_SAYING && TALKED_ABOUT.includes(code)).slice(0, AT_ONCE);
  if (reasons.length === 0) return undefined;
  return { focusMetrics: [...new Set(reasons.flatMap(metricOf))], agenda: reasons.map((reason) => pointOf(locale, reason)) };
}

/** Whoever is coached reads it too: the figure and its target, without the statistics that rank them. */
function pointOf(locale: Locale, { code, sentence, value, unit, comparison }: Reason): string {
  if (code === 'trend' || code === 'overdueActions') return sentence.replace(/(?:\s*\([^)]*\))?\.$/, '');
  const target = comparison?.kind === 'target' ? `, ${locale.t('compare.target', { value: figure(locale, comparison.value, unit) })}` : '';
  return `${locale.t(`reason.${code}`)} ${figure(locale, value, unit)}${target}`;
}

/** The metric a reason is about; one of the trend says which. */
function metricOf({ code, params }: Reason): FocusMetric[] {
  const metric = code === 'trend' ? params['metric'] : code.startsWith('gap.') ? code.slice('gap.'.length) : code;
  return FOCUS.includes(metric as FocusMetric) ? [metric as FocusMetric] : [];
}
