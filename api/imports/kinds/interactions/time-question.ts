import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import { isBlank, type CellValue } from '../../parsing/row-source.ts';
import { parseDate } from '../../values/dates.ts';
import { textOf } from '../../values/text.ts';
import { parseTimeOfDay } from '../../values/times.ts';
import type { TableSample } from '../import-kind.ts';
import { EARLY, isTime } from '../reading/plausible.ts';

const MOSTLY = 0.8;

/** Asks whether a column that nobody has named holds the times of day, where the dates have none. */
export function timeQuestion(columns: ImportMapping['columns'], sample: TableSample): ImportQuestion[] {
  const dated = columns['startedAt'] ?? columns['date'];
  if (typeof dated !== 'number' || columns['time'] !== undefined || cellsOf(sample, dated).some(hasTime)) return [];
  const used = new Set(Object.values(columns));
  const choices = sample.header.flatMap((cell, column) => (isBlank(cell) || used.has(column) || !holdsTimes(cellsOf(sample, column)) ? [] : [{ value: column, label: textOf(cell) }]));
  const [first] = choices;
  if (first === undefined) return [];
  const message = `The dates have no time of day, and “${first.label}” looks like one. Did interactions begin then?`;
  return [{ code: 'column_meaning', field: 'time', message, answer: '/columns/time', choices: [...choices, { value: null, label: 'No: the days are all that is known' }] }];
}

const cellsOf = ({ rows }: TableSample, column: number): CellValue[] => rows.flatMap((cells) => (isBlank(cells[column]) ? [] : [cells[column] ?? null]));

const hasTime = (cell: CellValue): boolean => typeof (parseDate(cell, 'dmy') ?? parseDate(cell, 'mdy'))?.seconds === 'number';

function holdsTimes(cells: readonly CellValue[]): boolean {
  const times = cells.filter((cell) => typeof cell !== 'number' && isTime(cell)).map((cell) => parseTimeOfDay(cell) ?? 0);
  return times.length > 0 && times.length >= cells.length * MOSTLY && times.filter((seconds) => seconds >= EARLY).length * 2 > times.length;
}
