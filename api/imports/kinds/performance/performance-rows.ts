import type { ImportMapping, ImportQuestion, ValueUnit } from '../../mapping/import-mapping.ts';
import type { CellValue, SourceRow } from '../../parsing/row-source.ts';
import { idOfPerson, type ParsedRow } from '../../rows.ts';
import type { Reading, RowReader } from '../import-kind.ts';
import { cellReader, nameReader, type CellReader } from '../reading/cell-readers.ts';
import { dayReader } from '../reading/days.ts';
import { durationReader } from '../reading/duration-reader.ts';
import { Happened } from '../reading/happened.ts';
import { numberIn } from '../reading/plausible.ts';
import { isNoRating, parseRating, ratingScale, scaleLabel, type RatingScale } from '../reading/rating.ts';
import { ScaleTally } from '../reading/scale-tally.ts';
import { RowCells } from '../reading/row-cells.ts';
import { UnitTally } from '../reading/unit-tally.ts';
import { timeUnits } from './settle.ts';

const MAX_COUNT = 100_000;
/** The longest time that is believed of a day, in seconds (validation rule of daily figures). */
const DAY = 86_400;
const name = nameReader(255);

/** Reads daily figures. A row is known by its person and day; a rating of 0, or over no ratings, is none. */
export class PerformanceRows implements RowReader {
  readonly #columns: ImportMapping['columns'];
  readonly #date: CellReader<string>;
  /** That of all rows, where no column has it. */
  readonly #day: string | null;
  readonly #counts: Readonly<Record<string, CellReader<number>>>;
  readonly #times: Readonly<Record<string, CellReader<number>>>;
  readonly #rating: CellReader<number>;
  readonly #scale: RatingScale;
  readonly #ratings: ScaleTally;
  readonly #units: UnitTally;
  readonly #happened: Happened;
  #ordinal = 0;

  constructor({ columns, options }: ImportMapping, reading: Reading) {
    this.#columns = columns;
    this.#scale = ratingScale(options);
    this.#ratings = new ScaleTally('customerSatisfaction', this.#scale);
    this.#happened = new Happened(reading);
    this.#date = dayReader(options.dateOrder);
    this.#day = options.day ?? null;
    const count = cellReader(wholeNumber, 'invalid_count', `a whole number up to ${MAX_COUNT}`);
    this.#counts = { messagesHandled: count, ticketsResolved: count, ratingCount: count };
    this.#times = {
      avgResponseTime: timeReader(options.units?.['avgResponseTime'], 60),
      avgHandleTime: timeReader(options.units?.['avgHandleTime'], 1),
      onlineHours: durationReader({ ...timeOf(options.units?.['onlineHours'] ?? 'hours', 3600), ...(options.units?.['onlineHours'] === 'days' ? { parts: 'hours' } : {}) }),
      slaCompliance: cellReader((cell) => percentOf(cell, options.units?.['slaCompliance'] === 'fraction'), 'invalid_share', 'a share of 0 to 100 %'),
    };
    this.#units = new UnitTally(reading.guessed, timeUnits, options.units ?? {});
    this.#rating = cellReader((cell) => parseRating(cell, this.#scale), 'rating_out_of_scale', `a rating on the scale ${scaleLabel(this.#scale)}`);
  }

  parse(row: SourceRow): ParsedRow {
    const cells = new RowCells(this.#columns, row);
    const person = cells.required('agent', name, 'The row names nobody.');
    const date = cells.has('date') || this.#day === null ? cells.required('date', this.#date, 'The row has no day.') : this.#day;
    if (date !== null) this.#happened.checkDay(cells, 'date', date);
    const data: Record<string, unknown> = { date };
    cells.addTo(data, this.#counts);
    cells.addTo(data, this.#times);
    this.#addRating(cells, data);
    const { faults } = cells;
    this.#ratings.row(data['customerSatisfaction'], faults);
    this.#units.row(cells);
    this.#ordinal += 1;
    const ofPerson = date ?? `row ${row.rowNumber}`;
    const externalId = idOfPerson(person ?? '', ofPerson);
    // A file without a column of figures says at least who was there.
    const figures = Object.entries(data).filter(([field]) => field !== 'date');
    const isEmpty = faults.length === 0 && figures.length > 0 && figures.every(([, figure]) => figure === null);
    return { ordinal: this.#ordinal, rowNumber: row.rowNumber, externalId, hashed: false, person, ofPerson, data: faults.length > 0 ? null : data, faults, ...(isEmpty ? { isEmpty } : {}) };
  }

  questions(): ImportQuestion[] {
    return [...this.#units.questions(), ...this.#ratings.questions()];
  }

  #addRating(cells: RowCells, data: Record<string, unknown>): void {
    if (!cells.has('customerSatisfaction')) return;
    const cell = cells.cell('customerSatisfaction');
    const none = data['ratingCount'] === 0 || (cell !== undefined && cell !== null && isNoRating(cell, this.#scale));
    data['customerSatisfaction'] = none ? null : cells.value('customerSatisfaction', this.#rating);
  }
}

function wholeNumber(cell: CellValue): number | null {
  const number = numberIn(cell);
  return number !== null && Number.isInteger(number) && number >= 0 && number <= MAX_COUNT ? number : null;
}

/**
 * @param unit of bare numbers
 * @param seconds of the unit it is stored in
 */
const timeOf = (unit: ValueUnit | undefined, seconds: number) => ({ unit, most: DAY, limit: 'a day', stored: (time: number) => fourDecimals(time / seconds) });
const timeReader = (unit: ValueUnit | undefined, seconds: number): CellReader<number> => durationReader(timeOf(unit, seconds));

function percentOf(cell: CellValue, isFraction: boolean): number | null {
  const number = numberIn(cell);
  // `85 %` as text says what it counts, whatever the numbers of the column do.
  const share = number === null ? null : isFraction && !(typeof cell === 'string' && cell.includes('%')) ? number * 100 : number;
  return share !== null && share >= 0 && share <= 100 ? fourDecimals(share) : null;
}

/** As the column stores it. */
const fourDecimals = (value: number): number => Math.round(value * 1e4) / 1e4;
