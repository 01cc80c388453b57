import { expect } from 'chai';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { call, callsHeader } from '../../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../../test/imports/import-client.ts';
import { readRows } from '../../../test/imports/read-rows.ts';
import { table, workbook, type TestCell } from '../../../test/imports/workbook-writer.ts';
import { sql } from '../../db/db.ts';
import { REASON_HEADER } from './reasons.ts';

/** Collects bytes: a workbook is no text. */
const bytes = (response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
};

describe('files of rejected rows', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('rejected_files');
    org = client.org;
  });
  after(() => client.close());

  const download = (id: string, query = '') => client.app.request(org.manager.token).get(`/api/imports/${id}/rejected${query}`).buffer(true).parse(bytes as never).expect(200);
  const sheet = async (id: string): Promise<unknown[][]> => (await readRows((await download(id)).body as Buffer)).map(({ cells }) => [...cells]);
  const csv = async (id: string, delimiter = ','): Promise<string[][]> => parse((await download(id, '?format=csv')).body as Buffer, { bom: true, delimiter, relax_column_count: true });

  it('are the file as it was uploaded, down to its titles, with the reason beside each row', async () => {
    const file = workbook({ sheets: [{ name: 'Notes', rows: [['Nothing here']] }, { name: 'Calls', rows: [['Calls of March'], [], callsHeader, call({ id: 'R1' }), call({ id: 'R2', date: 'never', rating: 9 }), [], call({ id: 'R3', wait: 'long' })] }] });
    const { id, mapping } = await client.staged(org.manager, file, 'März 1.xlsx');
    expect(mapping).to.include({ sheet: 'Calls', headerRow: 3 });
    const { headers, body } = await download(id);
    expect(headers['content-disposition']).to.match(/^attachment; filename="M\?rz 1 rejected\.xlsx"; filename\*=UTF-8''M%C3%A4rz%201%20rejected\.xlsx$/);
    expect(headers).to.include({ 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'cache-control': 'no-store' });
    const rows = await readRows(body as Buffer);
    expect(rows.map(({ sheet: name, rowNumber }) => [name, rowNumber])).to.deep.equal([['Calls', 1], ['Calls', 3], ['Calls', 4], ['Calls', 5]]);
    expect(rows.slice(1).map(({ cells }) => [...cells])).to.deep.equal([
      [...callsHeader, REASON_HEADER],
      ['R2', 'Ada Agent', 'never', '12:00:00', 'Streaming', 'Y', 'Y', '30', '0:02:00', '9', 'Date: “never” is not a date. Satisfaction rating: “9” is not a rating on the scale 1-5. (Row 5 of März 1.xlsx)'],
      ['R3', 'Ada Agent', '2021-03-31', '12:00:00', 'Streaming', 'Y', 'Y', 'long', '0:02:00', '4', 'Speed of answer in seconds: “long” is not a duration, such as 0:04:20, 4m 20s or a number of seconds. (Row 7 of März 1.xlsx)'],
    ]);
  });

  it('are mended, uploaded again, and are then the rows they should have been', async () => {
    const rows = [callsHeader, call({ id: 'M1' }), call({ id: 'M2', date: 'never' }), call({ id: 'M3', agent: 'Ada Agent', rating: 'good' })];
    const first = await client.committed(org.manager, table(rows));
    expect(first.counts).to.deep.equal({ rows: 3, new: 1, changed: 0, unchanged: 0, rejected: 2 });
    const mended = (await sheet(first.id)) as TestCell[][];
    mended[1]![2] = '2021-03-30';
    const second = await client.committed(org.manager, table(mended));
    expect(second).to.deep.include({ source: first.source, counts: { rows: 2, new: 1, changed: 0, unchanged: 0, rejected: 1 } });
    const again = (await sheet(second.id)) as TestCell[][];
    expect(again[0]).to.deep.equal([...callsHeader, REASON_HEADER]);
    again[1]![9] = '5';
    expect((await client.committed(org.manager, table(again))).counts).to.deep.include({ rows: 1, new: 1 });
    // Whoever mends the whole file instead finds the mended rows there.
    const whole = [callsHeader, call({ id: 'M1' }), call({ id: 'M2', date: '2021-03-30' }), call({ id: 'M3', rating: 5 })];
    expect((await client.staged(org.manager, table(whole))).counts).to.deep.include({ rows: 3, unchanged: 3 });
  });

  it('are known by what they say where they have no id, in either format', async () => {
    const header = callsHeader.slice(1);
    const fine = call({}).slice(1);
    const rows = [call({ topic: '=1+1', wait: 'long' }).slice(1), call({ topic: 'Line\nbreak', wait: 'long' }).slice(1)];
    const { id } = await client.staged(org.manager, table([header, fine, ...rows]));
    const whole = await client.committed(org.manager, table([header, fine, ...rows.map((row) => row.with(6, 31))]));
    expect(whole.counts).to.include({ new: 3 });
    for (const mended of [await csv(id), (await sheet(id)) as string[][]]) {
      for (const row of mended.slice(1)) row[6] = '31';
      const text = mended.map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(';')).join('\r\n');
      expect((await client.staged(org.manager, text, 'mended.csv')).counts).to.deep.equal({ rows: 2, new: 0, changed: 0, unchanged: 2, rejected: 0 });
    }
  });

  it('let no text run as a formula, and leave numbers numbers', async () => {
    const { id } = await client.staged(org.manager, table([[...callsHeader, 'Sentiment'], [...call({ id: "=cmd|' /C calc'!A0", date: 'never', topic: '@SUM(A1)' }), -0.5]]));
    const [, row] = await csv(id);
    expect(row?.slice(0, 5)).to.deep.equal(["'=cmd|' /C calc'!A0", 'Ada Agent', 'never', '12:00:00', "'@SUM(A1)"]);
    expect(row?.[10]).to.equal('-0.5');
    const [, inSheet] = await sheet(id);
    expect(inSheet?.[0]).to.equal("=cmd|' /C calc'!A0");
  });

  it('bring back unchanged what could be a formula and is none, in every kind of cell', async () => {
    const people = client.of('agents');
    const header = ['Name', 'E-mail', 'Phone', 'Joined'];
    const row = ['+Plus Person', 'plus@example.com', '+44 7123 456780', 'never'];
    const { id } = await people.staged(org.manager, [header, row].map((cells) => cells.join(',')).join('\n'), 'people.csv');
    const text = ((await download(id, '?format=csv')).body as Buffer).toString('utf8');
    expect(text).to.contain("\r\n'+Plus Person,plus@example.com,'+44 7123 456780,never,");
    const mended = await people.committed(org.manager, text.replace('never', '2026-01-15'), {}, 'mended.csv');
    expect([mended.counts, await people.preview(org.manager, mended.id, 'rejected')]).to.deep.equal([{ rows: 1, new: 1, changed: 0, unchanged: 0, rejected: 0 }, []]);
    expect(await client.app.query(sql`select full_name, phone from agents where email = 'plus@example.com'`)).to.deep.equal([{ full_name: '+Plus Person', phone: '+44 7123 456780' }]);
  });

  it('have the separator of the file, whatever it was packed in, and keep what no header names', async () => {
    const file = ['Call Id;Agent;Date;Answered', 'S1;Ada Agent;never;Y;and more', 'S2;Ada Agent;2021-03-31;Y'].join('\n');
    const { id } = await client.staged(org.manager, gzipSync(file), 'calls.csv.gz');
    const { headers, body } = await download(id);
    expect(headers['content-disposition']).to.equal('attachment; filename="calls rejected.csv"');
    expect((body as Buffer).toString('utf8')).to.equal(`\uFEFFCall Id;Agent;Date;Answered;${REASON_HEADER}\r\nS1;Ada Agent;never;Y;Date: “never” is not a date. (Row 2 of calls.csv.gz);and more\r\n`);
  });

  it('are there after the commit, until the uploaded file is not', async () => {
    const { id } = await client.committed(org.manager, table([callsHeader, call({ id: 'G1' }), call({ id: 'G2', date: 'never' })]));
    expect(await sheet(id)).to.have.length(2);
    await client.app.query(sql`update imports set storage_key = 'ff/' || repeat('f', 64) where id = ${id}`);
    for (const format of ['csv', 'xlsx']) {
      const { body } = await client.app.request(org.manager.token).get(`/api/imports/${id}/rejected?format=${format}`).expect(409);
      expect(body).to.include({ code: 'file_gone' });
    }
  });
});
