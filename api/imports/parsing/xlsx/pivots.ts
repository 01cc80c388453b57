import type { ParsingLimits } from '../limits.ts';
import { readRelationships, readSmallXml } from './workbook.ts';
import type { ZipArchive } from './zip-archive.ts';

/** Cells from one corner to the other, both included; 0-based columns, 1-based rows. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a sheet shows pivot tables: they sum up rows that stand elsewhere, and are none themselves. */
export async function pivotAreas(archive: ZipArchive, sheetPart: string, limits: ParsingLimits): Promise<Area[]> {
  const areas: Area[] = [];
  for (const { type, target } of (await readRelationships(archive, sheetPart, limits)).values()) {
    if (type !== 'pivotTable' || !archive.has(target)) continue;
    await readSmallXml(archive, target, limits, (name, attributes) => {
      if (name === 'location') areas.push(...areaOf(attributes['ref'] ?? ''));
    });
  }
  return areas;
}

/** `B3:D20`, or `B3` */
export function areaOf(ref: string): Area[] {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i.exec(ref);
  if (!match) return [];
  const [, from = '', top = '', to = from, bottom = top] = match;
  return [{ left: columnOf(from), top: Number(top), right: columnOf(to), bottom: Number(bottom) }];
}

/** `BC12` → 54. Returns -1 for anything that is no address. */
export function columnOf(address: string): number {
  let column = 0;
  let index = 0;
  for (; index < address.length; index += 1) {
    const code = address.charCodeAt(index) | 0x20;
    if (code < 97 || code > 122) break;
    column = column * 26 + (code - 96);
  }
  return index === 0 || index > 4 ? -1 : column - 1;
}
