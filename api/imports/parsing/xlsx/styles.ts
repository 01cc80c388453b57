import type { ParsingLimits } from '../limits.ts';
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
  const codes = new Map<number, string>();
  const formatIds: number[] = [];
  let inCellFormats = false;
  const open = (name: string, attributes: XmlAttributes): void => {
    if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
    else if (name === 'cellXfs') inCellFormats = true;
    else if (name === 'xf' && inCellFormats) formatIds.push(Number(attributes['numFmtId'] ?? 0));
  };
  const close = (name: string): void => {
    if (name === 'cellXfs') inCellFormats = false;
  };
  await readXml(part, archive.text(part), { open, close }, limits);
  return formatIds.map((id) => numberKind(id, codes.get(id)));
}
