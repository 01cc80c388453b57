import { createHash } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../db/ids.ts';
import { assertKey, FileGone, FileTooLarge, isKey, keyOf, StorageAway, type FileStore, type StagedFile } from './file-store.ts';

/** An upload that has not been kept after this long belongs to a process that is gone. */
const abandonedMs = 24 * 3600 * 1000;

/** Files in a folder of this machine, readable by the service's own user only. */
export class DiskFileStore implements FileStore {
  readonly #folder: string;
  readonly #incoming: string;
  readonly ping = null;

  /** @param folder created when it is missing */
  constructor(folder: string) {
    this.#folder = folder;
    this.#incoming = join(folder, 'incoming');
  }

  async receive(content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<StagedFile> {
    await reach(mkdir(this.#incoming, { recursive: true, mode: 0o700 }));
    const path = join(this.#incoming, newId());
    const discard = (): Promise<void> => rm(path, { force: true });
    try {
      return { path, ...(await writeHashed(path, content, maxBytes)), discard };
    } catch (error) {
      await discard();
      throw error;
    }
  }

  async keep(staged: StagedFile): Promise<string> {
    const key = keyOf(staged);
    const target = this.#path(key);
    await reach(mkdir(dirname(target), { recursive: true, mode: 0o700 }));
    // The same content replaces itself; readers that have the old one open keep reading it.
    await reach(rename(staged.path, target));
    await syncFolder(dirname(target));
    return key;
  }

  async withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T> {
    const path = this.#path(key);
    await access(path).catch(() => {
      throw new FileGone(key);
    });
    return work(path);
  }

  remove(key: string): Promise<void> {
    return rm(this.#path(key), { force: true });
  }

  async *keys(): AsyncGenerator<string, void, undefined> {
    for (const first of await readdir(this.#folder).catch(() => [])) {
      if (!/^[0-9a-f]{2}$/.test(first)) continue;
      for (const hash of await readdir(join(this.#folder, first)).catch(() => [])) {
        if (isKey(`${first}/${hash}`)) yield `${first}/${hash}`;
      }
    }
  }

  async clearAbandoned(now: Date): Promise<void> {
    const names = await readdir(this.#incoming).catch(() => []);
    for (const name of names) {
      const path = join(this.#incoming, name);
      const found = await stat(path).catch(() => null);
      if (found && now.getTime() - found.mtimeMs > abandonedMs) await rm(path, { force: true });
    }
  }

  #path(key: string): string {
    assertKey(key);
    return join(this.#folder, key);
  }
}

/** The folder is gone, may not be written, or something else lies in its place. */
const AWAY: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'EEXIST', 'EACCES', 'EPERM', 'EROFS', 'EIO']);

/** @throws StorageAway for what whoever looks after the folder has to put right */
function reach<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && AWAY.has(error.code) ? new StorageAway(error) : error;
  });
}

async function writeHashed(path: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const file = await reach(open(path, 'wx', 0o600));
  try {
    for await (const chunk of content) {
      size += chunk.length;
      if (size > maxBytes) throw new FileTooLarge(maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** Without it a crash could forget the new name of a file whose upload was acknowledged. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
