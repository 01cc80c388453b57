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

describe('import templates', () => {
  let client: ImportClient;

  before(async () => {
    client = await ImportClient.start('import_templates');
  });
  after(() => client.close());

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
      expect((sheet?.dataValidations ?? []).map(({ values }) => values)).to.deep.equal(TEMPLATE_COLUMNS[kind].flatMap(({ words }) => (words ? [words] : [])));
      const unfilled = await client.of(kind).staged(manager, body as Buffer);
      expect([unfilled.counts.rows, unfilled.remarks]).to.deep.equal([0, [{ code: 'example_skipped', message: 'The example of the template was left in the file and is left out: row 2.', rows: [2] }]]);
      const staged = await client.of(kind).staged(manager, table(filledIn(sheet?.rows ?? [])));
      const rejected = await client.preview(manager, staged.id, 'rejected');
      expect({ status: staged.status, questions: staged.questions, rejected: rejected.map((row) => row.errors) }).to.deep.equal({ status: 'staged', questions: [], rejected: [] });
      expect(staged.counts).to.include({ rows: 1, new: 1 });
      const mapped = Object.entries(staged.mapping?.columns ?? {}).filter(([, column]) => column !== null).sort(([, a], [, b]) => Number(a) - Number(b));
      expect(mapped).to.deep.equal(TEMPLATE_COLUMNS[kind].map(({ field }, column) => [field, column]));
    });
  }
});
