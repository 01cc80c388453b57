import { isBlank, type CellValue, type SourceRow } from '../parsing/row-source.ts';
import { fold, textOf, words } from '../values/text.ts';

type Cells = readonly (CellValue | undefined)[];

/** Columns of one table on a sheet that may hold several side by side; both included. */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/**
 * The tables that stand side by side below a header row: runs of columns between ones that are blank in the header and
 * below it. A single blank column inside a table has cells below it, or it parts two tables.
 */
export function blocksOf(header: Cells, below: readonly Cells[]): Block[] {
  const width = Math.max(header.length, ...below.map((cells) => cells.length));
  const blocks: Block[] = [];
  let from = -1;
  for (let column = 0; column <= width; column += 1) {
    const filled = column < width && [header, ...below].some((cells) => !isBlank(cells[column]));
    if (filled && from < 0) from = column;
    if (!filled && from >= 0) {
      blocks.push({ from, to: column - 1 });
      from = -1;
    }
  }
  return blocks;
}

/** The row as a table sees it: nothing outside of its columns. */
export function within<Row extends Pick<SourceRow, 'cells'>>(row: Row, block: Block | null): Row {
  if (block === null) return row;
  return { ...row, cells: row.cells.map((cell, column) => (column >= block.from && column <= block.to ? cell : undefined)).slice(0, block.to + 1) };
}

export const isBlankRow = ({ cells }: Pick<SourceRow, 'cells'>): boolean => cells.every((cell) => isBlank(cell));

/**
 * A header of two rows as one: groups above (`Satisfaction`, merged over two columns) and names below (`Score`,
 * `Surveys`) read as `Satisfaction Score`, `Satisfaction Surveys`. A cell merged over both rows stands above alone.
 */
export function joinedHeader(above: Cells, below: Cells): (CellValue | undefined)[] {
  let group = '';
  return Array.from({ length: Math.max(above.length, below.length) }, (_, column) => {
    const [top, name] = [textOf(above[column]), textOf(below[column])];
    // Merged cells leave their further columns blank: the group goes on as long as names stand below.
    if (top !== '') group = top;
    else if (name === '') group = '';
    if (name === '') return top === '' ? undefined : top;
    return group === '' ? name : `${group} ${name}`;
  });
}

/** What a header says, however it is written. */
export const headerKey = (header: Cells): string => Array.from(header, (cell) => fold(textOf(cell))).join('\u001f').replace(/\u001f+$/, '');

/** Tells whether a row below the header is that header again, as at the top of each page of a report. */
export function headerAgain(headers: readonly { readonly column: number; readonly text: string }[]): (row: Pick<SourceRow, 'cells'>) => boolean {
  const names = headers.map(({ column, text }) => ({ column, name: fold(text) }));
  return ({ cells }) => names.length > 1 && names.every(({ column, name }) => typeof cells[column] === 'string' && fold(cells[column]) === name);
}

const TOTALS = new Set('total,totals,grand total,subtotal,sub total,sum,average,averages,avg,mean,median,overall,count,min,max,gesamt,gesamtsumme,summe,zwischensumme,durchschnitt,mittelwert,somme,moyenne,total general,sous total,suma,promedio,media,subtotales,totale,somma,soma,totaal,gemiddelde,suma koncowa,razem,srednia'.split(','));

/** A first word with a digit in it, as ids have; those for sums have none. */
const NUMBERED = /^(?:[A-Z]?[a-z]*|[A-Z]+)\d/;

/** Whether a row sums up others: the first thing it says is a word for that. */
export function isTotalsRow({ cells }: Pick<SourceRow, 'cells'>): boolean {
  const first = cells.find((cell) => !isBlank(cell));
  if (typeof first !== 'string' || NUMBERED.test(first)) return false;
  const said = words(first);
  return TOTALS.has(said.join(' ')) || saysTotal(first) || (said.length <= 4 && (TOTALS.has(said[0] ?? '') || TOTALS.has(said.slice(0, 2).join(' '))));
}

/** Words that a sum goes by alone: no name of anybody. */
const SUMS = new Set('total,totals,grand total,subtotal,sub total,overall,team total,overall total,headcount,total headcount,head count,gesamt,gesamtsumme,summe,zwischensumme,kopfzahl,anzahl mitarbeiter,somme,total general,sous total,effectif,suma,subtotales,totale,totaal,somma,soma,razem,suma koncowa'.split(','));
/** Words that follow what is summed up: `Sofia Almeida Total`. */
const LAST = new Set('total,totals,subtotal,gesamt,summe,totale,totaal,razem'.split(','));

/** Whether a text is what a sum is called, and could hardly be a name: `Grand Total`, `Sofia Almeida Total`. */
export function saysTotal(text: CellValue | undefined): boolean {
  if (typeof text !== 'string' || text.length > 100) return false;
  const said = words(text);
  return SUMS.has(said.join(' ')) || (said.length > 1 && LAST.has(said.at(-1) ?? ''));
}

/** How lines begin that programs write below a table, folded. */
const FOOTER = new RegExp(`^(?:${[
  'report (?:generated|created|run|printed|produced|date)', '(?:generated|created|printed|exported|produced|downloaded|prepared|run) (?:by|on|at|from)\\b', '(?:data )?source:', 'page \\d+', 'end of (?:report|file|data)', 'notes?:', 'legend:', 'confidential', '©', '\\(c\\) ', '\\*',
  '(?:bericht )?(?:erstellt|erzeugt|gedruckt|exportiert) (?:am|von)\\b', 'quelle:', 'seite \\d+', 'vertraulich', '(?:rapport )?(?:genere|cree|imprime|exporte) (?:le|par)\\b', 'source :', '(?:informe )?(?:generado|creado|impreso|exportado) (?:el|por)\\b', 'fuente:', 'pagina \\d+',
  '(?:report )?(?:generato|creato|stampato|esportato) (?:il|da)\\b', '(?:relatorio )?(?:gerado|criado|impresso|exportado) (?:em|por)\\b', '(?:rapport )?(?:gegenereerd|aangemaakt|afgedrukt) (?:op|door)\\b', '(?:raport )?(?:wygenerowan\\w*|utworzon\\w*) ',
].join('|')})`);

/** Whether a row is a remark below the table: one cell alone, and it says when or by whom the report was made. */
export function isFooterRow({ cells }: Pick<SourceRow, 'cells'>): boolean {
  const filled = cells.filter((cell) => !isBlank(cell));
  return filled.length === 1 && typeof filled[0] === 'string' && FOOTER.test(fold(filled[0]));
}
