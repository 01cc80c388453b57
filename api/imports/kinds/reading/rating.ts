import type { MappingOptions } from '../../mapping/import-mapping.ts';
import { isMoment, type CellValue } from '../../parsing/row-source.ts';
import { parseNumber } from '../../values/numbers.ts';

/** The scale a file rates on. Ratings are stored on 1 to 5. */
export interface RatingScale {
  readonly min: number;
  readonly max: number;
}

/** The scale of a mapping, `min-max`; 1-5 when it names none. */
export function ratingScale(options: MappingOptions): RatingScale {
  const match = /^(\d{1,3})-(\d{1,3})$/.exec(options.ratingScale ?? '1-5');
  const scale = { min: Number(match?.[1] ?? 1), max: Number(match?.[2] ?? 5) };
  return scale.max > scale.min ? scale : { min: 1, max: 5 };
}

/** Whether a text names a scale, as {@link scaleLabel} does. */
export const isScaleLabel = (text: string): boolean => /^\d{1,3}-\d{1,3}$/.test(text);

export function scaleLabel({ min, max }: RatingScale): string {
  return `${min}-${max}`;
}

/**
 * A rating brought linearly from its scale to 1–5, to two decimals.
 *
 * @returns null when the cell is no number or lies outside of the scale. A 0 on a scale that does not reach
 *   down to it is no rating either; ask {@link isNoRating} first.
 */
export function parseRating(cell: CellValue, scale: RatingScale): number | null {
  if (isMoment(cell)) return null;
  const given = parseNumber(cell);
  if (given === null || given < scale.min || given > scale.max) return null;
  return Math.round((1 + ((given - scale.min) * 4) / (scale.max - scale.min)) * 100) / 100;
}

/** Systems write 0 where the customer gave no rating. */
export function isNoRating(cell: CellValue, scale: RatingScale): boolean {
  return scale.min > 0 && !isMoment(cell) && parseNumber(cell) === 0;
}
