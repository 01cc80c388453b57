import type { ImportMapping, ImportQuestion, MappingOptions, ValueUnit } from '../../mapping/import-mapping.ts';
import { isMoment, type CellValue } from '../../parsing/row-source.ts';
import { parseDate } from '../../values/dates.ts';
import { secondsIn, unitOfHeader, type DurationUnit } from '../../values/durations.ts';
import { textOf, words } from '../../values/text.ts';
import { parseTimeOfDay } from '../../values/times.ts';
import type { NeededColumn, Settled, TableSample } from '../import-kind.ts';
import { columnQuestions, dayQuestion } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { unitQuestion } from '../reading/settle-units.ts';
import { evidenceIn, unitOfStays } from '../reading/time-evidence.ts';
import type { TimeUnits } from '../reading/unit-tally.ts';

export const needed: readonly NeededColumn[] = [
  { fields: ['agent'], message: 'No column with the agent was found. Who was there?' },
  { fields: ['login'], message: 'No column with the login was found. Since when was somebody there?' },
  { fields: ['logout', 'duration'], message: 'No column with the logout was found. Until when was somebody there?' },
];

/** How the unit of the duration is found: a day has 24 hours, so larger numbers count minutes or seconds. */
export const durationUnits: TimeUnits = { unitOf: unitOfStays, asked: ['hours', 'minutes', 'seconds'] };

/** Reads from the content of the columns what the mapping leaves open: the order of dates, what bare numbers of the duration count. */
export async function settlePresence(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<Settled> {
  const questions = [...columnQuestions(columns, sample, needed, given), ...dayQuestions(columns, given, sample)];
  const units: Record<string, ValueUnit> = { ...given.units };
  const guessed = new Map<string, string>();
  const { duration } = columns;
  if (typeof duration === 'number' && units['duration'] === undefined) {
    const header = textOf(sample.header[duration]);
    const named = unitOfHeader(words(header));
    const evidence = evidenceIn(sample.rows.map((cells) => cells[duration]));
    const said = named ?? unitOfSpans(columns, sample.rows);
    const unit = said ?? durationUnits.unitOf(evidence);
    if (unit) units['duration'] = unit;
    else questions.push(unitQuestion('duration', header, durationUnits.asked, evidence));
    if (unit && !said) guessed.set('duration', header);
  }
  const dated = typeof columns['date'] === 'number' ? 'date' : 'login';
  const dateOrder = given.dateOrder ?? (await settleDateOrder(columns[dated], dated, sample, questions));
  return { options: { ...given, ...(dateOrder ? { dateOrder } : {}), units }, questions, guessed };
}

/** Asks for the day where logins are times of day alone. */
function dayQuestions({ date, login }: ImportMapping['columns'], { day }: MappingOptions, sample: TableSample): ImportQuestion[] {
  if (typeof date === 'number' || typeof login !== 'number' || day !== undefined) return [];
  const cells = sample.rows.flatMap((row) => row[login] ?? []);
  const isTimeAlone = (cell: CellValue): boolean => parseTimeOfDay(cell) !== null && (isMoment(cell) ? cell.serial < 1 : parseDate(cell, 'dmy') === null && parseDate(cell, 'mdy') === null);
  return cells.length > 0 && cells.every(isTimeAlone) ? [dayQuestion('date', 'The logins have no day. Which day are they of?', sample, [])] : [];
}

const DAY = 86_400;
/** Systems round; some leave seconds out. Seconds. */
const TOLERANCE = 60;

/** What the durations count where rows have login and logout as well: the one unit in which they are the time between them. */
function unitOfSpans({ login, logout, duration }: ImportMapping['columns'], rows: TableSample['rows']): DurationUnit | null {
  if (typeof login !== 'number' || typeof logout !== 'number' || typeof duration !== 'number') return null;
  const fitting = new Map<DurationUnit, number>();
  for (const cells of rows) {
    const [from, until] = [parseTimeOfDay(cells[login]), parseTimeOfDay(cells[logout])];
    if (from === null || until === null) continue;
    const passed = (until - from + DAY) % DAY;
    for (const unit of durationUnits.asked) {
      const seconds = secondsIn(cells[duration], unit);
      if (seconds !== null && seconds > 0 && Math.abs((seconds % DAY) - passed) <= TOLERANCE) fitting.set(unit, (fitting.get(unit) ?? 0) + 1);
    }
  }
  const [best, next] = [...fitting].sort(([, a], [, b]) => b - a);
  return best && best[1] > (next?.[1] ?? 0) ? best[0] : null;
}
