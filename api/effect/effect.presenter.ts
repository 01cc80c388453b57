import type { components } from '../http/contract.types.ts';
import { datesFrom } from '../performance/business-day.ts';
import { METRICS, roundFigure } from '../performance/metric-definitions.ts';
import { EFFECT_RULES } from './effect-constants.ts';
import { EFFECT_CAVEATS, effectSentence } from './effect-sentences.ts';
import type { EffectWindow } from './effect-windows.ts';
import type { EffectInterval, EffectSide, MetricEffect } from './effect.rule.ts';
import type { MeasuredSide, SessionEffect } from './effect.service.ts';

type Schemas = components['schemas'];

export const presentEffect = (effect: SessionEffect): Schemas['SessionEffect'] => ({
  sessionId: effect.sessionId,
  agentId: effect.agentId,
  agentName: effect.agentName,
  held: effect.held,
  day: effect.day,
  previousSessionOn: effect.previousOn,
  nextSessionOn: effect.nextOn,
  before: effect.before.window,
  after: effect.after.window,
  metrics: effect.metrics.map((metric) => presentMetric(metric, effect)),
  caveats: [...EFFECT_CAVEATS],
  version: EFFECT_RULES.version,
});

function presentMetric(metric: MetricEffect, effect: SessionEffect): Schemas['MetricEffect'] {
  const { name, unit, direction } = METRICS[metric.metric];
  const { code, ...params } = metric.reason;
  return {
    metric: metric.metric,
    name,
    unit,
    direction,
    target: effect.targets[metric.metric],
    smallestEffect: roundFigure(metric.smallestEffect),
    before: presentSide(metric, metric.before, effect.before, effect),
    after: presentSide(metric, metric.after, effect.after, effect),
    difference: roundFigure(metric.difference),
    interval: presentInterval(metric.interval),
    adjustedInterval: presentInterval(metric.adjustedInterval),
    adjustedP: roundFigure(metric.adjustedP),
    verdict: metric.verdict,
    reason: { code, sentence: effectSentence(metric), params: rounded(params) },
  };
}

const presentSide = ({ metric }: MetricEffect, { days, n, mean }: EffectSide, side: MeasuredSide, { agentId, mayFollow }: SessionEffect): Schemas['EffectSide'] => ({
  days,
  n,
  mean: roundFigure(mean),
  evidence: side.window && mayFollow ? evidenceOf(metric, agentId, side.window, side.interactions.get(metric) ?? 0) : [],
});

/** The daily values, and the interactions of the computed ones among them. */
function evidenceOf(metric: string, agentId: number, { from, to }: EffectWindow, interactions: number): Schemas['Evidence'][] {
  const days: Schemas['Evidence'] = { kind: 'dailyRows', href: `/api/agents/${agentId}/performance?from=${from}&to=${to}`, count: datesFrom(from, to).length };
  if (interactions === 0) return [days];
  return [days, { kind: 'interactions', href: `/api/interactions?agentId=${agentId}&from=${from}&to=${to}&metric=${metric}`, count: interactions }];
}

const presentInterval = (interval: EffectInterval | null): EffectInterval | null =>
  interval && { level: roundFigure(interval.level), lower: roundFigure(interval.lower), upper: roundFigure(interval.upper) };

const rounded = (params: Readonly<Record<string, string | number | boolean>>): Record<string, string | number | boolean> =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, typeof value === 'number' ? roundFigure(value) : value]));
