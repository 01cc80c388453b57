import { expect } from 'chai';
import fc from 'fast-check';

import { LONG } from '../../test/harness/long.ts';
import { METRICS } from '../performance/metric-definitions.ts';
import { welchDifference } from '../statistics/welch.ts';
import { EFFECT_CONSTANTS } from './effect-constants.ts';
import { simulate, type SimulatedAgent } from './effect.fixture.ts';
import { judgeEffect, type DayValue, type MetricDays, type MetricEffect } from './effect.rule.ts';

const HELD = { held: true, over: true };
/** So wide that no interval is refused for its width: what is found then is all that the test itself can find. */
const ANY_WIDTH = 1e9;
const AGENTS = LONG ? 20_000 : 2_000;

const days = (values: readonly number[], n = 5): DayValue[] => values.map((value) => ({ value, n }));
const metric = (fields: Partial<MetricDays> = {}): MetricDays => ({ metric: 'csat', smallestEffect: 0.44, before: days(steady(4)), after: days(steady(4)), ...fields });
const values = (side: readonly DayValue[]): number[] => side.map((day) => day.value);
const steady = (mean: number, count = 20): number[] => Array.from({ length: count }, (_, i) => mean + (i % 2 === 0 ? 0.1 : -0.1));
const only = (metrics: readonly MetricDays[], progress = HELD): MetricEffect => judgeEffect(metrics, progress)[0]!;

/** How often something of probability `p` happens in so many trials, give or take 3.3 standard deviations (1 in 1,000). */
function bounds(p: number, trials: number): { least: number; most: number } {
  const spread = 3.3 * Math.sqrt(trials * p * (1 - p));
  return { least: trials * p - spread, most: trials * p + spread };
}

describe('The verdict on an effect', () => {
  it('is improved or worse by the direction of the metric', () => {
    const rise = { before: days(steady(4)), after: days(steady(4.3)) };
    expect(only([metric(rise)])).to.deep.include({ verdict: 'improved', reason: { code: 'excludes_none' } });
    expect(only([metric({ ...rise, metric: 'aht', smallestEffect: 42 })]).verdict).to.equal('worse');
    expect(only([metric({ before: rise.after, after: rise.before })]).verdict).to.equal('worse');
  });

  it('is no clear change where the interval includes none', () => {
    expect(only([metric()])).to.deep.include({ verdict: 'no_clear_change', reason: { code: 'includes_none' } });
  });

  it('is too early below 10 days or 30 interactions on either side, and says what is lacking', () => {
    const nine = days(steady(4, 9));
    expect(only([metric({ before: nine })]).reason).to.deep.equal({ code: 'too_few_days', side: 'before', have: 9, need: 10, final: true });
    expect(only([metric({ after: nine })], { held: true, over: false })).to.deep.include({ verdict: 'too_early', reason: { code: 'too_few_days', side: 'after', have: 9, need: 10, final: false } });
    const ten = (n: number) => ({ after: [...days(steady(4, 9), 3), { value: 4, n }] });
    expect(only([metric(ten(2))]).reason).to.deep.equal({ code: 'too_few_interactions', side: 'after', have: 29, need: 30, final: true });
    expect(only([metric(ten(3))]).verdict).to.equal('no_clear_change');
  });

  it('is too early where half of the interval is wider than the smallest effect of interest, however large the change', () => {
    const wild = { before: days([1, 5, 1, 5, 1, 5, 1, 5, 1, 5]), after: days([5, 5, 5, 5, 5, 5, 5, 5, 5, 5]) };
    const effect = only([metric(wild)]);
    expect(effect.verdict).to.equal('too_early');
    expect(effect.reason).to.deep.include({ code: 'too_wide', smallestEffect: 0.44, final: true });
    expect(only([metric({ ...wild, smallestEffect: 2 })]).verdict).to.equal('improved');
  });

  it('is too early of a session that was not held, which still shows what was before', () => {
    const effect = only([metric({ after: [] })], { held: false, over: false });
    expect(effect).to.deep.include({ verdict: 'too_early', reason: { code: 'not_held' }, difference: null });
    expect(effect.before.mean).to.be.closeTo(4, 1e-12);
  });

  it('asks more of each of several metrics', () => {
    // Alone its p-value is held against 0.05, as the smaller of two against 0.025.
    const close = metric({ metric: 'fcr', smallestEffect: 1, before: days([0.5, 0.6, 0.7, 0.8, 0.5, 0.6, 0.7, 0.8, 0.6, 0.7]), after: days([0.6, 0.7, 0.8, 0.9, 0.7, 0.75, 0.8, 0.9, 0.65, 0.75]) });
    const [alone] = judgeEffect([close], HELD);
    expect(alone!.adjustedP).to.be.within(0.026, 0.049);
    expect(alone!.verdict).to.equal('improved');
    const [together] = judgeEffect([close, metric()], HELD);
    expect(together!.verdict).to.equal('no_clear_change');
    expect(together!.interval).to.deep.equal(alone!.interval);
    expect(together!.adjustedInterval!.level).to.be.closeTo(0.975, 1e-12);
    expect(together!.adjustedInterval!.lower).to.be.below(0);
  });

  it('does not count a metric without enough days among those looked at', () => {
    const [effect] = judgeEffect([metric({ after: days(steady(4.2)) }), metric({ metric: 'fcr', after: [] })], HELD);
    expect(effect!.adjustedInterval!.level).to.be.closeTo(0.95, 1e-12);
  });
});

