import { createReadStream } from 'node:fs';
import { FileRefused } from '../refusal.ts';

/** The encodings spreadsheets export text in. */
export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const UTF8_MARK = Buffer.from('\uFEFF');

/**
 * Decides the encoding of a text file from all of it: a byte order mark first, then the zero bytes of
 * unmarked UTF-16, then whether every byte is valid UTF-8. What remains is Excel's "CSV" on Windows.
 *
 * @throws FileRefused when the file is no text at all.
 */
export async function detectEncoding(path: string): Promise<TextEncodingName> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  let first = true;
  let isMarked = false;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    const wide = first ? utf16Of(chunk) : null;
    if (wide) return wide;
    // Whoever marks it knows that it is text, whatever somebody typed or pasted into it.
    if (first) isMarked = chunk.subarray(0, UTF8_MARK.length).equals(UTF8_MARK);
    first = false;
    if (!isMarked && hasControlBytes(chunk)) throw new FileRefused('unsupported_format', 'The file is neither a workbook nor text.');
    isUtf8 = isUtf8 && decodes(utf8, chunk);
  }
  return isUtf8 && decodes(utf8) ? 'utf-8' : 'windows-1252';
}

function utf16Of(start: Buffer): TextEncodingName | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(start.length >> 1, 512);
  let even = 0;
  let odd = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (start[index] === 0) even += 1;
    if (start[index + 1] === 0) odd += 1;
  }
  if (pairs === 0 || Math.abs(odd - even) < pairs / 2) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** Bytes no text file has in any of the single-byte encodings, such as NUL or BEL. */
function hasControlBytes(chunk: Buffer): boolean {
  for (const byte of chunk) if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1a) return true;
  return false;
}

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}
