import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import type { SourceRow } from '../../parsing/row-source.ts';
import type { ParsedRow } from '../../rows.ts';
import type { Reading, RowReader } from '../import-kind.ts';
import { nameReader, proseReader, textReader } from '../reading/cell-readers.ts';
import { priorities, priorityNames } from '../reading/coaching-words.ts';
import { isIn, wordReader } from '../reading/decided-words.ts';
import { dayReader, instantReader } from '../reading/days.ts';
import { Happened } from '../reading/happened.ts';
import { RowCells, rowHash } from '../reading/row-cells.ts';
import { WordTally } from '../reading/word-tally.ts';
import { statuses, statusNames } from './action-words.ts';

/** Reads action items. Without an id one goes by what the row says. */
export class ActionRows implements RowReader {
  readonly #columns: ImportMapping['columns'];
  readonly #readers;
  readonly #tally = new WordTally({ priority: priorityNames, status: statusNames });
  readonly #happened: Happened;
  #ordinal = 0;

  constructor(mapping: ImportMapping, reading: Reading) {
    this.#columns = mapping.columns;
    this.#happened = new Happened(reading);
    this.#readers = {
      id: textReader(200),
      name: nameReader(255),
      title: textReader(200),
      day: dayReader(mapping.options.dateOrder),
      optional: { description: proseReader(10_000), category: textReader(50) },
      words: {
        priority: wordReader(mapping, 'priority', priorities, isIn(priorityNames), 'a priority (low, medium, high)'),
        status: wordReader(mapping, 'status', statuses, isIn(statusNames), 'a status (open, in progress, done, cancelled)'),
      },
      instant: instantReader(mapping.options.dateOrder, reading),
    };
  }

  parse(row: SourceRow): ParsedRow {
    const { id, name, title, day, optional, words, instant } = this.#readers;
    const cells = new RowCells(this.#columns, row);
    const externalId = cells.value('externalId', id);
    const person = cells.required('agent', name, 'The row does not say whose it is.');
    const data: Record<string, unknown> = {
      title: cells.required('title', title, 'The row does not say what is to be done.'),
      dueDate: cells.required('dueDate', day, 'The row does not say until when.'),
    };
    cells.addTo(data, { ...optional, ...words });
    for (const field of ['priority', 'status']) if (data[field] === null) delete data[field];
    this.#addCompletion(cells, data, cells.has('completedOn') ? cells.value('completedOn', instant) : null);
    const { faults } = cells;
    this.#tally.row(faults);
    this.#ordinal += 1;
    return { ordinal: this.#ordinal, rowNumber: row.rowNumber, externalId: externalId ?? rowHash(row.cells), hashed: externalId === null, person, data: faults.length > 0 ? null : data, faults };
  }

  questions(): ImportQuestion[] {
    return this.#tally.questions();
  }

  #addCompletion(cells: RowCells, data: Record<string, unknown>, completedAt: string | null): void {
    if (completedAt === null) return;
    if (data['status'] !== undefined && data['status'] !== 'done') cells.fault('completedOn', 'contradiction', 'The row says that it is not done, and yet when it was completed.');
    this.#happened.checkInstant(cells, 'completedOn', Date.parse(completedAt));
    data['completedAt'] = completedAt;
  }
}