describe('The verdict on any days', () => {
  const side = fc.array(fc.record({ value: fc.integer({ min: 0, max: 500 }).map((cents) => cents / 100), n: fc.integer({ min: 0, max: 9 }) }), { maxLength: 28 });
  const any = fc.uniqueArray(
    fc.record({ metric: fc.constantFrom('csat', 'aht', 'fcr', 'sentiment'), smallestEffect: fc.double({ min: 0.01, max: 5, noNaN: true }), before: side, after: side }),
    { selector: (days) => days.metric, minLength: 1, maxLength: 4 },
  ) as fc.Arbitrary<MetricDays[]>;

  it('follows from the interval that is shown, and from nothing else', () => {
    fc.assert(
      fc.property(any, (metrics) => {
        for (const [i, effect] of judgeEffect(metrics, HELD).entries()) {
          expect(effect.metric).to.equal(metrics[i]!.metric);
          const { minimumDays, minimumInteractions } = EFFECT_CONSTANTS;
          const few = [effect.before, effect.after].some((one) => one.days < minimumDays || one.n < minimumInteractions);
          expect(effect.interval === null).to.equal(few);
          if (!effect.interval || !effect.adjustedInterval) continue;
          const wide = (effect.interval.upper - effect.interval.lower) / 2 > effect.smallestEffect;
          expect(effect.verdict === 'too_early').to.equal(wide);
          const { lower, upper } = effect.adjustedInterval;
          const clear = lower > 0 ? 1 : upper < 0 ? -1 : 0;
          const good = METRICS[effect.metric].direction === 'higher' ? 1 : -1;
          if (!wide) expect(effect.verdict).to.equal(clear === 0 ? 'no_clear_change' : clear === good ? 'improved' : 'worse');
          expect(effect.difference).to.be.closeTo(effect.after.mean! - effect.before.mean!, 1e-9);
        }
      }),
    );
  });

  it('does not depend on the order of the metrics', () => {
    fc.assert(
      fc.property(any, (metrics) => {
        const [forth, back] = [judgeEffect(metrics, HELD), judgeEffect(metrics.toReversed(), HELD).toReversed()];
        expect(back.map(({ verdict }) => verdict)).to.deep.equal(forth.map(({ verdict }) => verdict));
      }),
    );
  });

  it('turns round when before and after do', () => {
    const turned: Record<string, string> = { improved: 'worse', worse: 'improved' };
    fc.assert(
      fc.property(any, (metrics) => {
        const mirrored = metrics.map((days) => ({ ...days, before: days.after, after: days.before }));
        expect(judgeEffect(mirrored, HELD).map(({ verdict }) => verdict)).to.deep.equal(judgeEffect(metrics, HELD).map(({ verdict }) => turned[verdict] ?? verdict));
      }),
    );
  });
});

