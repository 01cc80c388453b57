import { crc32 } from 'node:zlib';
import type { Readable } from 'node:stream';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';

const MiB = 1024 * 1024;

/**
 * The parts of an Office Open XML package, read one at a time and never to disk.
 *
 * What the central directory declares is checked when opening; yauzl then ends a part with an error as
 * soon as it inflates to more, or to less, than declared, so the declared sizes can be trusted.
 */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #read = 0;
  #size = 1;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** @throws FileRefused when the archive is damaged, encrypted, unsafe or inflates beyond the limits. */
  static async open(path: string, limits: ParsingLimits): Promise<ZipArchive> {
    const zip = await openPromise(path, { autoClose: false, strictFileNames: false }).catch(damaged);
    try {
      return new ZipArchive(zip, await readDirectory(zip, limits));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  /** Part names are case-insensitive in this format. */
  has(part: string): boolean {
    return this.#entries.has(part.toLowerCase());
  }

  /** Inflated size of a part in bytes; 0 when it is absent. */
  size(part: string): number {
    return this.#entries.get(part.toLowerCase())?.uncompressedSize ?? 0;
  }

  /** How much of the part being read has been inflated, 0 to 1. */
  fraction(): number {
    return Math.min(1, this.#read / this.#size);
  }

  /** The text of a part in pieces. Leaving the loop early stops inflating. */
  async *text(part: string): AsyncGenerator<string, void, undefined> {
    const entry = this.#entries.get(part.toLowerCase());
    if (!entry) throw new FileRefused('damaged_file', `The workbook names a part it does not contain: ${part}.`);
    const stream = await this.#zip.openReadStreamPromise(entry).catch(damaged);
    this.#read = 0;
    this.#size = Math.max(1, entry.uncompressedSize);
    try {
      yield* this.#decode(stream, entry);
    } catch (error) {
      damaged(error);
    } finally {
      stream.destroy();
    }
  }

  async *#decode(stream: Readable, entry: Entry): AsyncGenerator<string, void, undefined> {
    let decoder: TextDecoder | undefined;
    let checksum = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      this.#read += chunk.length;
      checksum = crc32(chunk, checksum);
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
      yield decoder.decode(chunk, { stream: true });
    }
    if (checksum !== entry.crc32) {
      throw new FileRefused('damaged_file', `The checksum of ${entry.fileName} does not match: the file was damaged on its way.`);
    }
    yield decoder?.decode() ?? '';
  }

  close(): void {
    this.#zip.close();
  }
}

async function readDirectory(zip: ZipFile, limits: ParsingLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.archiveEntries) {
    throw new FileRefused('too_many_parts', `The file has ${zip.entryCount} parts; ${limits.archiveEntries} is the most that is read.`);
  }
  const entries = new Map<string, Entry>();
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      checkEntry(entry, limits);
      total += entry.uncompressedSize;
      if (total > limits.totalInflated) throw bomb(`all parts together inflate beyond ${limits.totalInflated / MiB} MB`);
      const name = entry.fileName.toLowerCase();
      if (entries.has(name)) {
        throw new FileRefused('unsafe_archive', `The archive contains ${entry.fileName} more than once.`);
      }
      entries.set(name, entry);
    }
  } catch (error) {
    damaged(error);
  }
  return entries;
}

function checkEntry(entry: Entry, limits: ParsingLimits): void {
  if (entry.isEncrypted()) {
    throw new FileRefused('encrypted_file', 'The file is protected with a password. Save it without one and upload it again.');
  }
  if (!entry.canDecodeFileData()) {
    throw new FileRefused('unsupported_format', `${entry.fileName} is compressed in a way this format does not allow.`);
  }
  const { compressedSize, uncompressedSize, fileName } = entry;
  if (uncompressedSize > limits.entryInflated) throw bomb(`${fileName} inflates beyond ${limits.entryInflated / MiB} MB`);
  if (uncompressedSize > limits.ratioFloor && uncompressedSize > compressedSize * limits.ratio) {
    throw bomb(`${fileName} inflates ${Math.round(uncompressedSize / Math.max(1, compressedSize))} fold`);
  }
}

function bomb(what: string): FileRefused {
  return new FileRefused('zip_bomb', `The file is not opened because ${what}.`);
}

/** Turns what zlib, yauzl and the decoder throw into the one thing the user can act on. */
function damaged(error: unknown): never {
  if (error instanceof FileRefused) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  if (/invalid relative path|absolute path/i.test(reason)) {
    throw new FileRefused('unsafe_archive', 'The archive contains a part whose name leads outside of it.', { cause: error });
  }
  throw new FileRefused('damaged_file', `The file cannot be unpacked, it seems cut off or damaged (${reason}).`, { cause: error });
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
