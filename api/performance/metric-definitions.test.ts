import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';

import { computeMetric, countOf, figureOf, METRIC_IDS, METRICS, roundFigure, type MetricId } from './metric-definitions.ts';
import { addSums, EMPTY_SUMS, SUM_COLUMNS, SUM_KEYS, type MetricSums } from './metric-sums.ts';

const sums = (values: Partial<MetricSums>): MetricSums => ({ ...EMPTY_SUMS, ...values });

interface Schema {
  readonly enum: readonly string[];
}
const schemasOf = (room: string) => (parse(readFileSync(new URL(`../${room}.openapi.yaml`, import.meta.url), 'utf8')) as { schemas: Record<string, Schema> }).schemas;

describe('Metric definitions', () => {
  const day = sums({
    handled: 9, resolved: 6, ratingSum: 33, ratingCount: 8, ratingTop2: 5, slaEligible: 11, withinTarget: 8, voiceSlaEligible: 10, voiceWithinTarget: 7,
    voiceWaitSeconds: 270, voiceWaitCount: 9, offered: 12, abandoned: 3, waitSeconds: 540, waitCount: 9, talkSeconds: 1800, holdSeconds: 90, acwSeconds: 270,
    handleCount: 9, talkCount: 8, firstContactEligible: 5, firstContactResolved: 4, resolutionCount: 8, resolutionResolved: 6, sentimentSum: -1.5,
    sentimentCount: 6, onlineHours: 7.5, awayHours: 0.5, presenceDays: 1, occupiedSeconds: 2160, idleSeconds: 5040,
  });
  const byHand: Record<MetricId, number> = {
    offered: 12, handled: 9, resolved: 6, csat: 4.125, csatTop2: 0.625, csatResponseRate: 0.8889, slaCompliance: 72.7273, serviceLevel: 0.7, asa: 30,
    abandonment: 0.25, avgResponseTime: 1, aht: 240, talkTime: 225, occupancy: 0.3, fcr: 0.8, resolutionRate: 0.75, sentiment: -0.25,
    onlineHours: 7.5, awayHours: 0.5,
  };

  for (const id of METRIC_IDS) {
    it(`computes ${id} as worked out by hand`, () => expect(figureOf(id, day)).to.equal(byHand[id]));
  }

  it('knows nothing of nothing: averages null, totals 0, n 0', () => {
    for (const id of METRIC_IDS) {
      expect(computeMetric(id, EMPTY_SUMS), id).to.equal(METRICS[id].denominator === null ? 0 : null);
      expect(countOf(id, EMPTY_SUMS)).to.equal(0);
    }
  });

  it('measures a mean response of a whole minute as a whole minute', () => {
    expect(computeMetric('avgResponseTime', sums({ waitSeconds: 60 * 49, waitCount: 49 }))).to.equal(1);
  });

  it('rounds halves away from zero, and never to minus zero', () => {
    expect([0.00005, -0.00005, 1.00004, -1.00006, null].map((value) => roundFigure(value))).to.deep.equal([0.0001, -0.0001, 1, -1.0001, null]);
    expect(Object.is(roundFigure(-0.00001), 0)).to.equal(true);
  });

  it('gives a period the figure of all its rows, whatever the days they are cut into', () => {
    const some = fc.record(Object.fromEntries(SUM_KEYS.map((key) => [key, fc.nat({ max: 1000 })]))) as fc.Arbitrary<MetricSums>;
    fc.assert(
      fc.property(fc.array(some, { maxLength: 6 }), fc.nat({ max: 6 }), (days, cut) => {
        const whole = addSums(days);
        const parts = addSums([addSums(days.slice(0, cut)), addSums(days.slice(cut))]);
        for (const id of METRIC_IDS) expect(computeMetric(id, parts)).to.equal(computeMetric(id, whole));
      }),
    );
  });

  it('is what the contract lists, and counts by columns that exist once', () => {
    expect(schemasOf('performance/performance')['MetricId']!.enum).to.have.members([...METRIC_IDS]);
    expect(schemasOf('interactions/interactions')['EvidenceMetric']!.enum).to.have.members(METRIC_IDS.filter((id) => METRICS[id].rows !== null));
    expect(new Set(Object.values(SUM_COLUMNS)).size).to.equal(SUM_KEYS.length);
  });
});
