import { expect } from 'chai';
import { Even, evenScore, normal, Random, seedOf } from './random.ts';

describe('random numbers of the demo', () => {
  it('are the same for the same seed and others for another', () => {
    const draw = (...seed: (string | number)[]): number[] => {
      const random = new Random(...seed);
      return Array.from({ length: 20 }, () => random.next());
    };
    expect(draw('a', 1)).to.deep.equal(draw('a', 1));
    expect(draw('a', 1)).to.not.deep.equal(draw('a', 2));
    // Fixed once and for all: another generator would rewrite everybody's history at the next top-up.
    expect(seedOf('shift', 'agent', '2026-11-20')).to.equal(1214563107);
    expect(new Random('fixed').int(0, 1_000_000)).to.equal(new Random('fixed').int(0, 1_000_000));
  });

  it('stay within bounds and reach both of them', () => {
    const random = new Random('bounds');
    const drawn = Array.from({ length: 2000 }, () => random.int(3, 6));
    expect(new Set(drawn)).to.deep.equal(new Set([3, 4, 5, 6]));
    expect(Array.from({ length: 50 }, () => random.pick(['x', 'y']))).to.include.members(['x', 'y']);
  });

  it('make UUIDs of version 7 that sort by their moment', () => {
    const random = new Random('ids');
    const ids = [1_700_000_000_000, 1_700_000_000_001, 1_800_000_000_000].map((at) => random.uuid(at));
    for (const id of ids) expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.toSorted()).to.deep.equal(ids);
    expect(Number.parseInt((ids[2] ?? '').replaceAll('-', '').slice(0, 12), 16)).to.equal(1_800_000_000_000);
    expect(new Set(Array.from({ length: 10_000 }, () => random.uuid(1))).size).to.equal(10_000);
  });

  it('fill the interval evenly wherever a sequence is cut off', () => {
    for (const dimension of [0, 1, 2, 3, 4, 5, 6, 7, 8]) {
      const even = new Even(0.37, dimension);
      const drawn = Array.from({ length: 60 }, () => even.next());
      for (const n of [20, 40, 60]) {
        const mean = drawn.slice(0, n).reduce((sum, value) => sum + value, 0) / n;
        expect(mean, `mean of ${n} in dimension ${dimension}`).to.be.within(0.42, 0.58);
      }
    }
  });

  it('give normal scores without extremes', () => {
    expect(normal(0.5)).to.be.closeTo(0, 1e-6);
    expect(normal(0.8413)).to.be.closeTo(1, 0.01);
    expect(normal(0)).to.equal(normal(0.01));
    const scores = Array.from({ length: 200 }, (_, i) => evenScore(0.1, 0, i));
    expect(Math.max(...scores.map(Math.abs))).to.be.below(2.4);
    expect(scores.reduce((sum, score) => sum + score, 0) / 200).to.be.closeTo(0, 0.05);
  });
});
