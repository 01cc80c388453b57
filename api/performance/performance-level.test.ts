import { expect } from 'chai';
import fc from 'fast-check';

import { EMPTY_SUMS, type MetricSums } from './metric-sums.ts';
import { performanceLevel } from './performance-level.ts';
import { DEFAULT_TEAM_SETTINGS } from './team-settings.ts';

const TARGETS = { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4, slaCompliance: 80, avgResponseTime: 1 };

/** Sums of 20 interactions with these figures, SLA in per cent and response in minutes. */
const figures = (csat: number, sla: number, response: number, ratings = 5): MetricSums => ({
  ...EMPTY_SUMS,
  handled: 20,
  ratingCount: ratings,
  ratingSum: csat * ratings,
  slaEligible: 100,
  withinTarget: sla,
  waitCount: 20,
  waitSeconds: response * 60 * 20,
});
const level = (sums: MetricSums) => performanceLevel(sums, TARGETS);

describe('Performance level', () => {
  it('is high exactly on target', () => {
    expect(level(figures(4, 80, 1))).to.include({ level: 'high', sentence: '100.0 % of target over 20 interactions and 5 ratings.' });
  });

  it('weighs 0.40, 0.35 and 0.25, with times turned round', () => {
    // 0.40 × 3/4 + 0.35 × 60/80 + 0.25 × 1/1.25 = 0.30 + 0.2625 + 0.20
    const found = level(figures(3, 60, 1.25));
    expect(found.attainment).to.be.closeTo(0.7625, 1e-12);
    expect(found.level).to.equal('low');
    expect(found.components.map((part) => [part.metric, part.weight])).to.deep.equal([['csat', 0.4], ['slaCompliance', 0.35], ['avgResponseTime', 0.25]]);
  });

  it('has its edges at 0.85 and 1', () => {
    expect(level(figures(3.4, 68, 1 / 0.85)).level).to.equal('medium');
    expect(level(figures(3.39, 68, 1 / 0.85)).level).to.equal('low');
    expect(level(figures(3.99, 80, 1)).level).to.equal('medium');
  });

  it('lets nothing count for more than 1.2, not even no wait at all', () => {
    const found = level(figures(5, 100, 0));
    expect(found.components.map((part) => part.attainment)).to.deep.equal([1.2, 1.2, 1.2]);
    expect(found.attainment).to.be.closeTo(1.2, 1e-12);
  });

  it('gives no level below 20 handled, below 5 ratings, or where a part was not measured, and says so', () => {
    expect(level({ ...figures(5, 100, 1), handled: 19 })).to.include({ level: null, attainment: null, sentence: 'No level yet: 19 interactions handled in 28 days, 20 are needed.' });
    expect(level(figures(5, 100, 1, 4))).to.include({ level: null, sentence: 'No level yet: 4 ratings in 28 days, 5 are needed.' });
    expect(level({ ...figures(5, 100, 1), waitCount: 0 })).to.include({ level: null, sentence: 'No level yet: Response time was not measured in 28 days.' });
  });

  it('does not fall when a figure gets better', () => {
    const order = ['low', 'medium', 'high'];
    fc.assert(
      fc.property(fc.double({ min: 1, max: 5, noNaN: true }), fc.integer({ min: 0, max: 99 }), fc.double({ min: 0.01, max: 30, noNaN: true }), (csat, sla, response) => {
        const before = order.indexOf(level(figures(csat, sla, response)).level!);
        for (const better of [figures(Math.min(5, csat + 0.1), sla, response), figures(csat, sla + 1, response), figures(csat, sla, response / 2)]) {
          expect(order.indexOf(level(better).level!)).to.be.at.least(before);
        }
      }),
    );
  });
});
