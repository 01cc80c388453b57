import type { ParsingLimits } from '../limits.ts';
import type { CellValue } from '../row-source.ts';
import { areaOf, type Area } from './pivots.ts';
import type { ZipArchive } from './zip-archive.ts';

/** The end of the rows, whatever the prefix of its name; what is merged stands behind it. */
const END_OF_ROWS = 'sheetData>';
const MERGED = /<(?:\w+:)?mergeCell\s[^>]*?\bref="([^"]{1,40})"/g;

/**
 * Cells that are merged over several rows, from top to bottom: what the first row says holds for the others too (one name
 * beside all its calls). A sheet says so behind its rows; larger ones than anybody merges cells in are not searched.
 */
export async function mergedDown(archive: ZipArchive, sheetPart: string, limits: ParsingLimits): Promise<readonly Area[]> {
  if (archive.size(sheetPart) > limits.mergedIn) return [];
  let tail = '';
  let behind = false;
  for await (const chunk of archive.text(sheetPart)) {
    const text: string = tail + chunk;
    const end: number = behind ? 0 : text.lastIndexOf(END_OF_ROWS);
    behind ||= end >= 0;
    tail = behind ? text.slice(end) : text.slice(-END_OF_ROWS.length);
  }
  const areas = [...tail.matchAll(MERGED)].slice(0, limits.merged).flatMap(([, ref = '']) => areaOf(ref));
  return areas.filter(({ top, bottom }) => bottom > top).sort((a, b) => a.top - b.top);
}

/** Gives the cells below the first one of each merged area its value, row by row from top to bottom. */
export class MergedRows {
  readonly #areas: readonly Area[];
  #next = 0;
  #open: { readonly area: Area; readonly value: CellValue | undefined }[] = [];

  constructor(areas: readonly Area[]) {
    this.#areas = areas;
  }

  /** @param cells of a row with anything in it: a blank one stays blank */
  fill(rowNumber: number, cells: (CellValue | undefined)[]): void {
    if (this.#areas.length === 0) return;
    this.#open = this.#open.filter(({ area }) => area.bottom >= rowNumber);
    for (const { area, value } of this.#open) cells[area.left] ??= value;
    for (; (this.#areas[this.#next]?.top ?? Infinity) <= rowNumber; this.#next += 1) {
      const area = this.#areas[this.#next];
      if (area?.top === rowNumber) this.#open.push({ area, value: cells[area.left] });
    }
  }
}