describe('The effect of sessions whose effect is known', function () {
  this.timeout(LONG ? 300_000 : 30_000);

  const truths: readonly SimulatedAgent[] = [
    { metric: 'csat', change: 0, days: 20 },
    { metric: 'csat', change: -0.25, days: 12 },
    { metric: 'aht', change: 0, days: 10 },
    { metric: 'aht', change: -60, days: 20 },
    { metric: 'slaCompliance', change: 6, days: 20 },
  ];

  for (const truth of truths) {
    it(`lies within the interval at its stated rate: ${truth.metric}, ${truth.change}, ${truth.days} days`, () => {
      let covered = 0;
      for (let seed = 0; seed < AGENTS; seed++) {
        const { interval } = only([{ ...simulate(truth, seed), smallestEffect: ANY_WIDTH }]);
        if (interval!.lower <= truth.change && truth.change <= interval!.upper) covered++;
      }
      const { least, most } = bounds(EFFECT_CONSTANTS.confidence, AGENTS);
      expect(covered, `of ${AGENTS}`).to.be.within(least, most);
    });
  }

  it('is not called improved or worse more often than stated where nothing changed, with three metrics looked at', () => {
    let [improved, called] = [0, 0];
    for (let seed = 0; seed < AGENTS; seed++) {
      const metrics = (['csat', 'aht', 'slaCompliance'] as const).map((id) => ({ ...simulate({ metric: id, change: 0, days: 20 }, seed), smallestEffect: ANY_WIDTH }));
      const verdicts = judgeEffect(metrics, HELD).map(({ verdict }) => verdict);
      if (verdicts.includes('improved')) improved++;
      if (verdicts.some((verdict) => verdict !== 'no_clear_change')) called++;
    }
    const level = 1 - EFFECT_CONSTANTS.confidence;
    expect(called, 'improved or worse').to.be.at.most(bounds(level, AGENTS).most);
    expect(improved, 'improved').to.be.at.most(bounds(level, AGENTS).most);
    // Nor so seldom that it could never find anything: without Holm's steps it would be three times as often.
    expect(called).to.be.at.least(bounds(level / 2, AGENTS).least);
  });

  it('is found where it is large', () => {
    let improved = 0;
    for (let seed = 0; seed < 200; seed++) {
      if (only([{ ...simulate({ metric: 'aht', change: -120, days: 20 }, seed), smallestEffect: 80 }]).verdict === 'improved') improved++;
    }
    expect(improved).to.be.at.least(180);
  });

  it('is held by bounds that 90 % intervals would break, and tests that do not know of each other', () => {
    let [covered, called] = [0, 0];
    for (let seed = 0; seed < AGENTS; seed++) {
      const simulated = (['csat', 'aht', 'slaCompliance'] as const).map((id) => ({ ...simulate({ metric: id, change: 0, days: 20 }, seed), smallestEffect: ANY_WIDTH }));
      const alone = simulated.map((days) => only([days]));
      const { lower, upper } = welchDifference(values(simulated[0]!.before), values(simulated[0]!.after), 0.9);
      if (lower <= 0 && 0 <= upper) covered++;
      if (alone.some(({ verdict }) => verdict !== 'no_clear_change')) called++;
    }
    expect(covered).to.be.below(bounds(EFFECT_CONSTANTS.confidence, AGENTS).least);
    expect(called).to.be.above(bounds(1 - EFFECT_CONSTANTS.confidence, AGENTS).most);
  });
});
