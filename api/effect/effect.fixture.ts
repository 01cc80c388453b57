import { probit } from 'simple-statistics';

import { Random } from '../demo/random.ts';
import type { DayValue, MetricDays } from './effect.rule.ts';

/** An agent whose truth is known: what they would show on average before a session, and what it changes. */
export interface SimulatedAgent {
  readonly metric: 'csat' | 'aht' | 'slaCompliance';
  readonly change: number;
  /** Working days on each side. */
  readonly days: number;
}

/** Ratings, handle times and answers within target of single interactions, as skewed and discrete as they are. */
const DRAWS: Readonly<Record<SimulatedAgent['metric'], (random: Random, change: number) => number>> = {
  // 1 to 5 with a long tail of the unhappy; a change moves a share of people by one step.
  csat: (random, change) => {
    const base = [1, 2, 3, 4, 4, 4, 5, 5, 5, 5][random.int(0, 9)]!;
    return base + (random.next() < Math.abs(change) ? Math.sign(change) : 0);
  },
  // Most are short, some are very long: log-normal with a mean of 420 seconds.
  aht: (random, change) => 420 * Math.exp(0.6 * probit(Math.min(1 - 1e-9, Math.max(1e-9, random.next()))) - 0.18) + change,
  slaCompliance: (random, change) => (random.next() < 0.88 + change / 100 ? 100 : 0),
};

/** The days of such an agent, the same for the same seed. Days are unlike each other: 4 to 16 interactions, and a mood. */
export function simulate({ metric, change, days }: SimulatedAgent, seed: number): Pick<MetricDays, 'metric' | 'before' | 'after'> {
  const random = new Random('effect', metric, seed, days);
  const side = (shift: number): DayValue[] => Array.from({ length: days }, () => dayOf(metric, shift, random));
  return { metric, before: side(0), after: side(change) };
}

function dayOf(metric: SimulatedAgent['metric'], shift: number, random: Random): DayValue {
  const n = random.int(4, 16);
  const total = Array.from({ length: n }, () => DRAWS[metric](random, shift)).reduce((sum, value) => sum + value, 0);
  // Of zero mean, so that the truth stays what it is.
  const mood = (random.next() - 0.5) * { csat: 0.2, aht: 60, slaCompliance: 6 }[metric];
  return { value: total / n + mood, n };
}
