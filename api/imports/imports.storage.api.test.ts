import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { startS3, type S3Server } from '../../test/harness/s3.ts';
import { systemPrincipal } from '../auth/principal.ts';
import { clearExpiredProcessor } from '../../workers/retention/clear-expired.processor.ts';
import { sql } from '../db/db.ts';
import { StorageAway } from '../storage/file-store.ts';
import type { ImportView } from './import.presenter.ts';

describe('imports whose files are in a bucket', () => {
  let folder: string;
  let server: S3Server;
  let client: ImportClient;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-bucket-'));
    server = await startS3(folder);
    const { endpoint, bucket, credentials } = server.settings;
    client = await ImportClient.start('imports_bucket', {
      S3_ENDPOINT: endpoint ?? '', S3_BUCKET: bucket, S3_FORCE_PATH_STYLE: 'on', S3_ACCESS_KEY_ID: credentials?.accessKeyId, S3_SECRET_ACCESS_KEY: credentials?.secretAccessKey,
    }, { workers: false });
  });
  after(async () => {
    await client.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('wait while it is away, are refused meanwhile, and go on when it is back', async () => {
    const { manager } = client.org;
    const by = systemPrincipal('test');
    const { id } = (await client.upload(manager, callsSheet({ id: 'A' })).expect(202)).body as ImportView;
    const port = Number(new URL(server.settings.endpoint ?? '').port);
    await server.close();

    const refused = await client.upload(manager, callsSheet({ id: 'B' })).expect(503);
    expect(refused.headers).to.have.property('retry-after');
    expect(await client.app.ctx.imports.stage(by, id, 1).then(() => null, (error: unknown) => error)).to.be.instanceOf(StorageAway);
    expect(await client.get(manager, id)).to.include({ status: 'parsing', error: null });

    server = await startS3(folder, port);
    await client.app.ctx.imports.stage(by, id, 1);
    expect(await client.get(manager, id)).to.deep.include({ status: 'staged', counts: { rows: 1, new: 1, changed: 0, unchanged: 0, rejected: 0 } });
    const { body } = await client.app.request(manager.token).get('/api/imports').expect(200);
    expect((body as { data: ImportView[] }).data.map((row) => row.id)).to.deep.equal([id]);
  });

  it('lose by the job of retention the files that no import needs, and no other', async () => {
    const { manager } = client.org;
    const { ctx } = client.app;
    const file = async (id: string): Promise<string> => (await client.app.query(sql<{ key: string }>`select storage_key as key from imports where id = ${id}`))[0]?.key ?? '';
    const kept = async (): Promise<string[]> => (await readdir(join(folder, 'bucket'), { recursive: true })).flatMap((name) => /[0-9a-f]{2}\/[0-9a-f]{64}/.exec(name)?.[0] ?? []);
    const uploads = [];
    for (const id of ['needed', 'retried', 'refused', 'cancelled', 'unwritten']) uploads.push(await file(((await client.upload(manager, callsSheet({ id })).expect(202)).body as ImportView).id));
    const [needed = '', retried = '', refused = '', cancelled = '', unwritten = ''] = uploads;
    await client.app.query(sql`update imports set status = 'failed', error = '{"code": "internal_error"}' where storage_key = ${retried}`);
    await client.app.query(sql`update imports set status = 'failed', error = '{"code": "damaged_file"}' where storage_key = ${refused}`);
    await client.app.query(sql`update imports set status = 'cancelled' where storage_key = ${cancelled}`);
    // As after a process that was killed between the two.
    await client.app.query(sql`delete from imports where storage_key = ${unwritten}`);
    await clearExpiredProcessor.run(ctx, { id: 'retention', payload: {}, signal: new AbortController().signal, deaths: 0, attempt: 1 });
    expect(await kept()).to.include.members([needed, retried]).and.not.include.members([refused]).and.not.include.members([cancelled]).and.not.include.members([unwritten]);
  });

  it('lose previews that nobody imports, and the files of imports long written, when their time is over', async () => {
    const { manager } = client.org;
    const run = () => clearExpiredProcessor.run(client.app.ctx, { id: 'retention', payload: {}, signal: new AbortController().signal, deaths: 0, attempt: 1 });
    const kept = async (id: string): Promise<boolean> => {
      const [row] = await client.app.query(sql<{ key: string }>`select storage_key as key from imports where id = ${id}`);
      return (await readdir(join(folder, 'bucket'), { recursive: true })).some((name) => name.includes(row?.key ?? 'none'));
    };
    const staged = async (agent: string): Promise<string> => {
      const { id } = (await client.upload(manager, callsSheet({ id: agent })).expect(202)).body as ImportView;
      await client.app.ctx.imports.stage(systemPrincipal('test'), id, 1);
      return id;
    };
    const [old, young, written] = [await staged('old'), await staged('young'), await staged('written')];
    await client.app.query(sql`update imports set status = 'committed' where id = ${written}`);
    const age = (id: string, days: number) => client.app.query(sql`update imports set updated_at = now() - ${days} * interval '1 day' where id = ${id}`);
    await Promise.all([age(old, 31), age(young, 29), age(written, 89)]);
    await run();
    expect(await client.get(manager, old)).to.include({ status: 'discarded' });
    expect(await client.app.query(sql`select 1 from import_rows where import_id = ${old}`)).to.deep.equal([]);
    expect(await client.get(manager, young)).to.include({ status: 'staged' });
    expect([await kept(old), await kept(young), await kept(written)]).to.deep.equal([false, true, true]);
    await age(written, 91);
    await run();
    expect(await client.get(manager, written)).to.include({ status: 'committed' });
    expect([await kept(young), await kept(written)]).to.deep.equal([true, false]);
  });
});
