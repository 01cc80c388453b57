import { expect } from 'chai';
import { ratingAt } from './ratings.ts';

describe('ratings of the demo', () => {
  const mean = (of: number): number => {
    const n = 4000;
    return Array.from({ length: n }, (_, i) => ratingAt(of, (i + 0.5) / n)).reduce((sum, rating) => sum + rating, 0) / n;
  };

  for (const wanted of [1.2, 2.5, 3.4, 4.35, 4.8]) {
    it(`have the mean ${wanted} where it is wanted`, () => expect(mean(wanted)).to.be.closeTo(wanted, 0.01));
  }

  it('are whole stars, and the better the higher the draw', () => {
    const drawn = Array.from({ length: 101 }, (_, i) => ratingAt(3.9, Math.min(0.9999, i / 100)));
    expect(new Set(drawn)).to.deep.equal(new Set([1, 2, 3, 4, 5]));
    expect(drawn.toSorted((a, b) => a - b)).to.deep.equal(drawn);
  });

  it('stay possible where a wobble leads beyond the scale', () => {
    expect(ratingAt(5.4, 0.9)).to.equal(5);
    expect(ratingAt(0.2, 0.1)).to.equal(1);
  });
});
