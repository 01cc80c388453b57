import { dayOfInstant } from '../../values/zoned.ts';
import type { Reading } from '../import-kind.ts';
import type { RowCells } from './row-cells.ts';

/** Clocks of other systems may be so far ahead; milliseconds. */
const TOLERANCE = 5 * 60_000;

/** Rejects what a row says has happened and cannot have happened yet. */
export class Happened {
  readonly #latest: number;
  /** `YYYY-MM-DD` */
  readonly #today: string;

  constructor({ now, business }: Pick<Reading, 'now' | 'business'>) {
    this.#latest = now + TOLERANCE;
    this.#today = dayOfInstant(this.#latest, business);
  }

  /** @param field whose cell is at fault; @param instant in milliseconds since 1970 */
  checkInstant(cells: RowCells, field: string, instant: number): void {
    if (instant > this.#latest) fault(cells, field);
  }

  /** @param day `YYYY-MM-DD` */
  checkDay(cells: RowCells, field: string, day: string): void {
    if (day > this.#today) fault(cells, field);
  }
}

const fault = (cells: RowCells, field: string): void => cells.fault(field, 'in_the_future', 'This has not happened yet.');
