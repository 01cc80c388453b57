import { expect } from 'chai';
import { cut } from './cut.ts';

describe('A text that is cut', () => {
  it('is never longer than it may be, and stays what it is when it is short', () => {
    expect(cut('abc', 2)).to.equal('ab');
    expect(cut('abc', 3)).to.equal('abc');
    expect(cut('abc', 9)).to.equal('abc');
    expect(cut('abc', 0)).to.equal('');
  });

  it('never ends in half a character', () => {
    expect(cut('a😀b', 2)).to.equal('a');
    expect(cut('a😀b', 3)).to.equal('a😀');
    expect(cut('😀😀', 1)).to.equal('');
  });
});
