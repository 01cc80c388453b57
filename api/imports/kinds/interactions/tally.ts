import type { ImportQuestion, MappedValue } from '../../mapping/import-mapping.ts';
import type { CellFault } from '../../rows.ts';
import { NOT_A_TYPO, WordTally } from '../reading/word-tally.ts';
import { channelNames, directionNames, outcomeNames } from './interaction-words.ts';

const mostQuestions = 20;

/** What words of a field can mean. Sentiments may be any number from −1 to 1 besides. */
export const meanings: Readonly<Record<string, readonly MappedValue[]>> = {
  channel: channelNames,
  direction: directionNames,
  outcome: outcomeNames,
  answered: [true, false],
  resolved: [true, false],
  firstContact: [true, false],
  sentiment: [1, 0.5, 0, -0.5, -1],
};

/** Counts, over a whole file, what single rows cannot decide. */
export class Tally {
  #outcomeUnknown = 0;
  #ratings = 0;
  #beyondScale: number[] = [0, 0];
  readonly #words = new WordTally(meanings);

  row(faults: readonly CellFault[]): void {
    this.#words.row(faults);
    for (const fault of faults) if (fault.code === 'rating_out_of_scale') this.#outOfScale(Number(fault.value));
  }

  rating(): void {
    this.#ratings += 1;
  }

  outcomeUnknown(): void {
    this.#outcomeUnknown += 1;
  }

  questions(): ImportQuestion[] {
    return [...this.#outcomeQuestion(), ...this.#scaleQuestion(), ...this.#words.questions()].slice(0, mostQuestions);
  }

  #outOfScale(rating: number): void {
    const [count = 0, largest = 0] = this.#beyondScale;
    this.#beyondScale = [count + 1, Math.max(largest, Number.isFinite(rating) ? rating : 0)];
  }

  #outcomeQuestion(): ImportQuestion[] {
    if (this.#outcomeUnknown === 0) return [];
    const message = `Nothing says whether ${this.#outcomeUnknown} interactions were answered. Choose the column that does, or count all as answered.`;
    const choices = [{ value: null, label: 'All were answered' }];
    return [{ code: 'column_missing', field: 'outcome', message, answer: '/columns/outcome', choices }];
  }

  #scaleQuestion(): ImportQuestion[] {
    const [count = 0, largest = 0] = this.#beyondScale;
    if (count < 2 || count <= (this.#ratings + count) * NOT_A_TYPO) return [];
    const scales = largest > 10 ? ['0-100', '1-100'] : largest > 7 ? ['1-10', '0-10'] : ['1-7', '1-6', '1-10'];
    const message = `Ratings go up to ${largest}. On which scale were they given? They are converted to 1–5.`;
    const choices = scales.map((value) => ({ value, label: value.replace('-', ' to ') }));
    return [{ code: 'rating_scale', field: 'rating', message, answer: '/options/ratingScale', choices }];
  }
}
