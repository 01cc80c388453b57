import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import type { SourceRow } from '../../parsing/row-source.ts';
import type { ParsedRow } from '../../rows.ts';
import { yesNo } from '../../values/vocabulary.ts';
import type { Reading, RowReader } from '../import-kind.ts';
import { nameReader, proseReader, textReader } from '../reading/cell-readers.ts';
import { priorities, priorityNames } from '../reading/coaching-words.ts';
import { isBoolean, isIn, wordReader } from '../reading/decided-words.ts';
import { instantReader } from '../reading/days.ts';
import { Happened } from '../reading/happened.ts';
import { RowCells, rowHash } from '../reading/row-cells.ts';
import { WordTally } from '../reading/word-tally.ts';
import { noteTypeNames, noteTypes } from './note-words.ts';

const LONGEST = 10_000;

/** Reads notes. Without an id a note goes by what the row says. */
export class NoteRows implements RowReader {
  readonly #columns: ImportMapping['columns'];
  readonly #readers;
  readonly #tally = new WordTally({ noteType: noteTypeNames, priority: priorityNames, isPrivate: [true, false] });
  readonly #happened: Happened;
  #ordinal = 0;

  constructor(mapping: ImportMapping, reading: Reading) {
    this.#columns = mapping.columns;
    this.#happened = new Happened(reading);
    this.#readers = {
      id: textReader(200),
      name: nameReader(255),
      content: proseReader(LONGEST),
      optional: { category: textReader(50), author: textReader(255) },
      words: {
        noteType: wordReader(mapping, 'noteType', noteTypes, isIn(noteTypeNames), 'a type of note (coaching, praise, urgent)'),
        priority: wordReader(mapping, 'priority', priorities, isIn(priorityNames), 'a priority (low, medium, high)'),
        isPrivate: wordReader(mapping, 'isPrivate', yesNo, isBoolean, 'yes or no'),
      },
      instant: { createdAt: instantReader(mapping.options.dateOrder, reading) },
    };
  }

  parse(row: SourceRow): ParsedRow {
    const { id, name, content, optional, words, instant } = this.#readers;
    const cells = new RowCells(this.#columns, row);
    const externalId = cells.value('externalId', id);
    const person = cells.required('agent', name, 'The row does not say whom it is about.');
    const data: Record<string, unknown> = { content: cells.required('content', content, 'The row has no text.') };
    cells.addTo<string | boolean>(data, { ...optional, ...words, ...instant });
    if (typeof data['createdAt'] === 'string') this.#happened.checkInstant(cells, 'createdAt', Date.parse(data['createdAt']));
    for (const field of ['author', 'noteType', 'priority', 'isPrivate', 'createdAt']) if (data[field] === null) delete data[field];
    const { faults } = cells;
    this.#tally.row(faults);
    this.#ordinal += 1;
    return { ordinal: this.#ordinal, rowNumber: row.rowNumber, externalId: externalId ?? rowHash(row.cells), hashed: externalId === null, person, data: faults.length > 0 ? null : data, faults };
  }

  questions(): ImportQuestion[] {
    return this.#tally.questions();
  }
}
