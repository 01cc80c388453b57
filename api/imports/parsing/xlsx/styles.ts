import { cut } from '../../../text/cut.ts';
import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';
import { numberKind } from './number-formats.ts';
import type { NumberKind } from './number-formats.ts';
import { readXml } from './xml-reader.ts';
import type { XmlAttributes } from './xml-reader.ts';
import type { ZipArchive } from './zip-archive.ts';

/** By style index of a cell: what its number shows, or null. */
export type CellStyles = readonly (NumberKind | null)[];

/** Reads from the styles part only what tells dates, times and percentages from other numbers. */
export async function readStyles(archive: ZipArchive, part: string | null, limits: ParsingLimits): Promise<CellStyles> {
  if (part === null || !archive.has(part)) return [];
  if (archive.size(part) > limits.styles) throw tooMany(part);
  const codes = new Map<number, string>();
  const formatIds: number[] = [];
  let inCellFormats = false;
  const open = (name: string, attributes: XmlAttributes): void => {
    if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), cut(attributes['formatCode'] ?? '', limits.formatCode));
    else if (name === 'cellXfs') inCellFormats = true;
    else if (name === 'xf' && inCellFormats) formatIds.push(Number(attributes['numFmtId'] ?? 0));
    if (Math.max(codes.size, formatIds.length) > limits.cellFormats) throw tooMany(part);
  };
  const close = (name: string): void => {
    if (name === 'cellXfs') inCellFormats = false;
  };
  await readXml(part, archive.text(part), { open, close }, limits);
  return formatIds.map((id) => numberKind(id, codes.get(id)));
}

const tooMany = (part: string): FileRefused => new FileRefused('zip_bomb', `${part} has far more formats of cells than a workbook can have.`);
