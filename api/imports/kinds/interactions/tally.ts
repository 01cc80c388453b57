import type { ImportQuestion, MappedValue } from '../../mapping/import-mapping.ts';
import { counted } from '../../remarks.ts';
import type { CellFault } from '../../rows.ts';
import type { RatingScale } from '../reading/rating.ts';
import { ScaleTally } from '../reading/scale-tally.ts';
import { WordTally } from '../reading/word-tally.ts';
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
  readonly #scale: ScaleTally;
  readonly #words = new WordTally(meanings);

  /** @param scale ratings are read on */
  constructor(scale: RatingScale) {
    this.#scale = new ScaleTally('rating', scale);
  }

  row(rating: unknown, faults: readonly CellFault[]): void {
    this.#words.row(faults);
    this.#scale.row(rating, faults);
  }

  outcomeUnknown(): void {
    this.#outcomeUnknown += 1;
  }

  questions(): ImportQuestion[] {
    return [...this.#outcomeQuestion(), ...this.#scale.questions(), ...this.#words.questions()].slice(0, mostQuestions);
  }

  #outcomeQuestion(): ImportQuestion[] {
    if (this.#outcomeUnknown === 0) return [];
    const message = `Nothing says whether ${counted(this.#outcomeUnknown, 'interaction was', 'interactions were')} answered. Choose the column that does, or count all as answered.`;
    const choices = [{ value: null, label: 'All were answered' }];
    return [{ code: 'column_missing', field: 'outcome', message, answer: '/columns/outcome', choices }];
  }
}
