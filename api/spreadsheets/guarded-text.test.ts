import { expect } from 'chai';
import fc from 'fast-check';
import { guardedText, unguardedText } from './guarded-text.ts';

describe('texts guarded against being run', () => {
  it('begin with an apostrophe where a spreadsheet could take them for a formula, and nowhere else', () => {
    for (const text of ['=1+1', '+44 7123 456780', '-', '@home', '\t=x', '\rx', '  =x', '＝x', "'=x", "''-"]) expect(guardedText(text), JSON.stringify(text)).to.equal(`'${text}`);
    for (const text of ['', 'a=b', "'quoted'", "'t Hooft", "O'Neil", '1-2', "'"]) expect(guardedText(text), JSON.stringify(text)).to.equal(text);
  });

  it('are what they were once it is taken off', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom(..."'=+-@＝＋－＠\t\r\n 0a"), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), maxLength: 8 });
    fc.assert(fc.property(text, (before) => unguardedText(guardedText(before)) === before), { numRuns: 2_000 });
  });
});
