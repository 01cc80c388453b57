import { expect } from 'chai';
import { shortened } from './shortened.ts';

describe('A shortened text', () => {
  it('is whole where it fits', () => {
    expect(shortened('the customer wrote', 18)).to.equal('the customer wrote');
  });

  it('ends behind a word, and says that there is more', () => {
    expect(shortened('and the customer wrote', 14)).to.equal('and the…');
    expect(shortened('and the customer wrote', 17)).to.equal('and the customer…');
  });

  it('is never longer than asked for, nor cut through a character', () => {
    expect(shortened('x'.repeat(30), 10)).to.equal(`${'x'.repeat(9)}…`);
    expect(shortened('😀'.repeat(10), 10)).to.equal('😀😀😀😀…');
  });
});
