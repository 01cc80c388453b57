import type { ImportQuestion, MappedValue } from '../../mapping/import-mapping.ts';
import type { CellFault } from '../../rows.ts';

const mostWords = 50;

/** A word that stands in more rows than this share is how the file says something, not a typing error. */
export const NOT_A_TYPO = 0.01;

/** Counts, over a whole file, the words that nobody knows, and asks about those that are no typing errors. */
export class WordTally {
  #rows = 0;
  readonly #meanings: Readonly<Record<string, readonly MappedValue[]>>;
  readonly #unknown = new Map<string, Map<string, number>>();

  /** @param meanings what words of a field can mean, by field */
  constructor(meanings: Readonly<Record<string, readonly MappedValue[]>>) {
    this.#meanings = meanings;
  }

  row(faults: readonly CellFault[]): void {
    this.#rows += 1;
    for (const fault of faults) if (fault.code === 'unknown_word') this.#count(fault);
  }

  questions(): ImportQuestion[] {
    return [...this.#unknown].flatMap(([field, found]) =>
      [...found].filter(([, rows]) => rows >= 2 && rows > this.#rows * NOT_A_TYPO).map(([word, rows]) => this.#question(field, word, rows)));
  }

  #count({ field, value }: CellFault): void {
    const found = this.#unknown.get(field) ?? new Map<string, number>();
    this.#unknown.set(field, found);
    const word = value ?? '';
    if (found.has(word) || found.size < mostWords) found.set(word, (found.get(word) ?? 0) + 1);
  }

  #question(field: string, word: string, rows: number): ImportQuestion {
    const pointer = word.replaceAll('~', '~0').replaceAll('/', '~1');
    const choices = (this.#meanings[field] ?? []).map((value) => ({ value, label: value === true ? 'Yes' : value === false ? 'No' : String(value) }));
    return { code: 'unknown_word', field, message: `What does “${word}” (${rows} rows) mean?`, answer: `/values/${field}/${pointer}`, choices };
  }
}
