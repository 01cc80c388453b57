import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { startS3, type S3Server } from '../../test/harness/s3.ts';
import { until } from '../../test/harness/until.ts';
import { createLog } from '../observability/log.ts';

describe('an installation whose files are in a bucket', () => {
  let folder: string;
  let server: S3Server;
  let app: TestApp;
  let said = '';
  const wrong = { id: 'AKIDOFNOBODY01234567', secret: 'verySecretAccessKey0123456789' };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-bucket-'));
    server = await startS3(folder);
  });
  afterEach(() => app.close());
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** An API on the bucket that tells everything there is to tell. */
  async function start(name: string, { id, secret } = { id: 'S3RVER', secret: 'S3RVER' }): Promise<void> {
    const { endpoint, region, bucket } = server.settings;
    const env = { S3_ENDPOINT: endpoint ?? '', S3_REGION: region, S3_BUCKET: bucket, S3_ACCESS_KEY_ID: id, S3_SECRET_ACCESS_KEY: secret, S3_FORCE_PATH_STYLE: 'true', HEALTH_CHECK_INTERVAL: '1000' };
    said = '';
    const output = new Writable({ write: (chunk, _encoding, done) => done(void (said += String(chunk))) });
    app = await startTestApp(name, env, { log: createLog('trace', name, output) });
  }
  const health = async () => (await app.request().get('/health').expect(200)).body as { status: string; dependencies: Record<string, string> };
  const upload = async () => {
    const { token } = await app.people.person('admin');
    return app.request(token).post('/api/imports').field('kind', 'interactions').attach('file', Buffer.from('Call Id,Agent,Date\n1,Ada,2026-01-01\n'), 'calls.csv');
  };

  it('is degraded while the bucket is away, takes everything but files, and is well again by itself', async () => {
    await start('bucket_away');
    expect(await health()).to.deep.include({ status: 'ok', dependencies: { postgresql: 'up', storage: 'up' } });
    expect((await upload()).status).to.equal(202);
    const port = Number(new URL(server.settings.endpoint ?? '').port);
    await server.close();
    await until(async () => (await health()).status === 'degraded');
    expect((await health()).dependencies).to.deep.equal({ postgresql: 'up', storage: 'away' });
    const refused = await upload();
    expect([refused.status, refused.headers['retry-after'] !== undefined]).to.deep.equal([503, true]);
    server = await startS3(folder, port);
    await until(async () => (await health()).status === 'ok');
    expect(said).to.contain('"dependency":"storage"').and.to.contain('is away').and.to.contain('is back');
  });

  it('tells nothing of its keys where they are refused, however much it tells', async () => {
    await start('bucket_refused', wrong);
    await until(async () => (await health()).status === 'degraded');
    expect((await upload()).status).to.equal(503);
    await until(() => said.includes('is away'));
    for (const word of [wrong.secret, wrong.id, 'AWS4-HMAC', 'Credential=', 'X-Amz-Signature']) expect(said.includes(word), word).to.equal(false);
  });
});
