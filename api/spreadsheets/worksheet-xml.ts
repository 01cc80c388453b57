import { cut } from '../text/cut.ts';

/** A date is what a clock showed, as though it were UTC. */
export type XlsxCell = string | number | Date | null;

/** Excel's own limit of a cell. */
const MAX_CHARACTERS = 32_767;
const DAY_MS = 86_400_000;
/** The number Excel has for 1970-01-01. */
const EPOCH_SERIAL = 25_569;
/** Where Excel's calendar begins to agree with that of everybody else, which has no 29 February 1900. */
const FIRST_DATE = Date.UTC(1900, 2, 1);
const LAST_DATE = Date.UTC(10_000, 0, 1);
/** Written as a text in a workbook this is one character, `_x000D_` a carriage return: its first `_` is written that way as well. */
const ESCAPED = /_(?=x[\dA-F]{4}_)/gi;
/** Are in no XML: a workbook that has one does not open. */
const IN_NO_XML = /[\uFFFE\uFFFF]/g;
/** Markup, and characters that a workbook writes by their number. */
const SPECIAL = /[&<>"]|[^\P{Cc}\t\n\u{7F}-\u{9F}]/gu;
const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Cell formats, by their place in `cellXfs`. */
const STYLE = { moment: 1, header: 2 } as const;

/** Whether a date cell says it: no spreadsheet has others. */
export const isExcelDate = (clock: Date): boolean => clock.getTime() >= FIRST_DATE && clock.getTime() < LAST_DATE;

const escaped = (text: string): string => text.replace(SPECIAL, (character) => MARKUP[character] ?? `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
const textXml = (text: string): string => escaped(cut(text.replace(IN_NO_XML, ''), MAX_CHARACTERS).replace(ESCAPED, '_x005F_'));

const letters: string[] = [];
/** `A`, `B`, …, `AA`, by its place from 0. */
const columnName = (column: number): string => (letters[column] ??= `${column < 26 ? '' : columnName(Math.floor(column / 26) - 1)}${String.fromCharCode(65 + (column % 26))}`);

/** A row of a sheet; empty cells are left out. @param number from 1 */
export function rowXml(number: number, cells: readonly XlsxCell[], isHeader = false): string {
  let xml = `<row r="${number}">`;
  for (let column = 0; column < cells.length; column++) {
    const cell = cells[column];
    if (cell !== null && cell !== undefined && cell !== '') xml += cellXml(columnName(column) + number, cell, isHeader);
  }
  return `${xml}</row>`;
}

function cellXml(place: string, cell: string | number | Date, isHeader: boolean): string {
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  // Excel rounds what it shows to the second, and could show one that has not begun.
  if (cell instanceof Date) return `<c r="${place}" s="${STYLE.moment}"><v>${Math.floor(cell.getTime() / 1000) * 1000 / DAY_MS + EPOCH_SERIAL}</v></c>`;
  return `<c r="${place}"${isHeader ? ` s="${STYLE.header}"` : ''} t="inlineStr"><is><t xml:space="preserve">${textXml(cell)}</t></is></c>`;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What stands before the rows. @param widths of the columns, in characters @param hasHeader whether the first row stays where it is */
export function sheetBegin(widths: readonly number[], hasHeader: boolean): string {
  const frozen = hasHeader ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' : '';
  const columns = widths.map((width, column) => `<col min="${column + 1}" max="${column + 1}" width="${width}" customWidth="1"/>`).join('');
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">${frozen}</sheetView></sheetViews>${columns && `<cols>${columns}</cols>`}<sheetData>`;
}

export const SHEET_END = '</sheetData></worksheet>';

/** The parts of a workbook besides its sheets, by their names. */
export function workbookParts(sheets: readonly string[]): Readonly<Record<string, string>> {
  const each = (write: (number: number, name: string) => string): string => sheets.map((name, index) => write(index + 1, name)).join('');
  return {
    'xl/styles.xml': STYLES,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><bookViews><workbookView/></bookViews><sheets>${each((number, name) => `<sheet name="${escaped(name)}" sheetId="${number}" r:id="rId${number}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each((number) => `<Relationship Id="rId${number}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${number}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/>${each((number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPES}.worksheet+xml"/>`)}</Types>`,
  };
}

const font = (bold: string): string => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
