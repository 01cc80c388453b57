import { METRICS } from '../performance/metric-definitions.ts';
import { decimal, figure, hundredths } from '../performance/figure-words.ts';
import type { EffectReason, MetricEffect } from './effect.rule.ts';

/** What holds for every effect, in words. */
export const EFFECT_CAVEATS = [
  {
    code: 'regression_to_the_mean',
    text:
      'People are often coached when their figures are unusually poor, and unusual figures tend to come back to the usual by ' +
      'themselves. Part of an improvement, or all of it, may be that return and not the session.',
  },
  { code: 'other_causes', text: 'Whatever else changed at the same time, in the team, the queue or the season, is part of the difference too.' },
] as const;

/** The English of a reason. A client that speaks another language says the same from its code and parameters. */
export function effectSentence(effect: MetricEffect): string {
  const { reason } = effect;
  switch (reason.code) {
    case 'not_held':
      return 'The session has not been held.';
    case 'too_few_days':
      return `${counted(reason.have, 'day', 'days')} with a value ${reason.side} the session, ${reason.need} are needed${ending(reason)}.`;
    case 'too_few_interactions':
      return `${reason.have} ${METRICS[effect.metric].counts} ${reason.side} the session, ${reason.need} are needed${ending(reason)}.`;
    case 'too_wide':
      return `The days vary too much to tell a change of ${size(effect, reason.smallestEffect)} from none: uncertain by ±${size(effect, reason.halfWidth)}${ending(reason)}.`;
    case 'includes_none':
      return `${changed(effect)}, which may be chance: ${range(effect)}.`;
    case 'excludes_none':
      return `${changed(effect)}, more than chance explains: ${range(effect)}.`;
  }
}

const ending = ({ final }: Extract<EffectReason, { final: boolean }>): string => (final ? '; no further days will come' : '');

function changed(effect: MetricEffect): string {
  const difference = effect.difference ?? 0;
  const { name } = METRICS[effect.metric];
  return difference === 0 ? `${name} is the same` : `${name} ${difference > 0 ? 'rose' : 'fell'} by ${size(effect, Math.abs(difference))}`;
}

const range = (effect: MetricEffect): string => {
  const { lower, upper } = effect.adjustedInterval ?? { lower: 0, upper: 0 };
  return `between ${signed(effect, lower)} and ${signed(effect, upper)}`;
};

const signed = (effect: MetricEffect, value: number): string => (value < 0 ? '−' : value > 0 ? '+' : '') + size(effect, Math.abs(value));

/** A difference of shares is one of percentage points. */
function size({ metric }: MetricEffect, value: number): string {
  const { unit } = METRICS[metric];
  if (unit === 'ratio' || unit === 'percent') return `${decimal(unit === 'ratio' ? hundredths(value) : value, 1)} percentage points`;
  return figure(value, unit);
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
