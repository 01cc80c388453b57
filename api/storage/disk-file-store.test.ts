import { mkdtemp, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DiskFileStore } from './disk-file-store.ts';
import { FileGone, FileTooLarge } from './file-store.ts';

async function* chunks(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

describe('files on disk', () => {
  let folder: string;
  let store: DiskFileStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-files-'));
    store = new DiskFileStore(join(folder, 'files'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const left = async (): Promise<string[]> => (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name);
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
