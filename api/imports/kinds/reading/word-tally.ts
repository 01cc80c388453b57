import type { ImportQuestion, MappedValue } from '../../mapping/import-mapping.ts';
import type { CellFault } from '../../rows.ts';
import { key } from '../../values/vocabulary.ts';

/** So many words of a field are asked about. A column with more holds something else, or many typing errors. */
const mostAsked = 20;
const mostCounted = 200;
/** Whatever is longer is a sentence. Characters. */
const longestWord = 60;

/** A word that stands in more rows than this share is how the file says something, not a typing error. */
export const NOT_A_TYPO = 0.01;

interface Unknown {
  /** As it is first met. */
  readonly word: string;
  readonly cell: string | null;
  rows: number;
}

/** Counts, over a whole file, the words that nobody knows, and asks what they mean, however few rows they stand in. */
export class WordTally {
  #rows = 0;
  readonly #meanings: Readonly<Record<string, readonly MappedValue[]>>;
  /** By field, and by the word as it is looked up. */
  readonly #unknown = new Map<string, Map<string, Unknown>>();

  /** @param meanings what words of a field can mean, by field */
  constructor(meanings: Readonly<Record<string, readonly MappedValue[]>>) {
    this.#meanings = meanings;
  }

  row(faults: readonly CellFault[]): void {
    this.#rows += 1;
    for (const fault of faults) if (fault.code === 'unknown_word') this.#count(fault);
  }

  questions(): ImportQuestion[] {
    return [...this.#unknown].flatMap(([field, found]) => this.#asked([...found.values()]).map((unknown) => this.#question(field, unknown)));
  }

  #count({ field, value, cell }: CellFault): void {
    const word = value ?? '';
    if (word.length > longestWord) return;
    const found = this.#unknown.get(field) ?? new Map<string, Unknown>();
    this.#unknown.set(field, found);
    const before = found.get(key(word));
    if (before) before.rows += 1;
    else if (found.size < mostCounted) found.set(key(word), { word, cell, rows: 1 });
  }

  /** All of them, most rows first; of very many those that are no typing errors. */
  #asked(found: readonly Unknown[]): Unknown[] {
    const asked = found.length <= mostAsked ? [...found] : found.filter(({ rows }) => rows >= 2 && rows > this.#rows * NOT_A_TYPO);
    return asked.sort((a, b) => b.rows - a.rows).slice(0, mostAsked);
  }

  #question(field: string, { word, cell, rows }: Unknown): ImportQuestion {
    const pointer = word.replaceAll('~', '~0').replaceAll('/', '~1');
    const place = rows === 1 ? `stands in ${cell}` : `stands in ${rows} rows, first in ${cell}`;
    const choices = (this.#meanings[field] ?? []).map((value) => ({ value, label: labelOf(value) }));
    choices.push({ value: null, label: 'None of these: as though the cell were blank' });
    return { code: 'unknown_word', field, message: `What does “${word}” mean? It ${place}.`, answer: `/values/${field}/${pointer}`, choices };
  }
}

const NAMES: Readonly<Record<string, string>> = { true: 'Yes', false: 'No', cs: 'Agent', '1': 'Very positive', '0.5': 'Positive', '0': 'Neutral', '-0.5': 'Negative', '-1': 'Very negative' };

/** `in_progress` → `In progress`. */
function labelOf(value: MappedValue): string {
  const name = String(value);
  return NAMES[name] ?? name.charAt(0).toUpperCase() + name.slice(1).toLowerCase().replaceAll('_', ' ');
}
