import { CsvError, parse } from 'csv-parse/sync';

/** One person as the file has them, and where they stand in it: the first is 1. */
export interface LegacyRecord {
  readonly row: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The file cannot be read at all. */
export class LegacyFileError extends Error {}

/**
 * People of another system: a JSON array, `{"data": […]}` as the mock API answers, or CSV with a header.
 * @throws LegacyFileError
 */
export function readLegacyFile(bytes: Uint8Array, name: string): LegacyRecord[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new LegacyFileError('The file is not UTF-8; save it as UTF-8.');
  }
  const records = /\.csv$/i.test(name) ? fromCsv(text) : fromJson(text);
  return records.map((fields, index) => ({ row: index + 1, fields }));
}

function fromJson(text: string): Record<string, unknown>[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new LegacyFileError(`The file is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const list: unknown = isRecord(document) ? document['data'] : document;
  if (!Array.isArray(list) || !list.every(isRecord)) throw new LegacyFileError('The file must be an array of people, or an object with such an array as "data".');
  return list;
}

function fromCsv(text: string): Record<string, unknown>[] {
  const [header = ''] = text.split(/\r?\n/, 1);
  // The separator that makes the most columns of the header.
  const delimiter = [',', ';', '\t'].reduce((best, candidate) => (header.split(candidate).length > header.split(best).length ? candidate : best));
  try {
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true, delimiter, trim: true, skip_empty_lines: true });
    // An empty cell says nothing.
    return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')));
  } catch (error) {
    throw error instanceof CsvError ? new LegacyFileError(`The file is not CSV: ${error.message}`) : error;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
