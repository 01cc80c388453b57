import { isMoment, type CellValue } from '../../parsing/row-source.ts';
import { hoursOfTwoParts, type DurationUnit } from '../../values/durations.ts';
import { parseNumber } from '../../values/numbers.ts';

const DAY_HOURS = 24;
const DAY_MINUTES = 24 * 60;
const remembered = 2_000;
/** Nobody talks for hours on most calls: so many are seconds of no column, but milliseconds of some. */
const VAST = 10_000;

/** What the cells of a column of times say of their unit: numbers without one, and texts such as `7:30`. Zeros say nothing. */
export class TimeEvidence {
  numbers = 0;
  /** Of the numbers; texts of two parts are not among them. */
  least = Infinity;
  most = 0;
  /** Numbers of 60 and more. */
  large = 0;
  /** Numbers beyond any that a column of seconds is full of. */
  vast = 0;
  /** Numbers up to 24 that are not whole. */
  brokenHours = 0;
  /** Texts of two parts. */
  clocks = 0;
  /** The largest of them, as hours. */
  longestClock = 0;
  /** One of each, as it reads. */
  readonly examples: { number?: number; clock?: string } = {};
  /** Texts repeat down a column. */
  readonly #known = new Map<string, number | null>();

  add(cell: CellValue | undefined): void {
    if (typeof cell === 'number') this.#number(cell);
    else if (typeof cell === 'string') this.#text(cell);
  }

  #text(cell: string): void {
    const hours = hoursOfTwoParts(cell);
    if (hours === null) return this.#number(this.#parsed(cell));
    if (hours === 0) return;
    this.clocks += 1;
    this.longestClock = Math.max(this.longestClock, hours);
    this.examples.clock ??= cell.trim();
  }

  #parsed(cell: string): number | null {
    const known = this.#known.get(cell);
    if (known !== undefined) return known;
    const number = parseNumber(cell);
    if (this.#known.size < remembered) this.#known.set(cell, number);
    return number;
  }

  #number(number: number | null): void {
    if (number === null || !(number > 0)) return;
    this.numbers += 1;
    this.least = Math.min(this.least, number);
    this.most = Math.max(this.most, number);
    if (number >= 60) this.large += 1;
    if (number >= VAST) this.vast += 1;
    if (number <= DAY_HOURS && !Number.isInteger(number)) this.brokenHours += 1;
    this.examples.number ??= number;
  }
}

export function evidenceIn(cells: Iterable<CellValue | undefined>): TimeEvidence {
  const evidence = new TimeEvidence();
  for (const cell of cells) if (!isMoment(cell)) evidence.add(cell);
  return evidence;
}

/** Excel counts time in days: a column of fractions below 1 holds such times. */
const areDayFractions = ({ numbers, most }: TimeEvidence): boolean => numbers > 0 && most < 1;

/** Whether the numbers are more than times that last minutes can be in seconds. */
export const areVast = ({ numbers, vast }: TimeEvidence): boolean => numbers > 0 && vast * 2 >= numbers;

/**
 * The unit of times that last minutes, such as talks and waits: fractions below 1 are days, and numbers of which most
 * are beyond 60 are seconds, where they are not vast. A text of two parts is minutes and seconds.
 *
 * @returns null when it cannot be told
 */
export function unitOfShortTimes(evidence: TimeEvidence): DurationUnit | null {
  if (evidence.numbers === 0) return 'seconds';
  if (areDayFractions(evidence)) return evidence.clocks > 0 ? null : 'days';
  return evidence.large * 2 >= evidence.numbers && !areVast(evidence) ? 'seconds' : null;
}

/**
 * The unit of the hours of a day, such as time online: up to 24 they are hours, beyond only minutes, and beyond a
 * day's minutes seconds. A text of two parts is hours and minutes, and then the numbers are hours too. Numbers of
 * different orders, or a clock beyond 24 hours, contradict each other.
 *
 * @returns null when it cannot be told
 */
export function unitOfHours(evidence: TimeEvidence): DurationUnit | null {
  const { numbers, least, most, clocks, longestClock } = evidence;
  if (clocks > 0) return longestClock <= DAY_HOURS && (numbers === 0 || (least >= 1 && most <= DAY_HOURS)) ? 'hours' : null;
  if (numbers === 0) return 'seconds';
  if (areDayFractions(evidence)) return 'days';
  if (most <= DAY_HOURS) return 'hours';
  if (least <= DAY_HOURS) return null;
  return most <= DAY_MINUTES ? 'minutes' : 'seconds';
}

/** As {@link unitOfHours} for one stay of several: it may be seconds, and whole numbers may count anything. */
export function unitOfStays(evidence: TimeEvidence): DurationUnit | null {
  const { numbers, most, brokenHours, clocks } = evidence;
  if (clocks > 0 || numbers === 0 || areDayFractions(evidence)) return unitOfHours(evidence);
  if (most > DAY_MINUTES) return brokenHours > 0 ? null : 'seconds';
  return most <= DAY_HOURS && brokenHours > 0 ? 'hours' : null;
}
