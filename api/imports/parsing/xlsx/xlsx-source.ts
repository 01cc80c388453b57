import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';
import type { RowSource, SheetInfo, SourceRow } from '../row-source.ts';
import { MergedRows, mergedDown } from './merged-cells.ts';
import { pivotAreas, type Area } from './pivots.ts';
import { SheetRows } from './sheet-rows.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readStyles } from './styles.ts';
import type { CellStyles } from './styles.ts';
import { readWorkbook } from './workbook.ts';
import type { Workbook } from './workbook.ts';
import { XmlReader } from './xml-reader.ts';
import { ZipArchive } from './zip-archive.ts';

/** An .xlsx (or .xlsm; macros are never looked at) workbook, streamed. */
export class XlsxSource implements RowSource {
  readonly format = 'xlsx';
  readonly sheets: readonly SheetInfo[];
  readonly #archive: ZipArchive;
  readonly #workbook: Workbook;
  readonly #limits: ParsingLimits;
  readonly #merged = new Map<string, Promise<readonly Area[]>>();
  #tables: Promise<{ strings: readonly string[]; styles: CellStyles }> | null = null;

  private constructor(archive: ZipArchive, workbook: Workbook, limits: ParsingLimits) {
    this.#archive = archive;
    this.#workbook = workbook;
    this.#limits = limits;
    this.sheets = workbook.sheets.map(({ name, hidden }) => ({ name, hidden }));
  }

  /** Checks the archive and finds the sheets; reads none of the rows yet. */
  static async open(path: string, limits: ParsingLimits): Promise<XlsxSource> {
    const archive = await ZipArchive.open(path, limits);
    try {
      return new XlsxSource(archive, await readWorkbook(archive, limits), limits);
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  async *rows(sheet: string | null, gone?: AbortSignal): AsyncGenerator<SourceRow, void, undefined> {
    const found = this.#workbook.sheets.find(({ name }) => name === sheet);
    if (!found) throw new FileRefused('sheet_not_found', `The workbook has no sheet "${sheet}".`);
    this.#tables ??= this.#readTables();
    const { strings, styles } = await this.#tables;
    const { date1904 } = this.#workbook;
    const ignored = await pivotAreas(this.#archive, found.part, this.#limits);
    const merged = new MergedRows(await this.#mergedIn(found.part));
    const rows = new SheetRows({ name: found.name, strings, styles, date1904, ignored, merged, limits: this.#limits });
    const reader = new XmlReader(found.part, rows, this.#limits);
    for await (const chunk of this.#archive.text(found.part)) {
      gone?.throwIfAborted();
      reader.write(chunk);
      yield* rows.take();
    }
    reader.end();
    yield* rows.take();
  }

  partOf(sheet: string | null): { name: string; bytes: number } | null {
    const part = this.#workbook.sheets.find(({ name }) => name === sheet)?.part;
    return part === undefined ? null : { name: part.toLowerCase(), bytes: this.#archive.size(part) };
  }

  fraction(): number {
    return this.#archive.fraction();
  }

  async close(): Promise<void> {
    this.#archive.close();
  }

  /** Asked again and again of the same sheet. */
  #mergedIn(part: string): Promise<readonly Area[]> {
    const known = this.#merged.get(part) ?? mergedDown(this.#archive, part, this.#limits);
    this.#merged.set(part, known);
    return known;
  }

  async #readTables(): Promise<{ strings: readonly string[]; styles: CellStyles }> {
    const strings = await readSharedStrings(this.#archive, this.#workbook.sharedStringsPart, this.#limits);
    return { strings, styles: await readStyles(this.#archive, this.#workbook.stylesPart, this.#limits) };
  }
}
