import { expect } from 'chai';
import { readXlsx } from 'hucre/xlsx';
import { ImportClient } from '../../../test/imports/import-client.ts';
import { table, type TestCell } from '../../../test/imports/workbook-writer.ts';
import { EXAMPLE_PERSON, TEMPLATE_COLUMNS } from './template-columns.ts';
import type { ImportKindName } from '../kinds/kind-names.ts';
import { WORKBOOK_TYPE } from '../imports.routes.ts';

/** The example, with somebody else's name. */
const filledIn = (rows: readonly (readonly unknown[])[]): TestCell[][] =>
  rows.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : cell === EXAMPLE_PERSON ? 'Fay Filled' : (cell as TestCell))));

/** Cells below which a spreadsheet looks at what is typed, and for what. */
const CHECKS: Readonly<Record<ImportKindName, readonly string[]>> = {
  performance: ['B2 date 36526', 'G2 decimal 1 5', 'I2 decimal 0 100', 'J2 decimal 0 24', 'C2 decimal 0'],
  presence: ['B2 date 36526', 'C2 time 0 1', 'D2 time 0 1', 'E2 time 0 1'],
  interactions: ['C2 date 36526', 'D2 time 0 1', 'N2 decimal 0', 'Q2 decimal 1 5'],
  agents: ['H2 date 36526'],
  notes: ['D2 date 36526'],
  actions: ['E2 date 36526', 'I2 date 36526'],
};
const NEEDED: Readonly<Record<ImportKindName, readonly string[]>> = {
  performance: ['Agent *', 'Day *'], presence: ['Agent *', 'Login *', 'Logout *'], interactions: [], agents: ['Name *'], notes: ['Agent *', 'Note *'], actions: ['Agent *', 'Action *', 'Due *'],
};

describe('import templates', () => {
  let client: ImportClient;

  before(async () => {
    client = await ImportClient.start('import_templates');
  });
  after(() => client.close());

  it('keep the first zeros of what is typed where digits are no number', async () => {
    const { body } = await client.app.request(client.org.manager.token).get('/api/imports/templates/agents').buffer(true).parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    }).expect(200);
    const [sheet] = (await readXlsx(body as Buffer, { readStyles: true })).sheets;
    for (const row of [1, 2, 1_500]) expect(sheet?.cells?.get(`${row},6`)?.style?.numFmt, `row ${row + 1}`).to.equal('@');
    expect(sheet?.cells?.get('2,0')?.style?.numFmt).to.equal(undefined);
  });

  for (const kind of Object.keys(TEMPLATE_COLUMNS) as ImportKindName[]) {
    it(`for ${kind} come back with every column known and nothing to ask`, async () => {
      const { manager } = client.org;
      const request = client.app.request(manager.token);
      const { body, headers } = await request.get(`/api/imports/templates/${kind}`).buffer(true).parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      }).expect(200);
      expect(headers['content-type']).to.equal(WORKBOOK_TYPE);
      expect(headers['content-disposition']).to.equal(`attachment; filename="sideline-template-${kind}.xlsx"`);
      const [sheet] = (await readXlsx(body as Buffer)).sheets;
      expect(sheet?.freezePane).to.include({ rows: 1 });
      const checks = (sheet?.dataValidations ?? []).map(({ type, values, formula1, formula2, range }) => [range.split(':')[0], type, ...(values ?? [formula1, formula2].filter(Boolean))].join(' '));
      for (const check of CHECKS[kind]) expect(checks).to.include(check);
      expect((sheet?.dataValidations ?? []).flatMap(({ values }) => (values ? [values] : []))).to.deep.equal(TEMPLATE_COLUMNS[kind].flatMap(({ words }) => (words ? [words] : [])));
      expect((sheet?.rows[0] ?? []).filter((name) => String(name).endsWith(' *'))).to.deep.equal(NEEDED[kind]);
      const unfilled = await client.of(kind).staged(manager, body as Buffer);
      expect([unfilled.counts.rows, unfilled.remarks]).to.deep.equal([0, [{ code: 'example_skipped', message: 'The example of the template was left in the file and is left out: row 2.', rows: [2] }]]);
      const staged = await client.of(kind).staged(manager, table(filledIn(sheet?.rows.slice(0, 2) ?? [])));
      const rejected = await client.preview(manager, staged.id, 'rejected');
      expect({ status: staged.status, questions: staged.questions, rejected: rejected.map((row) => row.errors) }).to.deep.equal({ status: 'staged', questions: [], rejected: [] });
      expect(staged.counts).to.include({ rows: 1, new: 1 });
      const mapped = Object.entries(staged.mapping?.columns ?? {}).filter(([, column]) => column !== null).sort(([, a], [, b]) => Number(a) - Number(b));
      expect(mapped).to.deep.equal(TEMPLATE_COLUMNS[kind].map(({ field }, column) => [field, column]));
    });
  }
});
