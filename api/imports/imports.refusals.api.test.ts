import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { table, workbook } from '../../test/imports/workbook-writer.ts';
import { zip } from '../../test/imports/zip-writer.ts';
import { sql } from '../db/db.ts';

describe('uploads that are refused', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_refusals', { UPLOAD_LIMIT_MB: '1' });
    org = client.org;
  });
  after(() => client.close());

  /** Files in the store, and imports in the database. */
  async function left(): Promise<{ files: number; imports: number }> {
    const entries = await readdir(join(client.app.config.dataDir, 'files'), { recursive: true, withFileTypes: true }).catch(() => []);
    const [row] = await client.app.query(sql<{ n: number }>`select count(*)::int as n from imports`);
    return { files: entries.filter((entry) => entry.isFile()).length, imports: row?.n ?? 0 };
  }

  const form = () => client.app.request(org.manager.token).post('/api/imports');
  const bomb = () => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(100_000_000, ' ') }] });

  const refusals: readonly [what: string, send: () => ReturnType<typeof form>, status: number, code: string][] = [
    ['no file', () => form().field('kind', 'interactions'), 400, 'validation_failed'],
    ['no kind', () => form().attach('file', callsSheet({}), 'calls.xlsx'), 400, 'validation_failed'],
    ['another kind', () => form().field('kind', 'recipes').attach('file', callsSheet({}), 'calls.xlsx'), 400, 'validation_failed'],
    ['an unknown field', () => form().field('kind', 'interactions').field('colour', 'red').attach('file', callsSheet({}), 'calls.xlsx'), 400, 'validation_failed'],
    ['a field twice', () => form().field('kind', 'interactions').field('kind', 'interactions').attach('file', callsSheet({}), 'calls.xlsx'), 400, 'validation_failed'],
    ['two files', () => form().field('kind', 'interactions').attach('file', callsSheet({}), 'a.xlsx').attach('file', callsSheet({}), 'b.xlsx'), 400, 'too_many_parts'],
    ['a file under another name', () => form().field('kind', 'interactions').attach('upload', callsSheet({}), 'calls.xlsx'), 400, 'validation_failed'],
    ['an empty label', () => form().field('kind', 'interactions').field('source', '  ').attach('file', callsSheet({}), 'calls.xlsx'), 400, 'validation_failed'],
    ['JSON', () => form().send({ kind: 'interactions' }), 415, 'unsupported_media_type'],
    ['a form cut off', () => form().set('Content-Type', 'multipart/form-data; boundary=x').send('--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK'), 400, 'invalid_form'],
    ['more bytes than allowed', () => form().field('kind', 'interactions').attach('file', Buffer.alloc(1_200_000), 'big.xlsx'), 413, 'payload_too_large'],
    ['a PDF called workbook', () => client.upload(org.manager, '%PDF-1.7\n%…', 'report.xlsx'), 415, 'unsupported_format'],
    ['an empty file', () => client.upload(org.manager, '', 'calls.xlsx'), 422, 'empty_file'],
    ['a zip bomb', () => client.upload(org.manager, bomb()), 413, 'zip_bomb'],
    ['a workbook cut off', () => client.upload(org.manager, callsSheet({}).subarray(0, 900)), 422, 'damaged_file'],
    ['a zip that is no workbook', () => client.upload(org.manager, zip([{ name: 'readme.txt', data: 'hello' }])), 415, 'not_a_workbook'],
    ['a workbook with a password', () => client.upload(org.manager, zip([{ name: 'xl/workbook.xml', data: 'x', encrypted: true }])), 422, 'encrypted_file'],
    ['a part outside of the archive', () => client.upload(org.manager, zip([{ name: '../../etc/passwd', data: 'x' }])), 422, 'unsafe_archive'],
    ['a document type with an external entity', () => client.upload(org.manager, workbook({ sheets: [], parts: [{ name: 'xl/workbook.xml', data: '<!DOCTYPE workbook [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook>&x;</workbook>' }] })), 422, 'forbidden_xml'],
    ['300 sheets', () => client.upload(org.manager, workbook({ sheets: Array.from({ length: 300 }, (_, i) => ({ name: `S${i}`, rows: [] })) })), 413, 'too_many_sheets'],
  ];
  for (const [what, send, status, code] of refusals) {
    it(`refuses ${what} with ${status} ${code}, and keeps nothing`, async () => {
      const before = await left();
      const { body, headers } = await send().expect(status);
      expect(body).to.include({ code, status });
      expect(headers['content-type']).to.match(/^application\/problem\+json/);
      expect(await left()).to.deep.equal(before);
    });
  }

  it('answers an upload that announces too much before it is sent', async () => {
    const { port, hostname } = new URL(client.app.url);
    const headers = { Authorization: `Bearer ${org.manager.token}`, 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '5000000000' };
    const request = httpRequest({ port, hostname, path: '/api/imports', method: 'POST', headers });
    request.on('error', () => undefined);
    request.write('--x\r\n');
    const [response] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    expect(response.statusCode).to.equal(413);
    response.resume();
    request.destroy();
  });

  it('keeps nothing of an upload whose sender goes away', async () => {
    const before = await left();
    const { port, hostname } = new URL(client.app.url);
    const headers = { Authorization: `Bearer ${org.manager.token}`, 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '500000' };
    const request = httpRequest({ port, hostname, path: '/api/imports', method: 'POST', headers });
    request.on('error', () => undefined);
    request.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid,agent\r\n');
    await new Promise((resolve) => setTimeout(resolve, 100));
    request.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await left()).to.deep.equal(before);
  });

  // What only reading the rows can tell becomes the import's error; nothing is staged and the file is not kept.
  const failures: readonly [what: string, file: () => Buffer, name: string, code: string][] = [
    ['a cell beyond the last column', () => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/worksheets/sheet1.xml', data: '<worksheet><sheetData><row r="1"><c r="XFE1"><v>1</v></c></row></sheetData></worksheet>' }] }), 'wide.xlsx', 'too_many_columns'],
    ['a cell of 32,768 characters', () => table([['x'.repeat(32_768)]]), 'long.xlsx', 'cell_too_long'],
    ['a part that inflates to more than it says', () => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/worksheets/sheet1.xml', data: Buffer.alloc(50_000, ' '), claimedSize: 100 }] }), 'liar.xlsx', 'damaged_file'],
    ['a sheet with a document type', () => workbook({ sheets: [{ name: 'S', rows: [] }], parts: [{ name: 'xl/worksheets/sheet1.xml', data: '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData>&a;</sheetData></worksheet>' }] }), 'dtd.xlsx', 'forbidden_xml'],
  ];
  for (const [what, file, name, code] of failures) {
    it(`fails on ${what} with ${code}, and keeps neither rows nor file`, async () => {
      const before = await left();
      const failed = await client.staged(org.manager, file(), name);
      expect(failed).to.deep.include({ status: 'failed', counts: { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0 } });
      expect(failed.error?.code).to.equal(code);
      expect(await left()).to.deep.equal({ files: before.files, imports: before.imports + 1 });
      const [rows] = await client.app.query(sql`select count(*)::int as n from import_rows where import_id = ${failed.id}`);
      expect(rows).to.deep.equal({ n: 0 });
      expect((await client.commit(org.manager, failed.id).expect(409)).body.code).to.equal('import_not_staged');
      expect((await client.map(org.manager, failed.id, {}).expect(409)).body.code).to.equal('file_refused');
    });
  }
});
