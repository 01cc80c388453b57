import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/** Whatever parts cells or rows, in this file or in another: who reads it guesses what does, and takes a lone line feed for an end too. */
const QUOTED = /[,;\t|\r\n]/;

/**
 * Rows of texts as a CSV file: UTF-8 with a byte order mark, without which Excel takes it for Windows-1252, and lines that end
 * as RFC 4180 has it. What a spreadsheet might run is for the caller to guard.
 */
export function csvStream(rows: AsyncIterable<readonly string[]>, delimiter = ','): AsyncIterable<string | Uint8Array> {
  const source = Readable.from(rows);
  const writer = stringify({ bom: true, delimiter, record_delimiter: 'windows', quoted_match: QUOTED });
  source.on('error', (error) => writer.destroy(error));
  // Whoever stops reading has ended the rows too.
  writer.on('close', () => source.destroy());
  return source.pipe(writer);
}
