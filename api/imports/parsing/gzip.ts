import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { ParsingLimits } from './limits.ts';
import { FileRefused } from './refusal.ts';
import type { RowSource, SheetInfo, SourceRow } from './row-source.ts';

/** It inflates to more than it may. */
export class UnpacksTooLong extends FileRefused {}

/** How the folders that files are unpacked in begin. */
const FOLDER = 'sideline-gzip-';

/** How a file compressed with gzip begins (RFC 1952, 2.3.1). */
export const GZIP_MAGIC = '\x1f\x8b';

/**
 * Unpacks a file beside nobody else's, and opens what was in it. Inflated bytes are counted on the way: what grows beyond
 * the limits is refused before it fills the disk.
 *
 * @param open opens the unpacked file; the name is without `.gz`
 * @throws FileRefused when it is damaged, a bomb, or what is in it cannot be read
 */
export async function openGzip(path: string, fileName: string, limits: ParsingLimits, open: (path: string, fileName: string) => Promise<RowSource>): Promise<RowSource> {
  // Whose it is stands in its name: what a killed process leaves is known by that.
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const unpacked = join(folder, 'file');
  try {
    await inflate(path, unpacked, limits);
    return new UnpackedSource(await open(unpacked, fileName.replace(/\.(gz|gzip)$/i, '')), folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Nobody reads a file for this long; for process numbers that somebody else has got meanwhile. Milliseconds. */
const ABANDONED_MS = 24 * 3600 * 1000;

/** Removes what killed processes have unpacked. */
export async function clearAbandonedUnpacking(now: Date): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const pid = new RegExp(`^${FOLDER}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(tmpdir(), name);
    const found = await stat(path).catch(() => null);
    if (found && (!isRunning(Number(pid)) || now.getTime() - found.mtimeMs > ABANDONED_MS)) await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Somebody else's process counts: it may not be asked, but it is there. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const BOMB = 'The file is not opened because it inflates to far more than a spreadsheet does.';

/** Read at a time, so that hardly more is counted than was inflated. */
const pieceBytes = 16 * 1024;

async function inflate(path: string, to: string, limits: ParsingLimits): Promise<void> {
  let packed = 0;
  let inflated = 0;
  // Headers of any length, and members with nothing in them, are packed bytes that nothing comes of.
  let since = { packed: 0, inflated: 0 };
  const counted = new Transform({ transform: (chunk: Buffer, _encoding, done) => done(null, ((packed += chunk.length), chunk)) });
  const bounded = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      inflated += chunk.length;
      const isWindow = inflated - since.inflated > limits.ratioWindow;
      const isTooMuch = isWindow && inflated - since.inflated > (packed - since.packed) * limits.ratio;
      if (isWindow) since = { packed, inflated };
      if (isTooMuch || (inflated > limits.ratioFloor && inflated > packed * limits.ratio)) done(new FileRefused('zip_bomb', BOMB));
      else if (inflated > limits.unpacked) done(new UnpacksTooLong('zip_bomb', BOMB));
      else done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(path, { highWaterMark: pieceBytes }), counted, createGunzip(), bounded, createWriteStream(to, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof FileRefused || isDiskFault(error)) throw error;
    throw new FileRefused('damaged_file', 'The file is damaged: it cannot be unpacked.', { cause: error });
  }
}

const isDiskFault = (error: unknown): boolean => error instanceof Error && 'code' in error && ['ENOSPC', 'EACCES', 'EIO', 'EMFILE', 'EDQUOT'].includes(String(error.code));

/** Rows of an unpacked file, which goes when nobody reads it any more. */
class UnpackedSource implements RowSource {
  readonly format;
  readonly sheets: readonly SheetInfo[];
  readonly delimiter?: string;
  readonly #inner: RowSource;
  readonly #folder: string;

  constructor(inner: RowSource, folder: string) {
    this.format = inner.format;
    this.sheets = inner.sheets;
    if (inner.delimiter !== undefined) this.delimiter = inner.delimiter;
    this.#inner = inner;
    this.#folder = folder;
  }

  rows(sheet: string | null, gone?: AbortSignal): AsyncIterable<SourceRow> {
    return this.#inner.rows(sheet, gone);
  }

  partOf(sheet: string | null): ReturnType<RowSource['partOf']> {
    return this.#inner.partOf(sheet);
  }

  fraction(): number {
    return this.#inner.fraction();
  }

  async close(): Promise<void> {
    await this.#inner.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
