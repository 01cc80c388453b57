import { daysBetween } from './business-day.ts';
import { METRICS, quotientOf, type MetricId } from './metric-definitions.ts';
import type { SumKey } from './metric-sums.ts';
import { TARGET_METRICS } from './team-settings.ts';

/** The sums that the target metrics are made of: all that the priority queue reads of a day. */
export const DAY_SUMS: readonly SumKey[] = [
  ...new Set<SumKey>(TARGET_METRICS.flatMap((id) => [METRICS[id].n, ...METRICS[id].numerator, ...(METRICS[id].denominator ?? [])])),
];

/** What a sum is multiplied with to be a whole number: the columns of ratings and sentiments have 2 and 3 decimals. */
export const packingScale = (key: SumKey): number => (key === 'ratingSum' ? 100 : key === 'sentimentSum' ? 1000 : 1);

const FIRST_PACKED_DAY = '2000-01-01';
const [DAY, IMPORTED, FIRST_SUM] = [0, 1, 2];
const WIDTH = DAY_SUMS.length + FIRST_SUM;
const COLUMN_OF = Object.fromEntries(DAY_SUMS.map((key, index) => [key, index + FIRST_SUM])) as Readonly<Record<SumKey, number>>;
const SCALES = [1, 1, ...DAY_SUMS.map(packingScale)];

/** A day on its way into a {@link DayTable}. */
export interface TableDay {
  /** Days since the first day of the period. */
  readonly day: number;
  readonly imported?: boolean;
  readonly sums: Readonly<Partial<Record<SumKey, number>>>;
}

/**
 * The days of one person as one block of numbers: a queue of 1,000 people holds 28,000 days, and an object for each
 * would cost more than everything that is computed from them.
 */
export class DayTable {
  /** Sums times their scale: whole numbers, which add up exactly. */
  readonly #rows: Float64Array;
  /** The same columns over all days, and over computed days alone. */
  readonly #totals: Float64Array;
  readonly #computed: Float64Array;
  readonly length: number;

  /** @param rows in the order of days */
  private constructor(rows: Float64Array) {
    this.#rows = rows;
    this.length = rows.length / WIDTH;
    this.#totals = new Float64Array(WIDTH);
    this.#computed = new Float64Array(WIDTH);
    for (let start = 0; start < rows.length; start += WIDTH) {
      const isComputed = rows[start + IMPORTED] === 0;
      for (let column = IMPORTED; column < WIDTH; column++) {
        const value = rows[start + column]!;
        this.#totals[column]! += value;
        if (isComputed) this.#computed[column]! += value;
      }
    }
  }

  static of(days: readonly TableDay[]): DayTable {
    const rows = days.toSorted((a, b) => a.day - b.day).flatMap((row) => [row.day, row.imported ? 1 : 0, ...DAY_SUMS.map((key) => (row.sums[key] ?? 0) * packingScale(key))]);
    return new DayTable(Float64Array.from(rows));
  }

  /**
   * @param packed rows of big-endian int4 as the column `packed` of daily rows holds them: days since 2000-01-01, 1 when
   * imported, then {@link DAY_SUMS} times {@link packingScale}; each day once, in any order
   * @param from the first day of the period
   */
  static decode(packed: Buffer, from: string): DayTable {
    const cells = packed.length / 4;
    const rows = new Float64Array(cells);
    const first = daysBetween(FIRST_PACKED_DAY, from);
    const starts = startsByDay(packed, first);
    let cell = 0;
    for (const start of starts) {
      rows[cell++] = packed.readInt32BE(start) - first;
      for (let column = IMPORTED; column < WIDTH; column++) rows[cell++] = packed.readInt32BE(start + column * 4);
    }
    return new DayTable(rows);
  }

  day(row: number): number {
    return this.#rows[row * WIDTH + DAY]!;
  }

  /** A metric on one day; null where it was not measured. */
  metricOn(row: number, id: MetricId): number | null {
    return metricAt(this.#rows, row * WIDTH, id);
  }

  /** A metric over all days. */
  metric(id: MetricId): number | null {
    return metricAt(this.#totals, 0, id);
  }

  /** The count behind a metric over all days. */
  count(id: MetricId): number {
    return this.total(METRICS[id].n);
  }

  total(key: SumKey, which: 'all' | 'computed' = 'all'): number {
    const column = COLUMN_OF[key];
    return (which === 'all' ? this.#totals : this.#computed)[column]! / SCALES[column]!;
  }

  importedDays(): number {
    return this.#totals[IMPORTED]!;
  }
}

function metricAt(cells: Float64Array, start: number, id: MetricId): number | null {
  const { numerator, denominator } = METRICS[id];
  return quotientOf(id, addUp(cells, start, numerator), denominator && addUp(cells, start, denominator));
}

function addUp(cells: Float64Array, start: number, keys: readonly SumKey[]): number {
  let total = 0;
  for (const key of keys) total += cells[start + COLUMN_OF[key]]! / SCALES[COLUMN_OF[key]]!;
  return total;
}

/** Where the row of each day begins, earliest day first. */
function startsByDay(packed: Buffer, first: number): number[] {
  const starts: number[] = [];
  for (let start = 0; start < packed.length; start += WIDTH * 4) starts[packed.readInt32BE(start) - first] = start;
  return starts.filter(() => true); // leaves out the holes of missing days
}
