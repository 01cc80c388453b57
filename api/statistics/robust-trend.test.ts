import { expect } from 'chai';
import fc from 'fast-check';

import { mannKendall, theilSenSlope } from './robust-trend.ts';

const series = (min: number) => fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: min, maxLength: 40 });
const days = (y: readonly number[]) => y.map((_, i) => i);

describe('Theil–Sen slope', () => {
  it('is the median of the pairwise slopes', () => {
    // Slopes of (0,1)(1,3)(2,2)(3,10): 2, 0.5, 3, −1, 3.5, 8; their median is (2 + 3) / 2.
    expect(theilSenSlope([0, 1, 2, 3], [1, 3, 2, 10])).to.equal(2.5);
  });

  it('uses the distance in time, so that missing days do not steepen it', () => {
    expect(theilSenSlope([0, 10, 20], [0, 5, 10])).to.equal(0.5);
  });

  it('is not moved by one wild value', () => {
    expect(theilSenSlope([0, 1, 2, 3, 4], [0, 1, 2, 3, 1000])).to.equal(1);
  });

  it('is null without two different times', () => {
    expect(theilSenSlope([], [])).to.equal(null);
    expect(theilSenSlope([3], [1])).to.equal(null);
    expect(theilSenSlope([3, 3], [1, 2])).to.equal(null);
  });

  it('follows a shift and a scale of y', () => {
    fc.assert(
      fc.property(series(2), fc.integer({ min: -50, max: 50 }), fc.integer({ min: -9, max: 9 }), (y, shift, scale) => {
        const slope = theilSenSlope(days(y), y)!;
        const moved = theilSenSlope(days(y), y.map((v) => v * scale + shift))!;
        expect(moved).to.be.closeTo(slope * scale, 1e-6 * (1 + Math.abs(slope * scale)) + 1e-6);
      }),
    );
  });
});

describe('Mann–Kendall test', () => {
  it('matches a calculation by hand without ties', () => {
    // n = 10 rising: S = 45, Var = 10·9·25/18 = 125, Z = 44/√125 = 3.93548, p = 8.3e-5.
    const result = mannKendall([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(result.s).to.equal(45);
    expect(result.z).to.be.closeTo(3.935479, 1e-6);
    expect(result.p).to.be.closeTo(0.0000830, 1e-6);
  });

  it('matches a calculation by hand with ties', () => {
    // 2 1 2 3 3 4: 12 pairs rise, 1 falls, 2 tie: S = 11; Var = (6·5·17 − 2·(2·1·9))/18 = 26.33, Z = 10/5.1316.
    const result = mannKendall([2, 1, 2, 3, 3, 4]);
    expect(result.s).to.equal(11);
    expect(result.z).to.be.closeTo(10 / Math.sqrt((510 - 36) / 18), 1e-12);
    expect(result.p).to.be.closeTo(0.05132, 1e-4);
  });

  it('finds nothing in a constant or an empty series', () => {
    for (const y of [[], [4], [4, 4, 4, 4, 4]]) expect(mannKendall(y)).to.deep.equal({ s: 0, z: 0, p: 1 });
  });

  it('changes only its sign when the series is reversed', () => {
    fc.assert(
      fc.property(series(0), (y) => {
        const forward = mannKendall(y);
        const backward = mannKendall(y.toReversed());
        expect(backward.s).to.equal(-forward.s || 0);
        expect(backward.p).to.equal(forward.p);
      }),
    );
  });

  it('depends on the order of values only, not on their size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 40 }), (y) => {
        expect(mannKendall(y.map((v) => v ** 3)).p).to.equal(mannKendall(y).p);
      }),
    );
  });

  it('gives a probability', () => {
    fc.assert(
      fc.property(series(0), (y) => {
        const { p, z } = mannKendall(y);
        expect(p).to.be.within(0, 1);
        expect(Number.isFinite(z)).to.equal(true);
      }),
    );
  });
});
