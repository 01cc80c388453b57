import { createHash } from 'node:crypto';
import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import { cellAddress, type CellValue, type SourceRow } from '../../parsing/row-source.ts';
import type { CellFault, ParsedRow } from '../../rows.ts';
import type { CivilMoment } from '../../values/moments.ts';
import { textOf } from '../../values/text.ts';
import { instantOf } from '../../values/zoned.ts';
import type { RowReader, Zones } from '../import-kind.ts';
import type { CellReader } from './cell-readers.ts';
import { durationFields } from './interaction-fields.ts';
import { interactionReaders, type InteractionReaders } from './interaction-readers.ts';
import { isNoRating, ratingScale, scaleLabel, type RatingScale } from './rating.ts';
import { Tally } from './tally.ts';

const shownCharacters = 200;

/**
 * Reads rows of interactions. Every fault of a row is found, not only the first.
 *
 * Rules: unanswered means abandoned unless an outcome says otherwise; a rating of 0 or none is null; a row
 * without a time has day precision and starts at midnight of the business time zone.
 */
export class InteractionRows implements RowReader {
  readonly #columns: ImportMapping['columns'];
  readonly #read: InteractionReaders;
  readonly #zones: Zones;
  readonly #scale: RatingScale;
  readonly #tally = new Tally();
  #cells: SourceRow['cells'] = [];
  #rowNumber = 0;
  #faults: CellFault[] = [];
  #ordinal = 0;

  constructor(mapping: ImportMapping, zones: Zones) {
    this.#columns = mapping.columns;
    this.#read = interactionReaders(mapping);
    this.#zones = zones;
    this.#scale = ratingScale(mapping.options);
  }

  parse(row: SourceRow): ParsedRow {
    this.#cells = row.cells;
    this.#rowNumber = row.rowNumber;
    this.#faults = [];
    this.#ordinal += 1;
    const { texts } = this.#read;
    const externalId = this.#value('externalId', texts.externalId);
    const person = this.#value('agent', texts.agent);
    const data = this.#data();
    this.#tally.row(this.#faults);
    return {
      ordinal: this.#ordinal,
      rowNumber: row.rowNumber,
      externalId: externalId ?? rowHash(row.cells),
      hashed: externalId === null,
      person,
      data: this.#faults.length > 0 ? null : data,
      faults: this.#faults,
    };
  }

  questions(): ImportQuestion[] {
    return this.#tally.questions();
  }

