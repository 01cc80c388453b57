import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { holdTable } from '../../test/harness/hold.ts';
import { until } from '../../test/harness/until.ts';
import { callsHeader, callsSheet } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { workbook } from '../../test/imports/workbook-writer.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { sql } from '../db/db.ts';
import type { ImportView } from './import.presenter.ts';
import { Interrupted } from './staging.service.ts';

const by = systemPrincipal('test');

/** So many calls as CSV that nobody has uploaded before. */
const csv = (rows: number, topic: string): string =>
  [callsHeader, ...Array.from({ length: rows }, (_, i) => [`${topic}${i}`, 'Ada Agent', '2021-03-31', '12:00:00', topic, 'Y', 'Y', 30, '0:02:00', 4])].map((cells) => cells.join(',')).join('\n');

describe('imports that are cancelled', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_cancel', {}, { workers: false });
    org = client.org;
  });
  after(() => client.close());

  const imports = () => client.app.ctx.imports;
  const uploaded = async (file: Buffer | string, name = 'calls.csv'): Promise<string> => ((await client.upload(org.manager, file, name).expect(202)).body as ImportView).id;
  const staged = async (topic: string): Promise<string> => {
    const id = await uploaded(csv(20, topic));
    await imports().stage(by, id, 1);
    return id;
  };
  const cancel = (id: string) => client.app.request(org.manager.token).post(`/api/imports/${id}/cancel`);

  /** Rows and files that an import has left. */
  async function left(id: string): Promise<{ rows: number; files: number; written: number }> {
    const [row] = await client.app.query(sql<{ rows: number; written: number }>`
      select (select count(*) from import_rows where import_id = ${id})::int as rows,
        (select count(*) from interactions where import_id = ${id})::int as written`);
    const [{ file } = { file: '' }] = await client.app.query(sql<{ file: string }>`select storage_key as file from imports where id = ${id}`);
    const files = await readdir(join(client.app.config.dataDir, 'files'), { recursive: true });
    return { rows: row?.rows ?? -1, written: row?.written ?? -1, files: files.filter((name) => name === file).length };
  }

  /** Nothing of it can be seen, and once it is cleared nothing is there. */
  async function expectGone(id: string): Promise<void> {
    expect(await client.get(org.manager, id)).to.include({ status: 'cancelled', error: null });
    expect(await client.preview(org.manager, id)).to.deep.equal([]);
    await imports().clear(by, id);
    expect(await left(id)).to.deep.equal({ rows: 0, files: 0, written: 0 });
    for (const asked of [client.commit(org.manager, id), client.map(org.manager, id, {}), client.rollBack(org.manager, id)]) await asked.expect(409);
    // Jobs that come late find nothing to do.
    await imports().stage(by, id, 1);
    await imports().commit(by, id);
    expect(await client.get(org.manager, id)).to.include({ status: 'cancelled' });
  }

  it('stop while they wait to be read, tell who is concerned, and may be cancelled twice', async () => {
    const heard: string[] = [];
    for (const [name, person] of Object.entries({ manager: org.manager, leader: org.leader })) {
      (await client.app.socket(person.token)).on('import:cancelled', (payload: Record<string, unknown>) => heard.push(`${name} ${JSON.stringify(payload)}`));
    }
    const id = await uploaded(csv(5, 'Waiting'));
    expect((await cancel(id).expect(200)).body).to.include({ id, status: 'cancelled' });
    expect((await cancel(id).expect(200)).body).to.include({ id, status: 'cancelled' });
    await expectGone(id);
    await client.app.settled();
    const payload = { id, kind: 'interactions', fileName: 'calls.csv', uploadedBy: org.manager.id, cancelledBy: { id: org.manager.id, name: org.manager.row.fullName } };
    expect(heard).to.deep.equal([`manager ${JSON.stringify(payload)}`]);
    const [audit] = await client.app.query(sql<{ n: number }>`select count(*)::int as n from audit_log where action = 'import.cancel' and target_id = ${id}`);
    expect(audit?.n).to.equal(1);
  });

  it('are taken in, where they are packed, before all of one is unpacked: how it ends is for the worker to find', async () => {
    const line = `${randomBytes(400).toString('hex')},${'x'.repeat(30_000)}\n`;
    const packed = gzipSync(`Call Id,Agent,Date\n${line.repeat(3000)}`, { level: 1 });
    const id = await uploaded(packed.subarray(0, -8), 'long.csv.gz');
    expect((await readdir(tmpdir())).filter((name) => name.startsWith(`sideline-gzip-${process.pid}-`))).to.deep.equal([]);
    await imports().stage(by, id, 1);
    expect((await client.get(org.manager, id)).error?.code).to.equal('damaged_file');
  });

  it('stop while they are read', async () => {
    const id = await uploaded(csv(20_000, 'Reading'));
    const reading = imports().stage(by, id, 1);
    await until(async () => (await client.get(org.manager, id)).progress.rows > 0);
    await cancel(id).expect(200);
    await reading;
    await expectGone(id);
  });

  it('stop while it is looked into their sheets, and leave the next worker what one has begun', async () => {
    // Long, and without a single row.
    const nothing = Array.from({ length: 1200 }, () => `<x>${randomBytes(200).toString('hex')}</x>${'<x>y</x>'.repeat(6000)}`).join('');
    const part = { name: 'xl/worksheets/sheet1.xml', data: `<worksheet><sheetData>${nothing}</sheetData></worksheet>` };
    const id = await uploaded(workbook({ sheets: [{ name: 'Long', rows: [] }], parts: [part] }), 'long.xlsx');
    const stop = new AbortController();
    const stopped = imports().stage(by, id, 1, stop.signal).then(() => 'done', (error: unknown) => error);
    await until(async () => (await client.get(org.manager, id)).status === 'parsing');
    stop.abort();
    expect(await stopped).to.be.instanceOf(Interrupted);
    const looking = imports().stage(by, id, 1);
    await cancel(id).expect(200);
    await looking;
    await expectGone(id);
  });

  it('stop while they are compared: neither they nor PostgreSQL end that first', async () => {
    const id = await uploaded(csv(50, 'Comparing'));
    const held = await holdTable(client.app, 'interactions', 'access exclusive');
    const comparing = imports().stage(by, id, 1);
    await held.waitedFor();
    await cancel(id).expect(200);
    // It waits for what is held, and comes back all the same.
    await comparing;
    await held.free();
    await expectGone(id);
  });

  it('are left to the next worker when one stops while it compares', async () => {
    const id = await uploaded(csv(50, 'Stopping'));
    const held = await holdTable(client.app, 'interactions', 'access exclusive');
    const stop = new AbortController();
    const comparing = imports().stage(by, id, 1, stop.signal).then(() => 'done', (error: unknown) => error);
    await held.waitedFor();
    stop.abort();
    expect(await comparing).to.be.instanceOf(Interrupted);
    await held.free();
    await imports().stage(by, id, 1);
    expect(await client.get(org.manager, id)).to.include({ status: 'staged' });
  });

  it('stop when they are staged, and again after a new mapping', async () => {
    await expectCancelled(await staged('Staged'));
    const id = await staged('Mapped');
    await client.map(org.manager, id, { columns: { rating: null } }).expect(202);
    await expectCancelled(id);
  });

  it('stop while they wait to be written', async () => {
    const id = await staged('Agreed');
    await client.commit(org.manager, id).expect(202);
    await expectCancelled(id);
  });

  async function expectCancelled(id: string): Promise<void> {
    await cancel(id).expect(200);
    await expectGone(id);
  }

  it('go on once they are being written, and say so', async () => {
    const id = await staged('Writing');
    await client.commit(org.manager, id).expect(202);
    const held = await holdTable(client.app, 'interactions');
    const writing = imports().commit(by, id);
    await held.waitedFor();
    const { status, body } = await cancel(id).then((answer) => answer, () => ({ status: 0, body: {} }));
    await held.free();
    expect([status, body.code, body.detail]).to.deep.equal([409, 'import_not_cancellable', 'The import is committing; its rows are being written. Take it back when they are.']);
    await writing;
    expect(await client.get(org.manager, id)).to.include({ status: 'committed' });
    expect((await cancel(id).expect(409)).body.detail).to.equal('The import is committed; there is nothing to cancel.');
    expect(await left(id)).to.deep.equal({ rows: 20, files: 1, written: 20 });
  });

  it('are written whole or not at all when both happen at once', async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const id = await staged(`Race${round}`);
      await client.commit(org.manager, id).expect(202);
      const [, { status }] = await Promise.all([imports().commit(by, id), cancel(id)]);
      const view = await client.get(org.manager, id);
      outcomes.add(view.status);
      expect([status, view.status]).to.deep.equal(status === 200 ? [200, 'cancelled'] : [409, 'committed']);
      expect((await left(id)).written).to.equal(view.status === 'cancelled' ? 0 : 20);
    }
    expect([...outcomes]).to.not.include('committing');
  });

  it('leave the file to another import that needs it', async () => {
    const file = csv(3, 'Shared');
    const [one, two] = [await uploaded(file), await uploaded(file)];
    await cancel(one).expect(200);
    await imports().clear(by, one);
    await imports().stage(by, two, 1);
    expect(await client.get(org.manager, two)).to.include({ status: 'staged' });
  });
});

describe('imports that are cancelled while workers run', () => {
  it('are cleared away by them', async () => {
    const client = await ImportClient.start('imports_cancel_work');
    try {
      const { id } = await client.staged(client.org.leader, callsSheet({ id: 'C1' }));
      await client.app.request(client.org.leader.token).post(`/api/imports/${id}/cancel`).expect(200);
      await until(async () => (await client.app.query(sql`select 1 from import_rows where import_id = ${id}`)).length === 0);
      await client.app.request(client.org.leader.token).delete(`/api/imports/${id}`).expect(204);
      expect((await client.app.request(client.org.leader.token).get('/api/imports').expect(200)).body.data).to.deep.equal([]);
    } finally {
      await client.close();
    }
  });
});
