import { cut } from '../../../text/cut.ts';
import type { ImportMapping, ImportQuestion } from '../../mapping/import-mapping.ts';
import type { SourceRow } from '../../parsing/row-source.ts';
import type { ParsedRow } from '../../rows.ts';
import { dayOf, type CivilMoment } from '../../values/moments.ts';
import { textOf } from '../../values/text.ts';
import { instantOf, isoOf } from '../../values/zoned.ts';
import type { Reading, RowReader } from '../import-kind.ts';
import { Happened } from '../reading/happened.ts';
import { isNoRating, ratingScale, scaleLabel, type RatingScale } from '../reading/rating.ts';
import { RowCells, rowHash } from '../reading/row-cells.ts';
import { durationFields } from './interaction-fields.ts';
import { interactionReaders, type InteractionReaders } from './interaction-readers.ts';
import { UnitTally } from '../reading/unit-tally.ts';
import { durationUnits } from './settle.ts';
import { Tally } from './tally.ts';

const NO_ROW: SourceRow = { sheet: null, rowNumber: 0, cells: [] };

/**
 * Reads rows of interactions. Every fault of a row is found, not only the first.
 *
 * Rules: unanswered means abandoned unless an outcome says otherwise; a rating of 0 or none is null; a row
 * without a time has day precision and starts at midnight of the business time zone.
 */
export class InteractionRows implements RowReader {
  readonly #columns: ImportMapping['columns'];
  readonly #read: InteractionReaders;
  readonly #reading: Reading;
  readonly #scale: RatingScale;
  readonly #tally: Tally;
  readonly #units: UnitTally;
  readonly #happened: Happened;
  #row: RowCells;
  #ordinal = 0;

  constructor(mapping: ImportMapping, reading: Reading) {
    this.#columns = mapping.columns;
    this.#row = new RowCells(mapping.columns, NO_ROW);
    this.#read = interactionReaders(mapping);
    this.#reading = reading;
    this.#happened = new Happened(reading);
    this.#units = new UnitTally(reading.guessed, durationUnits, mapping.options.units ?? {});
    this.#scale = ratingScale(mapping.options);
    this.#tally = new Tally(this.#scale);
  }

