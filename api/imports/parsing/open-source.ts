import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { CsvSource } from './csv/csv-source.ts';
import type { ParsingLimits } from './limits.ts';
import { GZIP_MAGIC, openGzip } from './gzip.ts';
import { FileRefused } from './refusal.ts';
import type { RowSource } from './row-source.ts';
import { XlsxSource } from './xlsx/xlsx-source.ts';

const workbookExtensions = new Set(['.xlsx', '.xlsm', '.xltx', '.xltm']);

/** What people rename to a spreadsheet, by how it begins. */
const foreign: readonly (readonly [magic: string, what: string])[] = [
  ['%PDF-', 'a PDF document'],
  ['{\\rtf', 'a text document (RTF)'],
  ['\x89PNG', 'a picture'],
  ['GIF8', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
  ['<table', 'a web page; open it in Excel and save it as .xlsx'],
  ['BEGIN:VCALENDAR', 'a calendar'],
  ['BEGIN:VCARD', 'an address card'],
  ['<!DOCTYPE', 'a web page; open it in Excel and save it as .xlsx'],
  ['<html', 'a web page; open it in Excel and save it as .xlsx'],
  ['<?xml', 'an XML file; open it in Excel and save it as .xlsx'],
];

/** How objects, and lists of objects or lists, begin. */
const JSON_TEXT = /^(?:\{\s*["}]|\[\s*[[{\]])/;

/**
 * Opens a spreadsheet for reading, by what it contains rather than by its name.
 *
 * Cheap: the archive's directory and the list of sheets are checked, no row is read. What is compressed with gzip is
 * unpacked first, once for each time it is opened.
 *
 * @param fileName the name it was uploaded under, for its extension.
 * @throws FileRefused when the file cannot be a spreadsheet, or is one that is unsafe to open.
 */
export async function openSource(path: string, fileName: string, limits: ParsingLimits): Promise<RowSource> {
  const start = await readStart(path);
  return start.startsWith(GZIP_MAGIC) ? openGzip(path, fileName, limits, (unpacked, name) => openPlain(unpacked, name, limits)) : openPlain(path, fileName, limits);
}

async function openPlain(path: string, fileName: string, limits: ParsingLimits): Promise<RowSource> {
  const start = await readStart(path);
  if (start.startsWith(GZIP_MAGIC)) throw new FileRefused('unsupported_format', `${fileName} is compressed twice; unpack it first.`);
  if (start.length === 0) throw new FileRefused('empty_file', 'The file is empty.');
  if (start.startsWith('PK\x03\x04')) return XlsxSource.open(path, limits);
  if (start.startsWith('\xd0\xcf\x11\xe0')) throw await compoundFile(path, start);
  const text = start.replace(/^\xef\xbb\xbf/, '').trimStart();
  const found = JSON_TEXT.test(text) ? 'JSON data; save it as .csv or .xlsx where it comes from' : foreign.find(([magic]) => text.slice(0, magic.length).toLowerCase() === magic.toLowerCase())?.[1];
  if (found !== undefined) throw new FileRefused('unsupported_format', `${fileName} is no spreadsheet: it is ${found}.`);
  if (workbookExtensions.has(extname(fileName).toLowerCase())) {
    throw new FileRefused('not_a_workbook', `${fileName} is called a workbook, but its content is none.`);
  }
  return CsvSource.open(path, limits);
}

/** Bytes (MS-CFB 2.2). */
const OLE_HEADER = 512;

/**
 * OLE compound files are workbooks of Excel 97–2003, or newer ones encrypted with a password; the
 * directory (MS-CFB 2.2: first sector at byte 48, sector size at byte 30) tells which.
 */
async function compoundFile(path: string, start: string): Promise<FileRefused> {
  const header = Buffer.from(start, 'latin1');
  if (header.length < OLE_HEADER) return new FileRefused('damaged_file', 'The file is damaged: it ends before anything is in it.');
  const sectorSize = 2 ** Math.min(header.readUInt16LE(30), 12);
  const directory = await readStart(path, (header.readUInt32LE(48) + 1) * sectorSize, 4096);
  return directory.includes(Buffer.from('EncryptedPackage', 'utf16le').toString('latin1'))
    ? new FileRefused('encrypted_file', 'The workbook is protected with a password. Save it without one and upload it again.')
    : new FileRefused('legacy_workbook', 'The workbook has the old .xls format. Save it as .xlsx and upload it again.');
}

async function readStart(path: string, position = 0, length = 512): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
