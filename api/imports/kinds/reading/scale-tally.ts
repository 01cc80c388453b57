import type { ImportQuestion } from '../../mapping/import-mapping.ts';
import type { CellFault } from '../../rows.ts';
import { parseNumber } from '../../values/numbers.ts';
import type { RatingScale } from './rating.ts';
import { NOT_A_TYPO } from './word-tally.ts';

/** Counts, over a whole file, ratings above the scale, and asks for the scale where they are no typing errors. Words say nothing of it. */
export class ScaleTally {
  readonly #field: string;
  readonly #most: number;
  #within = 0;
  #above = 0;
  #largest = 0;

  /**
   * @param field that holds ratings
   * @param scale they are read on
   */
  constructor(field: string, { max }: RatingScale) {
    this.#field = field;
    this.#most = max;
  }

  /** @param rating as it was read; null where there is none */
  row(rating: unknown, faults: readonly CellFault[]): void {
    if (typeof rating === 'number') this.#within += 1;
    for (const { field, code, value } of faults) if (field === this.#field && code === 'rating_out_of_scale') this.#count(parseNumber(value));
  }

  questions(): ImportQuestion[] {
    if (this.#above < 2 || this.#above <= (this.#within + this.#above) * NOT_A_TYPO) return [];
    const scales = this.#largest > 10 ? ['0-100', '1-100'] : this.#largest > 7 ? ['1-10', '0-10'] : ['1-7', '1-6', '1-10'];
    const message = `Ratings go up to ${this.#largest}. On which scale were they given? They are converted to 1–5.`;
    const choices = scales.map((value) => ({ value, label: value.replace('-', ' to ') }));
    return [{ code: 'rating_scale', field: this.#field, message, answer: '/options/ratingScale', choices }];
  }

  #count(rating: number | null): void {
    if (rating === null || rating <= this.#most) return;
    this.#above += 1;
    this.#largest = Math.max(this.#largest, rating);
  }
}
