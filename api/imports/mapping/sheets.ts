import { cut } from '../../text/cut.ts';

/** So many sheets are named; a workbook may have thousands. */
export const mostSheets = 20;

/** `There is no sheet “Nope”; sheets: Calls, Archive.` */
export function noSuchSheet(sheet: string | null, sheets: readonly { readonly name: string | null }[]): string {
  const names = sheets.flatMap(({ name }) => name ?? []);
  const more = names.length > mostSheets ? ` and ${names.length - mostSheets} more` : '';
  const listed = names.length > 0 ? `sheets: ${names.slice(0, mostSheets).join(', ')}${more}` : 'a text file has none';
  return sheet === null ? `Name one of the ${listed}.` : `There is no sheet “${cut(sheet, 100)}”; ${listed}.`;
}
