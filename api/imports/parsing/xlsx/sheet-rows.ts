import { cut } from '../../../text/cut.ts';
import type { ParsingLimits } from '../limits.ts';
import { FileRefused } from '../refusal.ts';
import type { CellValue, SourceRow } from '../row-source.ts';
import { textOf } from '../../values/text.ts';
import { textOrError } from '../cell-errors.ts';
import type { MergedRows } from './merged-cells.ts';
import { momentOfIso, toSerial1900 } from './moments.ts';
import { columnOf, type Area } from './pivots.ts';
import { StringItem } from './shared-strings.ts';
import type { CellStyles } from './styles.ts';
import type { XmlAttributes, XmlHandler } from './xml-reader.ts';

export interface SheetContext {
  readonly name: string;
  readonly strings: readonly string[];
  readonly styles: CellStyles;
  readonly date1904: boolean;
  /** What stands there is left out. */
  readonly ignored: readonly Area[];
  /** What holds for several rows, by their first one. */
  readonly merged: MergedRows;
  readonly limits: ParsingLimits;
}

/**
 * Turns the XML of one worksheet into rows. Formulas give their cached values; cells that are
 * merged over rows hold their value in each of them. Rows gather in `finished` until they are taken.
 */
export class SheetRows implements XmlHandler {
  readonly #context: SheetContext;
  readonly #inline: StringItem;
  #finished: SourceRow[] = [];
  #inData = false;
  #cells: (CellValue | undefined)[] = [];
  #filled = false;
  #rowNumber = 0;
  #isHidden = false;
  readonly #hiddenColumns = new Set<number>();
  #column = -1;
  #type = 'n';
  #style = 0;
  #value = '';
  #inValue = false;
  #inInline = false;

  constructor(context: SheetContext) {
    this.#context = context;
    this.#inline = new StringItem(context.limits);
  }

  /** The rows finished since the last call. */
  take(): SourceRow[] {
    const rows = this.#finished;
    this.#finished = [];
    return rows;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (!this.#inData) {
      this.#inData = name === 'sheetData';
      if (name === 'col') this.#hideColumns(attributes);
    } else if (name === 'c') this.#beginCell(attributes);
    else if (name === 'v') {
      this.#value = '';
      this.#inValue = true;
    } else if (name === 'row') this.#beginRow(attributes);
    else if (name === 'is') {
      this.#inline.begin();
      this.#inInline = true;
    } else if (this.#inInline) this.#inline.open(name);
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else if (this.#inInline) this.#inline.text(text);
  }

  close(name: string): void {
    if (!this.#inData) return;
    if (name === 'v') this.#inValue = false;
    else if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
    else if (name === 'is') {
      this.#value = this.#inline.end();
      this.#inInline = false;
    } else if (this.#inInline) this.#inline.close(name);
    else if (name === 'sheetData') this.#inData = false;
  }

  #hideColumns({ hidden, min, max }: XmlAttributes): void {
    if (!isTrue(hidden)) return;
    const { columns } = this.#context.limits;
    for (let column = Math.max(1, Number(min)); column <= Math.min(columns, Number(max)); column++) this.#hiddenColumns.add(column - 1);
  }

  #beginRow(attributes: XmlAttributes): void {
    const given = attributes['r'];
    const number = given === undefined ? this.#rowNumber + 1 : Number(given);
    if (!Number.isInteger(number) || number <= this.#rowNumber) {
      throw new FileRefused('damaged_file', `The rows of sheet "${this.#context.name}" are not in order at row ${given}.`);
    }
    if (number > this.#context.limits.rows) {
      throw new FileRefused('too_many_rows', `Sheet "${this.#context.name}" has more than ${this.#context.limits.rows} rows.`);
    }
    this.#rowNumber = number;
    this.#isHidden = isTrue(attributes['hidden']);
    this.#cells = [];
    this.#filled = false;
    this.#column = -1;
  }

  #beginCell(attributes: XmlAttributes): void {
    const address = attributes['r'];
    this.#column = address === undefined ? this.#column + 1 : columnOf(address);
    if (this.#column < 0 || this.#column >= this.#context.limits.columns) {
      throw new FileRefused('too_many_columns', `Sheet "${this.#context.name}" has a cell beyond column ${this.#context.limits.columns}.`);
    }
    this.#type = attributes['t'] ?? 'n';
    this.#style = Number(attributes['s'] ?? 0);
    this.#value = '';
  }

  #endCell(): void {
    const value = this.#cellValue();
    if (value === null || this.#isIgnored()) return;
    this.#cells[this.#column] = value;
    this.#filled = true;
  }

  #isIgnored(): boolean {
    return this.#context.ignored.some(({ left, top, right, bottom }) => this.#column >= left && this.#column <= right && this.#rowNumber >= top && this.#rowNumber <= bottom);
  }

  #endRow(): void {
    if (!this.#filled) return;
    this.#context.merged.fill(this.#rowNumber, this.#cells);
    const unseen = { ...(this.#isHidden ? { isHidden: true } : {}), ...(this.#hiddenColumns.size > 0 ? { hiddenColumns: this.#hiddenColumns } : {}) };
    this.#finished.push({ sheet: this.#context.name, rowNumber: this.#rowNumber, cells: this.#cells, ...unseen });
  }

  #cellValue(): CellValue {
    const text = this.#value;
    if (text === '') return null;
    switch (this.#type) {
      case 's':
        return textOrError(this.#sharedString(text));
      case 'b':
        return text.trim() === '1' || text.trim() === 'true';
      case 'e':
        return { kind: 'error', code: cut(text, 40) };
      case 'd':
        return momentOfIso(text) ?? text;
      case 'str':
      case 'inlineStr':
        return textOrError(this.#longText(text));
      default:
        return this.#number(text);
    }
  }

  #number(text: string): CellValue {
    const value = Number(text);
    if (!Number.isFinite(value)) return this.#longText(text);
    const kind = this.#context.styles[this.#style] ?? null;
    if (kind === null) return value;
    // As people read it: the share of one behind it looks like any other number.
    if (kind === 'percent') return `${textOf(value * 100)} %`;
    return { kind, serial: toSerial1900(value, kind, this.#context.date1904) };
  }

  #sharedString(index: string): string {
    const text = this.#context.strings[Number(index)];
    if (text === undefined) {
      throw new FileRefused('damaged_file', `Row ${this.#rowNumber} points to a text the workbook does not contain.`);
    }
    return text;
  }

  #longText(text: string): string {
    if (text.length > this.#context.limits.cellCharacters) {
      throw new FileRefused('cell_too_long', `A cell in row ${this.#rowNumber} holds more than ${this.#context.limits.cellCharacters} characters.`);
    }
    return text;
  }
}

/** As XML Schema writes it. */
const isTrue = (flag: string | undefined): boolean => flag === '1' || flag === 'true';
