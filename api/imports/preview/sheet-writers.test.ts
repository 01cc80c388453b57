import { expect } from 'chai';
import fc from 'fast-check';
import { readRows } from '../../../test/imports/read-rows.ts';
import { isCellError } from '../parsing/row-source.ts';
import { csvPieces, xlsxPieces } from './sheet-writers.ts';

const header = ['Id', "'=odd", '+/-', 'Note'];

async function* eachOf(rows: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* rows;
}

/** The file as a person would have it, read as an upload of it is; every cell as its text. */
async function readBack(rows: readonly (readonly string[])[], format: 'csv' | 'xlsx', delimiter: string): Promise<string[][]> {
  const pieces: Buffer[] = [];
  for await (const piece of format === 'csv' ? csvPieces(eachOf(rows), delimiter) : xlsxPieces(eachOf(rows), 'Rejected')) pieces.push(Buffer.from(piece));
  const read = await readRows(Buffer.concat(pieces), `rows.${format}`);
  return read.map(({ cells }) => header.map((_, column) => (isCellError(cells[column]) ? cells[column].code : ((cells[column] ?? '') as string))));
}

describe('rows that are given back as a file', () => {
  const unit = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(..."'=+-@＝＋－＠,;|\t\r\n\" 0a_x&<") }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) });
  // As they are given: without what no spreadsheet holds.
  const text = fc.oneof(fc.string({ unit, maxLength: 10 }), fc.constantFrom('+44 7123 456780', '-', '@home', "'-", '-0.5', '#N/A', '_x000D_', 'a\nb', 'a\rb')).map((raw) => raw.replace(/[^\P{Cc}\t\n\r]|[\uFFFE\uFFFF]/gu, '').toWellFormed());
  const rows = fc.array(fc.tuple(fc.nat().map(String), text, text, text), { minLength: 1, maxLength: 12 });

  for (const format of ['csv', 'xlsx'] as const) {
    it(`come back as they were from ${format}`, async function () {
      this.timeout(20_000);
      await fc.assert(
        fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t', '|'), async (before, delimiter) => {
          expect(await readBack([header, ...before], format, delimiter)).to.deep.equal([header, ...before]);
        }),
        { numRuns: 100 },
      );
    });
  }
});
