import { expect } from 'chai';
import { ImportClient } from '../../test/imports/import-client.ts';
import { table, workbook, type TestCell } from '../../test/imports/workbook-writer.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...entries: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
const pivot = (ref: string): string => `<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><location ref="${ref}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>`;

describe('workbooks as people keep them', () => {
  let client: ImportClient;
  let org: ImportClient['org'];
  const header = ['Call Id', 'Agent', 'Date', 'Answered', 'Resolved', 'Rating'];
  const rows = (...ids: string[]): TestCell[][] => ids.map((id) => [id, 'Ada Agent', '2021-03-31', 'Y', 'N', 4]);

  before(async () => {
    client = await ImportClient.start('imports_habits');
    org = client.org;
  });
  after(() => client.close());

  it('are read without their pivot tables, wherever those stand, and without their chart sheets', async () => {
    // The pivot table on a sheet of its own looks more like calls than the calls do.
    const summary: TestCell[][] = [['Call Id', 'Agent', 'Date', 'Answered', 'Resolved', 'Rating', 'Topic', 'Queue'], ['Count', 'Ada Agent', '2021-03-31', 'Y', 'Y', 5, 'All', 'All']];
    const beside = [[...header, null, 'Agent', 'Calls'], ...rows('P1', 'P2').map((row, i) => [...row, null, ['Ada Agent', 'Grand Total'][i] ?? null, 2]), [...header.map(() => null), null, 'Grand Total', 2]];
    const preview = await client.staged(org.manager, workbook({
      sheets: [{ name: 'Summary', rows: summary }, { name: 'Chart', rows: [] }, { name: 'Calls', rows: beside }],
      parts: [
        { name: 'xl/_rels/workbook.xml.rels', data: relations(['worksheet', 'worksheets/sheet1.xml'], ['chartsheet', 'chartsheets/sheet1.xml'], ['worksheet', 'worksheets/sheet3.xml'], ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']) },
        { name: 'xl/worksheets/_rels/sheet1.xml.rels', data: relations(['pivotTable', '../pivotTables/pivotTable1.xml']) },
        { name: 'xl/worksheets/_rels/sheet3.xml.rels', data: relations(['pivotTable', '../pivotTables/pivotTable2.xml'], ['drawing', '../drawings/drawing1.xml']) },
        { name: 'xl/pivotTables/pivotTable1.xml', data: pivot('A1:H2') },
        { name: 'xl/pivotTables/pivotTable2.xml', data: pivot('H1:I4') },
      ],
    }));
    expect(preview.detected?.sheets.map(({ name }) => name)).to.deep.equal(['Summary', 'Calls']);
    expect(preview.detected?.headers.map(({ text }) => text)).to.deep.equal(header);
    expect(preview).to.deep.include({ questions: [], counts: { rows: 2, new: 2, changed: 0, unchanged: 0, rejected: 0 } });
    expect(preview.mapping?.sheet).to.equal('Calls');
  });

  it('give what their formulas last came to, and name the cells of those that failed', async () => {
    const failed = (code: string): TestCell => ({ xml: `<c t="e"><f>A1/0</f><v>${code}</v></c>` });
    const preview = await client.staged(org.manager, table([
      header,
      ['F1', { xml: '<c t="str"><f>B9</f><v>Ada Agent</v></c>' }, { xml: '<c t="str"><f>TEXT(C9,"x")</f><v>2021-03-31</v></c>' }, { xml: '<c t="b"><f>TRUE</f><v>1</v></c>' }, 'Y', { xml: '<c><f>2+2</f><v>4</v></c>' }],
      ['F2', 'Ada Agent', failed('#VALUE!'), 'Y', 'Y', failed('#N/A')],
      ['F3', failed('#REF!'), '2021-03-31', 'Y', failed('#NAME?'), 4],
      ['F4', 'Ada Agent', '2021-03-31', 'Y', 'Y', '#NV'],
    ]));
    const [fine, ...others] = await client.preview(org.manager, preview.id);
    expect(fine).to.deep.include({ action: 'new' });
    expect(fine?.values).to.include({ agentId: org.agent.id, rating: 4, outcome: 'answered' });
    expect(others.map(({ errors }) => errors?.map(({ cell, value, code }) => [cell, value, code]))).to.deep.equal([
      [['C3', '#VALUE!', 'cell_error'], ['F3', '#N/A', 'cell_error']],
      [['B4', '#REF!', 'cell_error'], ['E4', '#NAME?', 'cell_error']],
      [['F5', '#NV', 'cell_error']],
    ]);
    const asText = await client.staged(org.manager, 'Call Id,Agent,Date,Answered,Topic\nT1,Ada Agent,2021-03-31,Y,#VALUE!\nT2,Ada Agent,2021-03-31,Y,#1 fan\n', 'calls.csv');
    expect((await client.preview(org.manager, asText.id)).map(({ errors, values }) => errors?.[0]?.cell ?? values?.['topic'])).to.deep.equal(['E2', '#1 fan']);
  });

  it('say yes and no in their language, and shares with their sign', async () => {
    const words = [['Ja', 'Nein'], ['oui', 'non'], ['Sí', 'no'], ['sim', 'NÃO'], ['tak', 'nie'], ['X', '0'], ['wahr', 'falsch'], ['TRUE', 'FALSE']];
    const answered = await client.staged(org.manager, table([header, ...words.map(([yes = '', no = ''], i) => [`W${i}`, 'Ada Agent', '2021-03-31', yes, no, null])]));
    expect((await client.preview(org.manager, answered.id)).map(({ values }) => [values?.['outcome'], values?.['resolved']])).to.deep.equal(words.map(() => ['answered', false]));
    const days = client.of('performance');
    const shares = await days.staged(org.manager, table([['Agent', 'Day', 'Calls', 'SLA'], ...['92.5 %', '92,5%', '92.5', { number: 0.925, style: 'percent' } as const].map((share, i) => ['Ada Agent', `2021-03-0${i + 1}`, 10, share])]));
    expect((await days.preview(org.manager, shares.id)).map(({ values }) => values?.['slaCompliance'])).to.deep.equal([92.5, 92.5, 92.5, 92.5]);
  });

  it('hold emojis wherever a text is cut for display', async () => {
    const long = (before: string): string => before + '😀'.repeat(300);
    const texts = ['', 'x'].map(long);
    const columns = ['Call Id', 'Agent', 'Date', 'Answered', 'Rating', 'Topic', ...texts];
    const lines = texts.map((text, i) => [`E${i}${text.slice(0, 20)}`, 'Ada Agent', '2021-03-31', 'Y', 4, text, text, text]);
    const bad = texts.map((text) => [text, text, text, text, text, text, text, text]);
    for (const file of [table([columns, ...lines, ...bad]), table([texts, columns, ...lines, ...bad])]) {
      const preview = await client.staged(org.manager, file, `${long('y')}.xlsx`);
      expect(preview).to.deep.include({ status: 'staged' });
      expect(preview.counts.rows).to.equal(4);
      const rejected = await client.preview(org.manager, preview.id, 'rejected');
      expect(JSON.stringify([preview, rejected])).to.not.match(/\\ud[89a-f]/);
      expect(rejected.length).to.be.above(0);
    }
    for (const kind of ['agents', 'performance', 'presence', 'notes', 'actions'] as const) {
      const header = { agents: ['Name', 'E-mail', 'Team'], performance: ['Agent', 'Date', 'Handled'], presence: ['Agent', 'Status', 'Start', 'End'], notes: ['Agent', 'Date', 'Type', 'Note'], actions: ['Agent', 'Title', 'Due date'] }[kind];
      const rows = texts.map((text) => header.map(() => text));
      const preview = await client.of(kind).staged(org.manager, table([header, ...rows]));
      expect(preview, kind).to.deep.include({ status: 'staged' });
    }
  });

  it('keep their first row, however little of it can be read', async () => {
    for (const [kind, text] of [['agents', 'Name,E-mail\nFoo Bar,notanemail\n'], ['performance', 'Agent,Date,Handled\nAda Agent,xx,yy\n']] as const) {
      const preview = await client.of(kind).staged(org.manager, text, 'one.csv');
      expect(preview.mapping?.headerRow, kind).to.equal(1);
      expect(preview.counts, kind).to.deep.equal({ rows: 1, new: 0, changed: 0, unchanged: 0, rejected: 1 });
    }
  });

  it('give rejected rows back with their reasons, as wide as a sheet can be', async () => {
    const wide = (cells: readonly TestCell[]): TestCell[] => [...cells, ...Array.from({ length: 16_384 - cells.length }, (_, i) => i % 4000 === 0 ? `c${i}` : null).slice(0, -1), 'last'];
    const preview = await client.staged(org.manager, table([wide(header), wide(['W1', 'Ada Agent', 'never', 'Y', 'N', 4])]));
    const { body, headers } = await client.app.request(org.manager.token).get(`/api/imports/${preview.id}/rejected?format=xlsx`).buffer().parse((res, done) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => done(null, Buffer.concat(pieces)));
    }).expect(200);
    expect(headers['content-type']).to.contain('spreadsheetml');
    const again = await client.staged(org.manager, body as Buffer);
    expect(again.counts).to.deep.equal(preview.counts);
  });
});
