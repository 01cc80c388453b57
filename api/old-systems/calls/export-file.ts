import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { EJSON } from 'bson';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { streamValues } from 'stream-json/streamers/stream-values.js';
import { OldFileError } from '../old-file-error.ts';

export type Document = Readonly<Record<string, unknown>>;

/** What stands at one place of an export: a document, or why there is none. */
export type Item = { readonly place: string; readonly document: Document } | { readonly place: string; readonly broken: string };

/** Bytes that tell how a file is written. */
const HEAD = 4096;
/** MongoDB allows 16 MB a document; as JSON it may be some times as much. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * The documents of a mongoexport: one a line, an array (`--jsonArray`), or spread over lines (`--pretty`); packed with gzip or
 * not; extended JSON, canonical or relaxed. One at a time: a file may be larger than the memory.
 *
 * @throws OldFileError where it is no such file, or breaks off; what stood before has been answered by then
 */
export async function* readExport(path: string): AsyncGenerator<Item> {
  const head = headOf(path);
  const source = createReadStream(path, { highWaterMark: 256 * 1024 });
  const text = head.isPacked ? joined(source, createGunzip()) : source;
  try {
    if (head.form === 'lines') yield* fromLines(text);
    else yield* fromValues(joined(text, head.form === 'array' ? streamArray.withParserAsStream() : streamValues.withParserAsStream({ jsonStreaming: true })));
  } catch (error) {
    throw error instanceof OldFileError ? error : new OldFileError(`${path} breaks off or is damaged: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    source.destroy();
  }
}

/** What is read from one and written to the other; an error of either ends both. */
function joined<To extends Duplex>(from: Readable, to: To): To {
  pipeline(from, to, () => undefined);
  return to;
}

async function* fromLines(stream: Readable): AsyncGenerator<Item> {
  let number = 0;
  for await (const line of linesOf(stream)) {
    number += 1;
    if (line === null) {
      yield { place: `line ${number}`, broken: `it is longer than ${LONGEST_LINE / 1024 / 1024} MB: that is no document of MongoDB` };
      continue;
    }
    // Exports that were meant to be an array, with one document a line.
    const text = line.trim().replace(/,$/, '');
    if (text === '') continue;
    const place = `line ${number}`;
    try {
      yield { place, ...asDocument(EJSON.parse(text, { relaxed: true })) };
    } catch (error) {
      yield { place, broken: `it is no JSON (${error instanceof Error ? error.message.slice(0, 100) : String(error)})` };
    }
  }
}

async function* fromValues(stream: Readable): AsyncGenerator<Item> {
  let number = 0;
  for await (const { value } of stream as AsyncIterable<{ value: unknown }>) {
    number += 1;
    const place = `document ${number}`;
    try {
      yield { place, ...asDocument(typeof value === 'object' && value !== null ? EJSON.deserialize(value, { relaxed: true }) : value) };
    } catch (error) {
      yield { place, broken: `it is no extended JSON (${error instanceof Error ? error.message.slice(0, 100) : String(error)})` };
    }
  }
}

/** Line by line; null for one that is too long, of which no more is kept. */
async function* linesOf(stream: Readable): AsyncGenerator<string | null> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  const add = (piece: string): void => {
    length += piece.length;
    if (length <= LONGEST_LINE) pieces.push(piece);
    else pieces = [];
  };
  const line = (): string | null => {
    const whole = length > LONGEST_LINE ? null : pieces.join('');
    [pieces, length] = [[], 0];
    return whole;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const [first = '', ...rest] = decoder.decode(chunk, { stream: true }).split('\n');
    add(first);
    for (const piece of rest) {
      yield line();
      add(piece);
    }
  }
  add(decoder.decode());
  yield line();
}

const asDocument = (value: unknown): { document: Document } | { broken: string } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) ? { document: value as Document } : { broken: 'it is no document' };

interface Head {
  readonly isPacked: boolean;
  readonly form: 'lines' | 'array' | 'values';
}

function headOf(path: string): Head {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new OldFileError(`There is no file ${path}.`);
  if (!stat.isFile()) throw new OldFileError(`${path} is no file.`);
  const bytes = Buffer.alloc(HEAD);
  const file = openSync(path, 'r');
  const length = readSync(file, bytes, 0, HEAD, 0);
  closeSync(file);
  const read = bytes.subarray(0, length);
  const isPacked = read[0] === 0x1f && read[1] === 0x8b;
  const start = isPacked ? unpacked(read, path) : read;
  if ((start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff)) throw new OldFileError(`${path} is UTF-16, as PowerShell writes what it redirects. Export with mongoexport --out FILE.`);
  const text = start.toString('utf8').replace(/^\ufeff/, '').trimStart();
  if (text === '') throw new OldFileError(`${path} is empty.`);
  if (text.startsWith('[')) return { isPacked, form: 'array' };
  if (/[\p{Cc}\ufffd]/u.test(text.slice(0, 20).replaceAll(/\s/g, ' '))) throw new OldFileError(`${path} is no mongoexport but ${text.startsWith('PK') ? 'a zip archive, as workbooks are' : 'binary data'}. Export JSON, not CSV or BSON.`);
  if (!text.startsWith('{')) throw new OldFileError(`${path} is no mongoexport: it begins with “${text.slice(0, 20)}”. Export JSON, not CSV or BSON.`);
  return { isPacked, form: /^\{\s*\n/.test(text) ? 'values' : 'lines' };
}

function unpacked(bytes: Buffer, path: string): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw new OldFileError(`${path} is damaged: it cannot be unpacked.`, { cause: error });
  }
}
