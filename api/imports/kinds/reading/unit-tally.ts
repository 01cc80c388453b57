import type { ImportQuestion } from '../../mapping/import-mapping.ts';
import type { DurationUnit } from '../../values/durations.ts';
import type { RowCells } from './row-cells.ts';
import { unitQuestion } from './settle-units.ts';
import { ShareEvidence } from './share-evidence.ts';
import { TimeEvidence } from './time-evidence.ts';

/** How the unit of a column of times is found, and what can be asked for. */
export interface TimeUnits {
  readonly unitOf: (evidence: TimeEvidence) => DurationUnit | null;
  readonly asked: readonly DurationUnit[];
}

interface Guess {
  readonly field: string;
  readonly header: string;
  readonly evidence: TimeEvidence | ShareEvidence;
  /** What the whole column asks for; null where it agrees with how it was read. */
  question(): ImportQuestion | null;
}

/** Follows, over a whole file, columns whose unit the first rows alone have told, and asks where the rest does not agree. */
export class UnitTally {
  readonly #guesses: readonly Guess[];

  /**
   * @param guessed field → its header
   * @param times how the unit of each field is found; fields that are not named hold shares
   * @param used field → the unit it is read in
   */
  constructor(guessed: ReadonlyMap<string, string>, times: Readonly<Record<string, TimeUnits>>, used: Readonly<Record<string, string>>) {
    this.#guesses = [...guessed].map(([field, header]) => guessOf(field, header, times[field], used[field]));
  }

  row(cells: RowCells): void {
    for (const { field, evidence } of this.#guesses) evidence.add(cells.cell(field));
  }

  questions(): ImportQuestion[] {
    return this.#guesses.flatMap((guess) => guess.question() ?? []);
  }
}

function guessOf(field: string, header: string, times: TimeUnits | undefined, used: string | undefined): Guess {
  if (times) {
    const evidence = new TimeEvidence();
    return { field, header, evidence, question: () => (times.unitOf(evidence) === used ? null : unitQuestion(field, header, times.asked, evidence)) };
  }
  const evidence = new ShareEvidence();
  return { field, header, evidence, question: () => (evidence.unit() === used ? null : evidence.question(field, header)) };
}
