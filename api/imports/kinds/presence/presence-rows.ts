import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import { isMoment, type SourceRow } from '../../parsing/row-source.ts';
import { idOfPerson, type ParsedRow } from '../../rows.ts';
import { parseDate } from '../../values/dates.ts';
import { momentText, type CivilMoment } from '../../values/moments.ts';
import { parseTimeOfDay } from '../../values/times.ts';
import { instantOf } from '../../values/zoned.ts';
import type { Reading, RowReader } from '../import-kind.ts';
import { cellReader, nameReader, textReader, type CellReader } from '../reading/cell-readers.ts';
import { durationReader } from '../reading/duration-reader.ts';
import { RowCells } from '../reading/row-cells.ts';
import { UnitTally } from '../reading/unit-tally.ts';
import { durationUnits } from './settle.ts';

const DAY_MS = 86_400_000;
/** Systems round; some leave seconds out. Milliseconds. */
const TOLERANCE_MS = 60_000;
/** Nobody is there for longer: whoever seems to be has not logged out. Milliseconds. */
const LONGEST_MS = 7 * DAY_MS;

/** What a cell says of a moment: a day, a time of day in seconds, or both. */
interface Said {
  readonly day: CivilMoment | null;
  readonly seconds: number | null;
}

/**
 * Reads logins and logouts. A logout at an earlier time of day is of the next day; with a duration it may be of a later
 * one. A row goes by its id, else by its person, login and logout: lines that overlap are rows of their own, and count
 * once in the hours.
 */
export class PresenceRows implements RowReader {
  readonly #columns: ImportMapping['columns'];
  readonly #zone: string;
  readonly #now: number;
  readonly #id = textReader(200);
  readonly #name = nameReader(255);
  readonly #day: CellReader<CivilMoment>;
  /** That of all rows, where no column has it. */
  readonly #fileDay: CivilMoment | null;
  readonly #moment: CellReader<Said>;
  readonly #duration: CellReader<number>;
  readonly #units: UnitTally;
  #ordinal = 0;

