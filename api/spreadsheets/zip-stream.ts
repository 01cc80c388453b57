import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A file of an archive, made while it is written. */
export interface ZipEntry {
  readonly name: string;
  readonly pieces: AsyncIterable<string> | Iterable<string>;
}

/** What the directory at the end says of an entry; sizes in bytes. */
interface Written {
  readonly name: Buffer;
  readonly offset: number;
  crc: number;
  size: number;
  packed: number;
}

/** What is repeated as a spreadsheet's cells are packs well at any level: this one costs half of the usual, and a tenth more bytes. */
const LEVEL = 3;
const PIECE_BYTES = 64 * 1024;
const VERSION = 20;
/** Sizes follow the data; names are UTF-8. */
const FLAGS = 0x808;
const DEFLATED = 8;
/** The first day there is in an archive, 1980-01-01: no time is told. */
const NO_DAY = 33;
/** What 32 bits can tell. */
const MOST_BYTES = 0xffff_ffff;

/**
 * An archive that is sent while its entries are made, as PKWARE's APPNOTE.TXT 4.3 has it, without ZIP64, which not everything opens.
 * Packing happens on other threads; whoever stops reading has ended the entries too.
 *
 * @throws RangeError in the middle, beyond 4 GiB
 */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const all: Written[] = [];
  let offset = 0;
  for await (const { name, pieces } of entries) {
    const entry: Written = { name: Buffer.from(name), offset, crc: 0, size: 0, packed: 0 };
    const header = localHeader(entry);
    yield header;
    for await (const piece of deflated(counted(pieces, entry))) {
      entry.packed += piece.length;
      if (offset + entry.packed > MOST_BYTES || entry.size > MOST_BYTES) throw new RangeError('an archive cannot be larger than 4 GiB');
      yield piece;
    }
    const sizes = block(['u32', 0x08074b50], ...sizesOf(entry));
    yield sizes;
    offset += header.length + entry.packed + sizes.length;
    all.push(entry);
  }
  const directory = Buffer.concat(all.map(centralHeader));
  yield Buffer.concat([directory, block(['u32', 0x06054b50], ['u16', 0], ['u16', 0], ['u16', all.length], ['u16', all.length], ['u32', directory.length], ['u32', offset], ['u16', 0])]);
}

async function* counted(pieces: ZipEntry['pieces'], entry: Written): AsyncGenerator<Buffer> {
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    entry.crc = crc32(bytes, entry.crc);
    entry.size += bytes.length;
    yield bytes;
  }
}

async function* deflated(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(pieces, { objectMode: false });
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: PIECE_BYTES });
  source.on('error', (error) => deflate.destroy(error));
  deflate.on('close', () => source.destroy());
  yield* source.pipe(deflate) as AsyncIterable<Buffer>;
}

type Field = readonly ['u16' | 'u32', number];

const sizesOf = ({ crc, size, packed }: Written): Field[] => [['u32', crc], ['u32', packed], ['u32', size]];
const common: readonly Field[] = [['u16', VERSION], ['u16', FLAGS], ['u16', DEFLATED], ['u16', 0], ['u16', NO_DAY]];

const localHeader = (entry: Written): Buffer => Buffer.concat([block(['u32', 0x04034b50], ...common, ['u32', 0], ['u32', 0], ['u32', 0], ['u16', entry.name.length], ['u16', 0]), entry.name]);

function centralHeader(entry: Written): Buffer {
  const none: Field = ['u16', 0];
  // No extra field, no comment, one disk, a text of nobody's system.
  return Buffer.concat([block(['u32', 0x02014b50], ['u16', VERSION], ...common, ...sizesOf(entry), ['u16', entry.name.length], none, none, none, none, ['u32', 0], ['u32', entry.offset]), entry.name]);
}

function block(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [kind]) => sum + (kind === 'u16' ? 2 : 4), 0));
  let at = 0;
  for (const [kind, value] of fields) at = kind === 'u16' ? bytes.writeUInt16LE(value, at) : bytes.writeUInt32LE(value, at);
  return bytes;
}
