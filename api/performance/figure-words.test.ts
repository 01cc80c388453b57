import { expect } from 'chai';
import { decimal, figure } from './figure-words.ts';

describe('A figure in words', () => {
  it('is rounded by the digits one reads, not by their binary neighbours', () => {
    expect([figure(0.6855, 'ratio'), decimal(1.005, 2), decimal(-1.25, 1)]).to.deep.equal(['68.6 %', '1.01', '−1.3']);
  });

  it('has as many decimals as asked for and no minus before a zero', () => {
    expect([decimal(4, 2, 1), decimal(-0.004, 2), decimal(1234.5, 1)]).to.deep.equal(['4.0', '0', '1234.5']);
  });
});