  parse(row: SourceRow): ParsedRow {
    this.#row = new RowCells(this.#columns, row);
    this.#ordinal += 1;
    const { texts } = this.#read;
    const externalId = this.#row.value('externalId', texts.externalId);
    const person = this.#row.value('agent', texts.agent);
    const data = this.#data();
    this.#tally.row(data['rating'], this.#row.faults);
    this.#units.row(this.#row);
    return {
      ordinal: this.#ordinal,
      rowNumber: row.rowNumber,
      externalId: externalId ?? rowHash(this.#read.day === null ? row.cells : [...row.cells, dayOf(this.#read.day)]),
      hashed: externalId === null,
      person,
      data: this.#row.faults.length > 0 ? null : data,
      faults: this.#row.faults,
    };
  }

  questions(): ImportQuestion[] {
    return [...this.#units.questions(), ...this.#tally.questions()];
  }

  #data(): Record<string, unknown> {
    const data: Record<string, unknown> = { ...this.#when() };
    for (const field of ['queue', 'topic', 'customerRef'] as const) {
      if (this.#row.has(field)) data[field] = this.#row.value(field, this.#read.texts[field]);
    }
    for (const field of ['channel', 'direction', 'resolved', 'firstContact'] as const) {
      // A blank channel or direction says nothing; a blank yes/no is unknown.
      const value = this.#row.has(field) ? this.#row.value(field, this.#read.words[field]) : null;
      if (value !== null || (this.#row.has(field) && field !== 'channel' && field !== 'direction')) data[field] = value;
    }
    for (const field of durationFields) {
      if (this.#row.has(field)) data[field] = this.#row.value(field, this.#read.durations[field]);
    }
    if (this.#row.has('sentiment')) data['sentiment'] = this.#row.value('sentiment', this.#read.sentiment);
    this.#addRating(data);
    this.#addOutcome(data);
    return data;
  }

  #when(): { startedAt: string; precision: 'second' | 'day' } | null {
    const combined = this.#row.has('startedAt') ? this.#row.value('startedAt', this.#read.date) : null;
    const written = combined ?? (this.#row.has('date') ? this.#row.value('date', this.#read.date) : null);
    const day = written ?? (this.#row.has('date') || this.#row.has('startedAt') ? null : this.#read.day);
    if (!day) {
      const field = this.#row.has('date') ? 'date' : 'startedAt';
      if (!this.#row.isFaulty('date', 'startedAt')) {
        this.#row.fault(field, 'missing', 'The row has no date.');
      }
      return null;
    }
    const time = day.seconds ?? (this.#row.has('time') ? this.#row.value('time', this.#read.time) : null);
    return this.#instant({ ...day, seconds: time }, combined ? 'startedAt' : 'date');
  }

  #instant(moment: CivilMoment, field: string): { startedAt: string; precision: 'second' | 'day' } {
    const precision = moment.seconds === null ? 'day' : 'second';
    const zone = precision === 'day' ? this.#reading.business : this.#reading.file;
    const instant = instantOf(moment, zone);
    this.#happened.checkInstant(this.#row, field, instant);
    return { startedAt: isoOf(instant), precision };
  }

  #addRating(data: Record<string, unknown>): void {
    if (!this.#row.has('rating')) return;
    const cell = this.#row.cell('rating');
    const none = cell !== undefined && cell !== null && isNoRating(cell, this.#scale);
    const rating = none ? null : this.#row.value('rating', this.#read.rating);
    data['rating'] = rating;
    // An export tells apart what the rating is here and what it was where it was given.
    const given = this.#row.has('ratingOriginal') ? this.#row.value('ratingOriginal', this.#read.texts.ratingOriginal) : null;
    const scale = this.#row.has('ratingScale') ? this.#row.value('ratingScale', this.#read.texts.ratingScale) : null;
    data['ratingOriginal'] = rating === null ? null : (given ?? cut(textOf(cell), 20));
    data['ratingScale'] = rating === null ? null : (scale ?? scaleLabel(this.#scale));
  }

  #addOutcome(data: Record<string, unknown>): void {
    const outcome = this.#row.has('outcome') ? this.#row.value('outcome', this.#read.words.outcome) : null;
    const answered = this.#row.has('answered') ? this.#row.value('answered', this.#read.words.answered) : null;
    if (outcome === null && answered === null) {
      if (!this.#row.has('outcome') && !this.#row.has('answered')) return this.#guessOutcome(data);
      const field = this.#row.has('outcome') ? 'outcome' : 'answered';
      if (!this.#row.isFaulty(field)) this.#row.fault(field, 'missing', 'The cell does not say whether it was answered.');
      return;
    }
    data['outcome'] = outcome ?? (answered === true ? 'answered' : 'abandoned');
    if (data['outcome'] !== 'answered') this.#withoutService(data);
  }

  /** Without a column that says so, a talk time or a rating shows that somebody answered. */
  #guessOutcome(data: Record<string, unknown>): void {
    const served = Number(data['talkSeconds'] ?? 0) > 0 || typeof data['rating'] === 'number';
    const decided = this.#columns['outcome'] === null || this.#columns['answered'] === null;
    // What cannot be read, such as a footer, does not say it either, and need not.
    if (!served && !decided && this.#row.faults.length === 0) this.#tally.outcomeUnknown();
  }

  /** Nobody spoke: exports fill these cells with zeros, and anything else contradicts the outcome. */
  #withoutService(data: Record<string, unknown>): void {
    if (data['outcome'] !== 'abandoned' && data['outcome'] !== 'missed') return;
    for (const field of ['talkSeconds', 'rating'] as const) {
      const value = data[field];
      if (typeof value === 'number' && value > 0) this.#row.fault(field, 'contradiction', 'The row says that nobody answered, and yet it has this value.');
      else if (field in data) data[field] = null;
    }
    if (data['waitSeconds'] === 0) data['waitSeconds'] = null;
  }
}
