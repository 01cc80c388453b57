import { expect } from 'chai';
import fc from 'fast-check';

import { spreadOf } from './spread.ts';

describe('How sessions are spread over people', () => {
  it('is 0 where everybody had as many, and close to 1 where one had them all', () => {
    expect(spreadOf([2, 2, 2, 2])).to.deep.equal({ people: 4, least: 2, median: 2, most: 2, gini: 0 });
    expect(spreadOf([0, 0, 0, 4])).to.deep.equal({ people: 4, least: 0, median: 0, most: 4, gini: 0.75 });
  });

  it('is that of a calculation by hand', () => {
    // |1−3| + |1−5| + |3−5|, each twice: 16; over 2 · 9 · 3.
    expect(spreadOf([5, 1, 3]).gini).to.be.closeTo(16 / 54, 1e-12);
  });

  it('says nothing of one person, of nobody, and of no sessions', () => {
    expect(spreadOf([3]).gini).to.equal(null);
    expect(spreadOf([0, 0]).gini).to.equal(null);
    expect(spreadOf([])).to.deep.equal({ people: 0, least: null, median: null, most: null, gini: null });
  });

  it('equals half the mean difference over the mean', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 12 }), { minLength: 2, maxLength: 30 }), (counts) => {
        const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
        if (mean === 0) return;
        const differences = counts.flatMap((a) => counts.map((b) => Math.abs(a - b))).reduce((sum, one) => sum + one, 0);
        expect(spreadOf(counts).gini).to.be.closeTo(differences / (2 * counts.length ** 2 * mean), 1e-9);
      }),
    );
  });
});
