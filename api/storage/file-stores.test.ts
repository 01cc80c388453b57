import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runProgram } from '../../test/harness/programs.ts';
import { startS3, type S3Server } from '../../test/harness/s3.ts';
import { DiskFileStore } from './disk-file-store.ts';
import { FileGone, FileTooLarge, StorageAway, type FileStore } from './file-store.ts';
import { S3FileStore } from './s3-file-store.ts';

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

for (const place of ['on disk', 'in a bucket']) describe(`files ${place}`, () => {
  let folder: string;
  let server: S3Server | null;
  let store: FileStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-files-'));
    server = place === 'in a bucket' ? await startS3(folder) : null;
    store = server ? new S3FileStore(server.settings, join(folder, 'files')) : new DiskFileStore(join(folder, 'files'));
  });
  afterEach(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Whatever is kept or on its way; the server has two more files beside each. */
  const left = async (): Promise<string[]> =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && !/_metadata[.]json$|[.]md5$|bucket_metadata/.test(entry.name)).map(({ name }) => name);
  const read = (key: string): Promise<string> => store.withLocalFile(key, (path) => readFile(path, 'utf8'));

  it('keeps the same content once, under its hash', async () => {
    const one = await store.receive(chunks('he', 'llo'), 100);
    const two = await store.receive(chunks('hello'), 100);
    expect(one).to.include({ size: 5, sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' });
    const keys = [await store.keep(one), await store.keep(two)];
    expect(new Set(keys).size).to.equal(1);
    expect(await left()).to.have.length(1);
    expect(await read(keys[0] ?? '')).to.equal('hello');
    await one.discard();
    expect(await read(keys[0] ?? '')).to.equal('hello');
  });

  it('is closed to other users of the machine', async () => {
    const key = await store.keep(await store.receive(chunks('secret'), 100));
    const mode = await store.withLocalFile(key, async (path) => (await stat(path)).mode & 0o077);
    expect(mode).to.equal(0);
  });

  it('leaves nothing of what is too large, breaks off, or is discarded', async () => {
    const tooLarge = await store.receive(chunks('12345', '67890'), 9).then(() => null, (error: unknown) => error);
    expect(tooLarge).to.be.instanceOf(FileTooLarge);
    async function* breaking(): AsyncGenerator<Buffer> {
      yield Buffer.from('begun');
      throw new Error('gone');
    }
    await store.receive(breaking(), 100).then(() => expect.fail(), () => undefined);
    await (await store.receive(chunks('changed my mind'), 100)).discard();
    expect(await left()).to.deep.equal([]);
  });

  it('says when a file is gone, and removes one that is gone without ado', async () => {
    const key = await store.keep(await store.receive(chunks('x'), 100));
    await store.remove(key);
    await store.remove(key);
    expect(await read(key).then(() => null, (error: unknown) => error)).to.be.instanceOf(FileGone);
  });

  it('lists what is kept, and nothing that lies beside it', async () => {
    const keys = [await store.keep(await store.receive(chunks('one'), 100)), await store.keep(await store.receive(chunks('two'), 100))];
    await store.receive(chunks('on its way'), 100);
    const listed: string[] = [];
    for await (const key of store.keys()) listed.push(key);
    expect(listed.toSorted()).to.deep.equal(keys.toSorted());
  });

  it('takes no path for a key', async () => {
    for (const key of ['../../etc/passwd', 'ab/../../x', '']) expect(await store.withLocalFile(key, () => Promise.resolve()).then(() => null, (error: unknown) => error)).to.be.instanceOf(Error);
  });

  it('clears away uploads of processes that are gone, not those on their way', async () => {
    const old = await store.receive(chunks('old'), 100);
    await store.receive(chunks('new'), 100);
    const dayBefore = Date.now() / 1000 - 25 * 3600;
    await utimes(old.path, dayBefore, dayBefore);
    await store.clearAbandoned(new Date());
    expect(await left()).to.have.length(1);
  });
});

describe('files on a disk that is not there', () => {
  it('say so, whatever lies in the place of their folder, and are taken in again once that is put right', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sideline-files-'));
    const store = new DiskFileStore(join(folder, 'files'));
    const staged = await store.receive(chunks('x'), 100);
    await rm(join(folder, 'files'), { recursive: true });
    await writeFile(join(folder, 'files'), 'in the way');
    for (const outcome of await Promise.allSettled([store.receive(chunks('y'), 100), store.keep(staged)])) expect(outcome).to.have.property('reason').that.is.instanceOf(StorageAway);
    await rm(join(folder, 'files'));
    await store.keep(await store.receive(chunks('y'), 100));
    await rm(folder, { recursive: true, force: true });
  });
});

/** Keeps a large file and fetches it, in a process of its own; prints how many megabytes more that took than a small one. */
const LARGE = `
  import { stat } from 'node:fs/promises';
  import { S3FileStore } from ${JSON.stringify(import.meta.resolve('./s3-file-store.ts'))};
  const store = new S3FileStore(JSON.parse(process.argv[1]), process.argv[2]);
  async function* content(megabytes) { for (let n = 0; n < megabytes; n += 1) yield Buffer.alloc(2 ** 20, n + 1); }
  const through = async (megabytes) => store.withLocalFile(await store.keep(await store.receive(content(megabytes), 2 ** 30)), async (path) => (await stat(path)).size);
  await through(1);
  const before = process.resourceUsage().maxRSS;
  const size = await through(128);
  console.log(JSON.stringify({ size, grown: (process.resourceUsage().maxRSS - before) / 1024 }));`;

describe('a large file in a bucket', () => {
  it('passes through in pieces, on its way there and back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sideline-files-'));
    const server = await startS3(folder);
    try {
      const { code, output, errors } = await runProgram(['--input-type=module', '-e', LARGE, JSON.stringify(server.settings), join(folder, 'files')], { NODE_ENV: 'test' });
      expect([code, errors]).to.deep.equal([0, '']);
      const { size, grown } = JSON.parse(output) as { size: number; grown: number };
      expect(size).to.equal(128 * 2 ** 20);
      expect(grown, 'megabytes').to.be.below(64);
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('files in a bucket that cannot be reached', () => {
  it('say so, and leave the upload to be discarded', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sideline-files-'));
    const server = await startS3(folder);
    const store = new S3FileStore(server.settings, join(folder, 'files'));
    const staged = await store.receive(chunks('x'), 100);
    const key = await store.keep(await store.receive(chunks('kept'), 100));
    await server.close();
    const asked = [store.keep(staged), store.withLocalFile(key, () => Promise.resolve()), store.remove(key)];
    for (const outcome of await Promise.allSettled(asked)) expect(outcome).to.have.property('reason').that.is.instanceOf(StorageAway);
    await staged.discard();
    expect(await readdir(join(folder, 'files', 'incoming'))).to.deep.equal([]);
    await rm(folder, { recursive: true, force: true });
  });
});
