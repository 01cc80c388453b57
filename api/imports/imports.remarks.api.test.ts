import { expect } from 'chai';
import { ImportClient } from '../../test/imports/import-client.ts';
import { table } from '../../test/imports/workbook-writer.ts';
import { previewReport } from './import-report.ts';
import type { ImportRecord } from './import.repository.ts';

describe('what an import says of a file', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_remarks');
    org = client.org;
  });
  after(() => client.close());

  it('names the columns it does not read and the rows it leaves out, and counts neither', async () => {
    const file = table([
      ['Call Id', 'Agent', 'Date', 'Answered', 'Weather', 'Mood of the day'],
      ['1', 'Ada Agent', '2021-03-31', 'Y', 'rain', 'low'],
      ['Subtotal', null, null, null, 7],
      ['2', 'Ada Agent', '2021-03-31', 'N', 'sun', 'high'],
      ['Grand Total', null, null, null, 14],
    ]);
    const preview = await client.staged(org.manager, file);
    expect(preview.counts).to.include({ rows: 2, new: 2, rejected: 0 });
    expect(preview.remarks).to.deep.equal([
      { code: 'columns_unread', message: '2 columns are not read: Weather (E), Mood of the day (F).', rows: [] },
      { code: 'totals_skipped', message: '2 rows sum up others and are left out: rows 3, 5.', rows: [3, 5] },
    ]);
    const told = await client.remapped(org.manager, preview.id, { columns: { topic: 4 } });
    expect(told.remarks[0]?.message).to.equal('1 column is not read: Mood of the day (F).');
    const report = previewReport({ ...told, detected: { ...told.detected, remarks: told.remarks } } as unknown as ImportRecord, []);
    expect(report).to.include('Note      1 column is not read: Mood of the day (F).').and.to.include('Note      2 rows sum up others and are left out: rows 3, 5.');
  });

  it('says nothing where nothing is left out', async () => {
    expect((await client.staged(org.manager, 'Call Id,Agent,Date,Answered\nS1,Ada Agent,2021-03-31,Y\n', 'calls.csv')).remarks).to.deep.equal([]);
  });

  it('says that presence which overlaps counts once, and where', async () => {
    const presence = client.of('presence');
    const preview = await presence.staged(org.manager, 'Agent,Date,Login,Logout\nAda Agent,2026-09-04,16:00,18:00\nAda Agent,2026-09-04,09:00,17:00\nAda Agent,2026-09-04,18:00,19:00\nLiam Lead,2026-09-04,10:00,11:00\n', 'log.csv');
    expect(preview.counts).to.include({ rows: 4, rejected: 0 });
    expect(preview.remarks).to.deep.equal([{ code: 'overlaps_merged', message: '1 row overlaps others of the same person; the time they share counts once: row 2.', rows: [2] }]);
  });

  it('counts one person as one', async () => {
    const { id } = await client.staged(org.manager, 'Call Id,Agent,Date,Answered\nM1,Nobody Known,2021-03-31,Y\n', 'calls.csv');
    const { body } = await client.commit(org.manager, id).expect(409);
    expect([body.message, body.details[0].message]).to.deep.equal(['1 person the file names is not there. Agree to create them, or map them to somebody.', 'Nobody Known (1 row) is missing']);
  });

  describe('of a row that it compares and refuses', () => {
    const refused = async (kind: ImportClient, file: string) => {
      const { id } = await kind.staged(org.manager, file, 'file.csv');
      return (await kind.preview(org.manager, id, 'rejected')).map(({ errors }) => errors?.map(({ field, cell, value, code }) => [field, cell, value, code]));
    };

    it('names the id that stands in two of them', async () => {
      expect(await refused(client, 'Agent,Call Id,Date,Answered\nAda Agent,D1,2021-03-31,Y\nAda Agent,D1,2021-03-30,Y\n')).to.deep.equal([[['externalId', 'B2', 'D1', 'conflicting_rows']], [['externalId', 'B3', 'D1', 'conflicting_rows']]]);
    });

    it('names the person whose day two of them tell', async () => {
      expect(await refused(client.of('performance'), 'Day,Agent,Calls\n2021-03-31,Ada Agent,3\n2021-03-31,Ada Agent,4\n')).to.deep.equal([[['agent', 'B2', 'Ada Agent', 'conflicting_rows']], [['agent', 'B3', 'Ada Agent', 'conflicting_rows']]]);
    });

    it('says what two rows of a roster share, and shows them', async () => {
      const of = client.of('agents');
      const { id } = await of.staged(org.manager, 'Name,E-mail,Telephone\nDup One,dup@example.org,030123456\nDup Two,DUP@example.org,\n', 'file.csv');
      const rows = await of.preview(org.manager, id, 'rejected');
      expect(rows.map(({ errors, raw }) => [errors?.[0]?.cell, errors?.[0]?.message, raw?.join(' ')])).to.deep.equal([
        ['B2', 'Rows 2, 3 are about the same person and say different things.', 'dup@example.org 030123456 Dup One'], ['B3', 'Rows 2, 3 are about the same person and say different things.', 'dup@example.org Dup Two'],
      ]);
    });

    it('names the manager, whom no roster changes', async () => {
      const { email } = org.manager.row;
      expect(await refused(client.of('agents'), `Name,E-mail,Telephone\nMona Manager,${email},030123456\n`)).to.deep.equal([[['email', 'B2', email, 'not_importable']]]);
    });
  });
});
