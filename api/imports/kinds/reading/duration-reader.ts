import { cut } from '../../../text/cut.ts';
import type { CellValue } from '../../parsing/row-source.ts';
import { isDurationUnit, secondsIn, type ClockParts, type DurationUnit } from '../../values/durations.ts';
import { textOf } from '../../values/text.ts';
import type { ValueUnit } from '../../mapping/import-mapping.ts';
import { cellReader, type CellReader } from './cell-readers.ts';

export interface DurationReading {
  /** Of bare numbers; seconds where it is none of time. */
  readonly unit: ValueUnit | undefined;
  /** What a text of two parts begins with, where the unit does not tell. */
  readonly parts?: ClockParts;
  /** The longest that is believed, in seconds, and what it is called. */
  readonly most: number;
  readonly limit: string;
  /** Brings seconds to what is stored. */
  readonly stored: (seconds: number) => number;
}

/** Reads durations, and says of what is none whether it is negative, too long, or no time at all. */
export function durationReader({ unit, parts, most, limit, stored }: DurationReading): CellReader<number> {
  const known: DurationUnit = isDurationUnit(unit) ? unit : 'seconds';
  const read = (cell: CellValue): number | null => (parts === undefined ? secondsIn(cell, known) : secondsIn(cell, known, parts));
  const parse = (cell: CellValue): number | null => {
    const seconds = read(cell);
    return seconds !== null && seconds >= 0 && seconds <= most ? stored(seconds) : null;
  };
  return cellReader(parse, 'invalid_duration', (cell) => {
    const text = `“${cut(textOf(cell), 60)}”`;
    const seconds = read(cell);
    if ((seconds ?? 0) < 0 || /^[-−]\s*[\d.,:]*\d/.test(textOf(cell))) return `${text} is negative: nothing takes less than no time.`;
    return seconds === null ? `${text} is not a duration, such as 0:04:20, 4m 20s or a number of ${known}.` : `${text} is longer than ${limit}.`;
  });
}
