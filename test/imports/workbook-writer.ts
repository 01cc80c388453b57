import { zip, type ZipPart } from './zip-writer.ts';

/** A cell: text goes to the shared strings, numbers stay plain, and an object is written as its XML says. */
export type TestCell = string | number | boolean | null | { readonly number: number; readonly style: keyof typeof styleIndex } | { readonly xml: string };

export interface TestSheet {
  readonly name: string;
  readonly rows: readonly (readonly TestCell[])[];
  readonly hidden?: boolean;
  /** Numbers of rows, and of columns counted from 1, that nobody sees. */
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
  /** Merged areas, `A2:A5`. */
  readonly merged?: readonly string[];
}

export interface TestWorkbook {
  readonly sheets: readonly TestSheet[];
  readonly date1904?: boolean;
  /** Parts that replace, or join, those that are written. */
  readonly parts?: readonly ZipPart[];
}

/** Cell styles every test workbook has, by their index in `cellXfs`. */
const styleIndex = { general: 0, time: 1, date: 2, dateTime: 3, elapsed: 4, percent: 5, custom: 6 } as const;
const formatIds = [0, 21, 14, 22, 46, 9, 164];

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** Writes the smallest workbook Excel would open. */
export function workbook({ sheets, date1904 = false, parts = [] }: TestWorkbook): Buffer {
  const strings = new Map<string, number>();
  const written: ZipPart[] = [
    { name: '[Content_Types].xml', data: contentTypes(sheets.length) },
    { name: '_rels/.rels', data: relationships([['officeDocument', 'xl/workbook.xml']]) },
    { name: 'xl/workbook.xml', data: workbookXml(sheets, date1904) },
    { name: 'xl/_rels/workbook.xml.rels', data: relationships([...sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const), ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']]) },
    { name: 'xl/styles.xml', data: stylesXml() },
    ...sheets.map((sheet, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, data: sheetXml(sheet, strings) })),
  ];
  written.push({ name: 'xl/sharedStrings.xml', data: sharedStringsXml(strings) });
  const replaced = new Set(parts.map(({ name }) => name));
  return zip([...written.filter(({ name }) => !replaced.has(name)), ...parts]);
}

/** A workbook with one sheet. */
export function table(rows: readonly (readonly TestCell[])[], name = 'Sheet1'): Buffer {
  return workbook({ sheets: [{ name, rows }] });
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function sheetXml({ rows, merged = [], hiddenRows = [], hiddenColumns = [] }: TestSheet, strings: Map<string, number>): string {
  const body = rows.map((cells, i) => (cells.length === 0 ? '' : `<row r="${i + 1}"${hiddenRows.includes(i + 1) ? ' hidden="1"' : ''}>${cells.map((cell, column) => cellXml(cell, `${letters(column)}${i + 1}`, strings)).join('')}</row>`));
  return `${declaration}<worksheet xmlns="${main}">${hiddenColumns.length > 0 ? `<cols>${hiddenColumns.map((column) => `<col min="${column}" max="${column}" hidden="1"/>`).join('')}</cols>` : ''}<sheetData>${body.join('')}</sheetData>${merged.length > 0 ? `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : ''}</worksheet>`;
}

function cellXml(cell: TestCell, address: string, strings: Map<string, number>): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${address}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${address}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'object') return 'xml' in cell ? cell.xml.replace('<c', `<c r="${address}"`) : `<c r="${address}" s="${styleIndex[cell.style]}"><v>${cell.number}</v></c>`;
  const index = strings.get(cell) ?? strings.size;
  strings.set(cell, index);
  return `<c r="${address}" t="s"><v>${index}</v></c>`;
}

function letters(column: number): string {
  return column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);
}

function sharedStringsXml(strings: ReadonlyMap<string, number>): string {
  const items = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
  return `${declaration}<sst xmlns="${main}" uniqueCount="${items.length}">${items.join('')}</sst>`;
}

function workbookXml(sheets: readonly TestSheet[], date1904: boolean): string {
  const list = sheets.map(({ name, hidden }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`);
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${list.join('')}</sheets></workbook>`;
}

function stylesXml(): string {
  const formats = formatIds.map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0"/>`);
  return `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-409]dd\\.mm\\.yyyy&quot; um &quot;hh:mm;@"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="${formats.length}">${formats.join('')}</cellXfs></styleSheet>`;
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const list = targets.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${officeRelations}/${type}" Target="${target}"/>`);
  return `${declaration}<Relationships xmlns="${packageRelations}">${list.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const list = Array.from({ length: sheets }, (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${kind}.worksheet+xml"/>`);
  return `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>${list.join('')}</Types>`;
}
