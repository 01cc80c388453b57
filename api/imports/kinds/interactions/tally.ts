import type { ImportQuestion, MappedValue } from '../../mapping/import-mapping.ts';
import type { CellFault } from '../../rows.ts';
import { channelNames, directionNames, outcomeNames } from './interaction-words.ts';

const mostWords = 50;
const mostQuestions = 20;

/** A word that stands in more rows than this share is how the file says something, not a typing error. */
const notATypo = 0.01;

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
  #rows = 0;
  #outcomeUnknown = 0;
  #ratings = 0;
  #beyondScale: number[] = [0, 0];
  readonly #unknown = new Map<string, Map<string, number>>();

  row(faults: readonly CellFault[]): void {
    this.#rows += 1;
    for (const fault of faults) {
      if (fault.code === 'unknown_word') this.#unknownWord(fault);
      else if (fault.code === 'rating_out_of_scale') this.#outOfScale(Number(fault.value));
    }
  }

  rating(): void {
    this.#ratings += 1;
  }

  outcomeUnknown(): void {
    this.#outcomeUnknown += 1;
  }

  questions(): ImportQuestion[] {
    const questions = [...this.#outcomeQuestion(), ...this.#scaleQuestion()];
    for (const [field, found] of this.#unknown) {
      for (const [word, rows] of found) {
        if (rows >= 2 && rows > this.#rows * notATypo) questions.push(wordQuestion(field, word, rows));
      }
    }
    return questions.slice(0, mostQuestions);
  }

  #unknownWord({ field, value }: CellFault): void {
    const found = this.#unknown.get(field) ?? new Map<string, number>();
    this.#unknown.set(field, found);
    const word = value ?? '';
    if (found.has(word) || found.size < mostWords) found.set(word, (found.get(word) ?? 0) + 1);
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
    if (count < 2 || count <= (this.#ratings + count) * notATypo) return [];
    const scales = largest > 10 ? ['0-100', '1-100'] : largest > 7 ? ['1-10', '0-10'] : ['1-7', '1-6', '1-10'];
    const message = `Ratings go up to ${largest}. On which scale were they given? They are converted to 1–5.`;
    const choices = scales.map((value) => ({ value, label: value.replace('-', ' to ') }));
    return [{ code: 'rating_scale', field: 'rating', message, answer: '/options/ratingScale', choices }];
  }
}

function wordQuestion(field: string, word: string, rows: number): ImportQuestion {
  const pointer = word.replaceAll('~', '~0').replaceAll('/', '~1');
  const choices = (meanings[field] ?? []).map((value) => ({ value, label: value === true ? 'Yes' : value === false ? 'No' : String(value) }));
  return { code: 'unknown_word', field, message: `What does “${word}” (${rows} rows) mean?`, answer: `/values/${field}/${pointer}`, choices };
}