  #data(): Record<string, unknown> {
    const data: Record<string, unknown> = { ...this.#when() };
    for (const field of ['queue', 'topic', 'customerRef'] as const) {
      if (this.#has(field)) data[field] = this.#value(field, this.#read.texts[field]);
    }
    for (const field of ['channel', 'direction', 'resolved', 'firstContact'] as const) {
      // A blank channel or direction says nothing; a blank yes/no is unknown.
      const value = this.#has(field) ? this.#value(field, this.#read.words[field]) : null;
      if (value !== null || (this.#has(field) && field !== 'channel' && field !== 'direction')) data[field] = value;
    }
    for (const field of durationFields) {
      if (this.#has(field)) data[field] = this.#value(field, this.#read.durations[field]);
    }
    if (this.#has('sentiment')) data['sentiment'] = this.#value('sentiment', this.#read.sentiment);
    this.#addRating(data);
    this.#addOutcome(data);
    return data;
  }

  #when(): { startedAt: string; precision: 'second' | 'day' } | null {
    const combined = this.#has('startedAt') ? this.#value('startedAt', this.#read.date) : null;
    const day = combined ?? (this.#has('date') ? this.#value('date', this.#read.date) : null);
    if (!day) {
      const field = this.#has('date') ? 'date' : 'startedAt';
      if (!this.#faults.some((fault) => fault.field === 'date' || fault.field === 'startedAt')) {
        this.#fault(field, 'missing', 'The row has no date.');
      }
      return null;
    }
    const time = day.seconds ?? (this.#has('time') ? this.#value('time', this.#read.time) : null);
    return this.#instant({ ...day, seconds: time });
  }

  #instant(moment: CivilMoment): { startedAt: string; precision: 'second' | 'day' } {
    const precision = moment.seconds === null ? 'day' : 'second';
    const zone = precision === 'day' ? this.#zones.business : this.#zones.file;
    return { startedAt: new Date(instantOf(moment, zone)).toISOString(), precision };
  }

  #addRating(data: Record<string, unknown>): void {
    if (!this.#has('rating')) return;
    const cell = this.#cell('rating');
    const none = cell !== undefined && cell !== null && isNoRating(cell, this.#scale);
    const rating = none ? null : this.#value('rating', this.#read.rating);
    if (rating !== null) this.#tally.rating();
    data['rating'] = rating;
    data['ratingOriginal'] = rating === null ? null : textOf(cell).slice(0, 20);
    data['ratingScale'] = rating === null ? null : scaleLabel(this.#scale);
  }

  #addOutcome(data: Record<string, unknown>): void {
    const outcome = this.#has('outcome') ? this.#value('outcome', this.#read.words.outcome) : null;
    const answered = this.#has('answered') ? this.#value('answered', this.#read.words.answered) : null;
    if (outcome === null && answered === null) {
      if (!this.#has('outcome') && !this.#has('answered')) return this.#guessOutcome(data);
      const field = this.#has('outcome') ? 'outcome' : 'answered';
      if (!this.#faults.some((fault) => fault.field === field)) this.#fault(field, 'missing', 'The cell does not say whether it was answered.');
      return;
    }
    data['outcome'] = outcome ?? (answered === true ? 'answered' : 'abandoned');
    if (data['outcome'] !== 'answered') this.#withoutService(data);
  }

  /** Without a column that says so, a talk time or a rating shows that somebody answered. */
  #guessOutcome(data: Record<string, unknown>): void {
    const served = Number(data['talkSeconds'] ?? 0) > 0 || typeof data['rating'] === 'number';
    const decided = this.#columns['outcome'] === null || this.#columns['answered'] === null;
    if (!served && !decided) this.#tally.outcomeUnknown();
  }

  /** Nobody spoke: exports fill these cells with zeros, and anything else contradicts the outcome. */
  #withoutService(data: Record<string, unknown>): void {
    if (data['outcome'] !== 'abandoned' && data['outcome'] !== 'missed') return;
    for (const field of ['talkSeconds', 'rating'] as const) {
      const value = data[field];
      if (typeof value === 'number' && value > 0) this.#fault(field, 'contradiction', 'The row says that nobody answered, and yet it has this value.');
      else if (field in data) data[field] = null;
    }
    if (data['waitSeconds'] === 0) data['waitSeconds'] = null;
  }

  #has(field: string): boolean {
    return typeof this.#columns[field] === 'number';
  }

  #cell(field: string): CellValue | undefined {
    const column = this.#columns[field];
    return typeof column === 'number' ? this.#cells[column] : undefined;
  }

  #value<T>(field: string, read: CellReader<T>): T | null {
    const reading = read(this.#cell(field));
    if ('value' in reading) return reading.value;
    this.#fault(field, reading.code, reading.message);
    return null;
  }

  #fault(field: string, code: string, message: string): void {
    const column = this.#columns[field];
    const cell = typeof column === 'number' ? cellAddress(column, this.#rowNumber) : null;
    const value = cell === null ? null : textOf(this.#cell(field)).slice(0, shownCharacters);
    this.#faults.push({ field, cell, value, code, message });
  }
}

/** Identifies a row by what it says. Trailing blanks do not count. */
function rowHash(cells: SourceRow['cells']): string {
  const hash = createHash('sha256');
  // A sparse array is visited by its filled cells only.
  cells.forEach((cell, column) => {
    const text = textOf(cell);
    if (text !== '') hash.update(`${column}\u001f${text}\u001e`);
  });
  return `row:${hash.digest('hex').slice(0, 32)}`;
}
