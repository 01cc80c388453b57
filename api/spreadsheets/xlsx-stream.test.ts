import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { readXlsx } from 'hucre/xlsx';
import { readRows } from '../../test/imports/read-rows.ts';
import type { XlsxCell } from './worksheet-xml.ts';
import { xlsxStream, type XlsxOptions } from './xlsx-stream.ts';

type Row = readonly XlsxCell[];

const columns = [{ header: 'Number', width: 12 }, { header: 'Text', width: 20 }];

async function written(batches: readonly (readonly Row[])[], options: Partial<XlsxOptions> = {}): Promise<Buffer> {
  const rows = (async function* () {
    yield* batches;
  })();
  return buffer(xlsxStream(rows, { name: 'Rows', columns, ...options }));
}

/** By a reader that is not ours. */
const sheetsOf = async (book: Buffer): Promise<[string, unknown[][]][]> => (await readXlsx(book)).sheets.map(({ name, rows }) => [name, rows]);

describe('workbooks that are written as they come', () => {
  it('go on in further sheets where one is full, each with its header', async () => {
    const rows = Array.from({ length: 5 }, (_, n) => [n, `row ${n}`]);
    const header = ['Number', 'Text'];
    expect(await sheetsOf(await written([rows.slice(0, 1), [], rows.slice(1)], { maxRows: 3 }))).to.deep.equal([
      ['Rows', [header, ...rows.slice(0, 2)]],
      ['Rows (2)', [header, ...rows.slice(2, 4)]],
      ['Rows (3)', [header, ...rows.slice(4)]],
    ]);
    // Full, and nothing left.
    expect((await sheetsOf(await written([rows.slice(0, 2)], { maxRows: 3 }))).map(([name]) => name)).to.deep.equal(['Rows']);
    expect(await sheetsOf(await written([]))).to.deep.equal([['Rows', [header]]]);
  });

  it('have names that Excel takes, however long the first one is', async () => {
    const names = (await sheetsOf(await written([[[1], [2]]], { name: `"A" & <B>${'x'.repeat(22)}`, maxRows: 2 }))).map(([name]) => name);
    expect(names).to.deep.equal([`"A" & <B>${'x'.repeat(22)}`, `"A" & <B>${'x'.repeat(18)} (2)`]);
  });

  it('hold what a cell can hold', async () => {
    const texts = [' blanks ', 'a\nb\tc', 'a\r\nb', '<b>&"', '\u0007bell', '_x000D_', '👩‍👩‍👧 é', '00123', '12345678901234567890', 'x'.repeat(40_000)];
    const book = await written([texts.map((text) => [1.5, text])]);
    const expected = texts.map((text) => text.slice(0, 32_767));
    expect((await readRows(book)).slice(1).map(({ cells }) => cells[1])).to.deep.equal(expected);
    expect((await readXlsx(book)).sheets[0]?.rows.slice(1).map((row) => row[1])).to.deep.equal(expected);
  });

  it('end the rows when nobody reads on, and fail when they do', async () => {
    let ended = false;
    const endless = (async function* () {
      try {
        for (;;) yield Array.from({ length: 1000 }, (_, n) => [n, `${Math.random()}`]);
      } finally {
        ended = true;
      }
    })();
    for await (const piece of xlsxStream(endless, { name: 'Rows' })) if (piece.length > 1000) break;
    expect(ended).to.equal(true);
    const failing = (async function* () {
      yield [[1]];
      throw new Error('the database is gone');
    })();
    const failure = await buffer(xlsxStream(failing, { name: 'Rows' })).catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'the database is gone');
  });
});
