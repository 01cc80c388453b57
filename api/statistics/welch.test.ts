import { expect } from 'chai';
import fc from 'fast-check';

import { holm, welchDifference } from './welch.ts';

const LEVEL = 0.95;

describe('Welch’s interval', () => {
  it('is that of R for the sleep data (t.test(extra ~ group, data = sleep))', () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { difference, lower, upper, p } = welchDifference(first, second, LEVEL);
    expect(difference).to.be.closeTo(2.33 - 0.75, 1e-12);
    expect(lower).to.be.closeTo(-0.2054832, 1e-7);
    expect(upper).to.be.closeTo(3.3654832, 1e-7);
    expect(p).to.be.closeTo(0.07939, 1e-5);
  });

  it('is a point where nothing varies', () => {
    expect(welchDifference([3, 3, 3], [3, 3], LEVEL)).to.deep.equal({ difference: 0, lower: 0, upper: 0, p: 1 });
    expect(welchDifference([3, 3, 3], [4, 4], LEVEL)).to.deep.equal({ difference: 1, lower: 1, upper: 1, p: 0 });
  });

  const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });

  it('is as wide on both sides, holds the difference, and turns round with the samples', () => {
    fc.assert(
      fc.property(sample, sample, (first, second) => {
        const one = welchDifference(first, second, LEVEL);
        const other = welchDifference(second, first, LEVEL);
        expect(one.upper - one.difference).to.be.closeTo(one.difference - one.lower, 1e-6);
        expect(one.upper).to.be.at.least(one.lower);
        expect(other.lower).to.be.closeTo(-one.upper, 1e-6);
        expect(other.p).to.be.closeTo(one.p, 1e-9);
      }),
    );
  });

  it('excludes no difference exactly where its p-value says so', () => {
    fc.assert(
      fc.property(sample, sample, fc.constantFrom(0.9, 0.95, 0.99), (first, second, level) => {
        const { lower, upper, p } = welchDifference(first, second, level);
        if (Math.abs(p - (1 - level)) < 1e-9) return;
        expect(lower > 0 || upper < 0).to.equal(p < 1 - level);
      }),
    );
  });
});

describe('Holm’s procedure', () => {
  it('is that of R (p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"))', () => {
    const steps = holm([0.01, 0.04, 0.03, 0.005], LEVEL);
    expect(steps.map(({ p }) => Number(p.toFixed(4)))).to.deep.equal([0.03, 0.06, 0.06, 0.02]);
    expect(steps.map(({ rejected }) => rejected)).to.deep.equal([true, false, false, true]);
    // 0.005 against 0.05 / 4, 0.01 against 0.05 / 3, 0.03 against 0.05 / 2, and 0.04 no further.
    expect(steps.map(({ level }) => Number((1 - level).toFixed(6)))).to.deep.equal([0.016667, 0.025, 0.025, 0.0125]);
  });

  it('leaves a single test as it is', () => {
    expect(holm([0.03], LEVEL)).to.deep.equal([{ p: 0.03, rejected: true, level: 1 - (1 - LEVEL) }]);
    expect(holm([], LEVEL)).to.deep.equal([]);
  });

  it('rejects exactly what lies below the level at which it was decided', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 0.2, noNaN: true }), { minLength: 1, maxLength: 8 }), (pValues) => {
        for (const [i, step] of holm(pValues, LEVEL).entries()) {
          const alpha = 1 - step.level;
          if (Math.abs(pValues[i]! - alpha) < 1e-9) continue;
          expect(pValues[i]! < alpha).to.equal(step.rejected);
          expect(step.level).to.be.at.least(LEVEL - 1e-12);
        }
      }),
    );
  });
});
