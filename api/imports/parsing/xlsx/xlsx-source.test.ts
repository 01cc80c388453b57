import { expect } from 'chai';
import { workbook, table, type TestWorkbook } from '../../../../test/imports/workbook-writer.ts';
import { readRows, withSource } from '../../../../test/imports/read-rows.ts';

describe('reading a workbook', () => {
  const rowsOf = async (book: TestWorkbook) => readRows(workbook(book));

  it('gives texts, numbers, booleans and blanks with their row numbers', async () => {
    const rows = await readRows(table([['a', 1.5, true, null, 'ü €'], [], ['b']]));
    expect(rows).to.deep.equal([
      { sheet: 'Sheet1', rowNumber: 1, cells: ['a', 1.5, true, undefined, 'ü €'] },
      { sheet: 'Sheet1', rowNumber: 3, cells: ['b'] },
    ]);
  });

  it('tells dates, times and durations from numbers by the style', async () => {
    const [row] = await rowsOf({
      sheets: [{ name: 'S', rows: [[{ number: 44_286, style: 'date' }, { number: 0.5, style: 'time' }, { number: 44_286.25, style: 'dateTime' }, { number: 1.5, style: 'elapsed' }, { number: 0.85, style: 'percent' }, { number: 44_286.75, style: 'custom' }]] }],
    });
    expect(row?.cells).to.deep.equal([
      { kind: 'date', serial: 44_286 },
      { kind: 'time', serial: 0.5 },
      { kind: 'datetime', serial: 44_286.25 },
      { kind: 'duration', serial: 1.5 },
      '85 %',
      { kind: 'datetime', serial: 44_286.75 },
    ]);
  });

  it('brings dates of the 1904 system to that of 1900, and leaves clock times alone', async () => {
    const [row] = await rowsOf({ date1904: true, sheets: [{ name: 'S', rows: [[{ number: 42_824, style: 'date' }, { number: 0.5, style: 'time' }]] }] });
    expect(row?.cells).to.deep.equal([{ kind: 'date', serial: 44_286 }, { kind: 'time', serial: 0.5 }]);
  });

  it('reads cached values of formulas, failed formulas, inline and rich texts', async () => {
    const [row] = await rowsOf({
      sheets: [{
        name: 'S',
        rows: [[
          { xml: '<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>' },
          { xml: '<c><f>1+1</f><v>2</v></c>' },
          { xml: '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>' },
          { xml: '<c t="inlineStr"><is><r><t>Rich </t></r><r><t>text</t></r><rPh sb="0" eb="1"><t>リッチ</t></rPh></is></c>' },
          { xml: '<c t="d"><v>2021-03-31T09:00:00</v></c>' },
          { xml: '<c t="inlineStr"><is><t>a_x000D_b</t></is></c>' },
        ]],
      }],
    });
    expect(row?.cells).to.deep.equal(['ax', 2, { kind: 'error', code: '#DIV/0!' }, 'Rich text', { kind: 'datetime', serial: 44_286.375 }, 'a\rb']);
  });

  it('follows relationships instead of names, with prefixed elements and absolute targets', async () => {
    const sheet = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>here</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const relationships = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/Other/Data.xml"/></Relationships>';
    const rows = await rowsOf({
      sheets: [{ name: 'S', rows: [] }],
      parts: [{ name: 'xl/other/data.xml', data: sheet }, { name: 'xl/_rels/workbook.xml.rels', data: relationships }],
    });
    expect(rows.map(({ cells }) => cells)).to.deep.equal([['here']]);
  });

  it('leaves out chart sheets and lists hidden ones as such', async () => {
    const relationships = ['worksheet" Target="worksheets/sheet1.xml', 'chartsheet" Target="chartsheets/sheet1.xml', 'worksheet" Target="worksheets/sheet3.xml']
      .map((rest, i) => `<Relationship Id="rId${i + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${rest}"/>`);
    const book = workbook({
      sheets: [{ name: 'Data', rows: [['x']] }, { name: 'Chart', rows: [] }, { name: 'Old', rows: [], hidden: true }],
      parts: [{ name: 'xl/_rels/workbook.xml.rels', data: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relationships.join('')}</Relationships>` }],
    });
    await withSource(book, 'book.xlsx', async (source) => {
      expect(source.sheets).to.deep.equal([{ name: 'Data', hidden: false }, { name: 'Old', hidden: true }]);
    });
  });
});