  constructor({ columns, options }: ImportMapping, reading: Reading) {
    this.#columns = columns;
    this.#zone = reading.file;
    this.#now = reading.now;
    const order = options.dateOrder ?? 'dmy';
    const unit = options.units?.['duration'];
    this.#fileDay = options.day === undefined ? null : parseDate(options.day, 'dmy');
    this.#day = cellReader((cell) => parseDate(cell, order), 'invalid_date', 'a date');
    this.#moment = cellReader((cell) => {
      // A time of day alone is less than a day.
      const seconds = isMoment(cell) && cell.serial >= 1 ? null : parseTimeOfDay(cell);
      if (seconds !== null) return { day: null, seconds };
      const day = parseDate(cell, order);
      return day && { day, seconds: day.seconds };
    }, 'invalid_time', 'a time');
    this.#duration = durationReader({ unit, most: LONGEST_MS / 1000, limit: 'a week', stored: Math.round, ...(unit === 'days' ? { parts: 'hours' } : {}) });
    this.#units = new UnitTally(reading.guessed, { duration: durationUnits }, options.units ?? {});
  }

  parse(row: SourceRow): ParsedRow {
    const cells = new RowCells(this.#columns, row);
    const id = cells.value('externalId', this.#id);
    const person = cells.required('agent', this.#name, 'The row names nobody.');
    const span = this.#span(cells);
    if (span !== null) this.#check(cells, span);
    const { faults } = cells;
    this.#units.row(cells);
    this.#ordinal += 1;
    const said = span === null ? `row ${row.rowNumber}` : `${iso(span.start)} ${iso(span.end)}`;
    const data = span === null || faults.length > 0 ? null : { startedAt: iso(span.start), endedAt: iso(span.end), ...(id === null ? {} : { byId: true }) };
    return { ordinal: this.#ordinal, rowNumber: row.rowNumber, externalId: id ?? idOfPerson(person ?? '', said), hashed: false, person, ...(id === null ? { ofPerson: said } : {}), data, faults };
  }

  questions(): ImportQuestion[] {
    return this.#units.questions();
  }

  /** Somebody was there for a time, and that is over: who is still there is recorded here, not imported. */
  #check(cells: RowCells, { start, end }: { start: number; end: number }): void {
    const until = cells.has('logout') ? 'logout' : 'duration';
    if (start > this.#now) cells.fault(cells.has('date') ? 'date' : 'login', 'in_the_future', 'The login is in the future.');
    else if (end > this.#now) cells.fault(until, 'in_the_future', 'The logout is in the future.');
    else if (end === start) cells.fault(until, 'empty_span', 'The logout is at the moment of the login: nobody was there.');
  }

  /** From when to when somebody was there, in milliseconds since 1970; null where a cell is at fault. */
  #span(cells: RowCells): { start: number; end: number } | null {
    const begin = this.#begin(cells);
    const logout = cells.has('logout') ? cells.value('logout', this.#moment) : null;
    const duration = cells.has('duration') ? cells.value('duration', this.#duration) : null;
    if (begin === null || cells.isFaulty('logout', 'duration')) return null;
    const start = instantOf(begin, this.#zone);
    if (logout === null && duration === null) return fault(cells, cells.has('logout') ? 'logout' : 'duration', 'missing', 'The row does not say until when.');
    if (logout === null) return { start, end: start + (duration ?? 0) * 1000 };
    if (logout.seconds === null) return fault(cells, 'logout', 'missing', 'The cell has no time of day.');
    const until = logout.day ?? endOf(begin, logout.seconds, duration);
    const end = instantOf(until, this.#zone);
    if (end < start) return fault(cells, 'logout', 'contradiction', 'The logout is before the login.');
    if (end - start > LONGEST_MS) return fault(cells, 'logout', 'too_long', 'Between login and logout is more than a week.');
    // Where the clocks change, some systems count what has passed and others what the clock shows.
    const fits = duration === null || [end - start, onClock(until) - onClock(begin)].some((passed) => Math.abs(passed - duration * 1000) <= TOLERANCE_MS);
    return fits ? { start, end } : fault(cells, 'duration', 'contradiction', `From login to logout it is ${spanText(end - start)}, not ${spanText((duration ?? 0) * 1000)}.`);
  }

  /** Day and time of the login, from one cell or two; null where one is at fault. */
  #begin(cells: RowCells): CivilMoment | null {
    const day = cells.has('date') ? cells.value('date', this.#day) : null;
    const login = cells.required('login', this.#moment, 'The row does not say since when.');
    if (login === null || cells.isFaulty('date', 'login')) return null;
    const on = login.day ?? day ?? (cells.has('date') ? null : this.#fileDay);
    if (on === null) return fault(cells, cells.has('date') ? 'date' : 'login', 'missing', 'The row does not say on which day.');
    return login.seconds === null ? fault(cells, 'login', 'missing', 'The cell has no time of day.') : { ...on, seconds: login.seconds };
  }
}

/** The first such time of day from the login on; with a duration the one that fits it. */
function endOf(begin: CivilMoment, seconds: number, duration: number | null): CivilMoment {
  const first = seconds < (begin.seconds ?? 0) ? 1 : 0;
  const fitting = duration === null ? first : Math.round((onClock(begin) + duration * 1000 - onClock({ ...begin, seconds })) / DAY_MS);
  const date = new Date(onClock({ ...begin, seconds: 0 }) + Math.max(first, fitting) * DAY_MS);
  return { ...begin, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), seconds };
}

/** What the clock shows, as though it were UTC, in milliseconds. */
const onClock = ({ year, month, day, seconds }: CivilMoment): number => Date.UTC(year, month - 1, day) + (seconds ?? 0) * 1000;

/** `8:30:00`. @param span in milliseconds */
const spanText = (span: number): string => momentText({ kind: 'duration', serial: span / DAY_MS });

const iso = (instant: number): string => new Date(instant).toISOString();

function fault(cells: RowCells, field: string, code: string, message: string): null {
  cells.fault(field, code, message);
  return null;
}
