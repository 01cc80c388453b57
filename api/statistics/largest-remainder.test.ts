import { expect } from 'chai';
import fc from 'fast-check';

import { roundToTenths } from './largest-remainder.ts';

const tenths = (value: number) => Math.round(value * 10);

describe('Largest-remainder rounding', () => {
  it('gives the tenths left over to the largest remainders', () => {
    expect(roundToTenths([3.34, 3.33, 3.33])).to.deep.equal({ parts: [3.4, 3.3, 3.3], total: 10 });
    expect(roundToTenths([0.05, 0.05])).to.deep.equal({ parts: [0.1, 0], total: 0.1 });
    expect(roundToTenths([])).to.deep.equal({ parts: [], total: 0 });
  });

  it('adds up, stays within a tenth of each part and leaves nothing at nothing', () => {
    const parts = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 30, noNaN: true })), { maxLength: 20 });
    fc.assert(
      fc.property(parts, (values) => {
        const rounded = roundToTenths(values);
        const sum = rounded.parts.reduce((total, part) => total + tenths(part), 0);
        expect(sum).to.equal(tenths(rounded.total));
        rounded.parts.forEach((part, i) => {
          expect(Math.abs(part - values[i]!)).to.be.lessThan(0.1 + 1e-9);
          if (values[i] === 0) expect(part).to.equal(0);
        });
      }),
    );
  });
});
