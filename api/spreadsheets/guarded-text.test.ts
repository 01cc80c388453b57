import { expect } from 'chai';
import fc from 'fast-check';
import { guardedCsvText, guardedText, unguardedText } from './guarded-text.ts';

describe('texts guarded against being run', () => {
  it('begin with an apostrophe where a spreadsheet could take them for a formula, and nowhere else', () => {
    for (const text of ['=1+1', '+44 7123 456780', '-', '@home', '\t=x', '\rx', '  =x', '＝x', "'=x", "''-"]) expect(guardedText(text), JSON.stringify(text)).to.equal(`'${text}`);
    for (const text of ['', 'a=b', "'quoted'", "'t Hooft", "O'Neil", '1-2', "'"]) expect(guardedText(text), JSON.stringify(text)).to.equal(text);
  });

  it('have one inside as well in a CSV file, wherever a spreadsheet with another separator would begin a cell', () => {
    const guarded: [string, string][] = [
      ['a;=1', "a;'=1"],
      ["a; =cmd|' /C calc'!A0;b", "a;' =cmd|' /C calc'!A0;b"],
      ['a\t@x', "a\t'@x"],
      ['Plan:\r\n- call', "Plan:\r\n'- call"],
      ["a;'=1", "a;''=1"],
      ['=1;=1', "'=1;'=1"],
    ];
    for (const [text, expected] of guarded) expect(guardedCsvText(text), JSON.stringify(text)).to.equal(expected);
    for (const text of ['a; b', 'a;b=1', 'a,=1', "a;'b'", '1;2']) expect(guardedCsvText(text), JSON.stringify(text)).to.equal(text);
    // A workbook's cell ends nowhere but at its end.
    expect(guardedText('a;=1\n- b')).to.equal('a;=1\n- b');
  });

  it('are what they were once it is taken off', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom(..."'=+-@＝＋－＠\t\r\n; 0a"), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })), maxLength: 8 });
    for (const guard of [guardedText, guardedCsvText]) fc.assert(fc.property(text, (before) => unguardedText(guard(before)) === before), { numRuns: 2_000 });
  });

  it('begin a dangerous cell nowhere in a CSV file, whatever parts its cells', () => {
    const text = fc.string({ unit: fc.constantFrom(..."'=-;\t\r\n a"), maxLength: 8 });
    fc.assert(fc.property(text, (before) => guardedCsvText(before).split(/[;\t\r\n]/).every((cell) => !/^\s*[=-]/.test(cell))), { numRuns: 2_000 });
  });
});
