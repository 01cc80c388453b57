import type { Batches } from './xlsx-stream.ts';

/** Whatever parts cells or rows, in this file or in another: who reads it guesses what does, and takes a lone line feed for an end too. */
const QUOTED = /[",;\t|\r\n]/;
const PIECE_CHARACTERS = 64 * 1024;

/**
 * Rows of texts as a CSV file: UTF-8 with a byte order mark, without which Excel takes it for Windows-1252, and lines that end
 * as RFC 4180 has it. What a spreadsheet might run is for the caller to guard.
 */
export async function* csvStream(batches: Batches<readonly string[]>, delimiter = ','): AsyncGenerator<string> {
  let piece = '\uFEFF';
  for await (const rows of batches) {
    for (const row of rows) {
      piece += `${row.map(field).join(delimiter)}\r\n`;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
  }
  if (piece) yield piece;
}

const field = (text: string): string => (QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
