import type { ImportMapping, MappedValue } from '../../mapping/import-mapping.ts';
import type { CellValue } from '../../parsing/row-source.ts';
import { parseDate } from '../../values/dates.ts';
import type { CivilMoment } from '../../values/moments.ts';
import { saysNothing, saysNoValue } from '../../values/nothing.ts';
import { parseNumber } from '../../values/numbers.ts';
import { parseTimeOfDay } from '../../values/times.ts';
import { lookUp, yesNo, type Vocabulary } from '../../values/vocabulary.ts';
import { cellReader, nameReader, textReader, type CellReader } from '../reading/cell-readers.ts';
import { decidedBlanks, decidedWords, isBoolean, isIn, isNumber, wordReader } from '../reading/decided-words.ts';
import { durationReader } from '../reading/duration-reader.ts';
import { parseRating, ratingScale, scaleLabel } from '../reading/rating.ts';
import { durationFields, type DurationField } from './interaction-fields.ts';
import { channelNames, channels, directionNames, directions, outcomeNames, outcomes, sentiments } from './interaction-words.ts';

/** Readers of an interaction's cells, as one mapping wants them read. */
export interface InteractionReaders {
  /** That of all rows, where no column has it. */
  readonly day: CivilMoment | null;
  readonly date: CellReader<NonNullable<ReturnType<typeof parseDate>>>;
  readonly time: CellReader<number>;
  readonly durations: Readonly<Record<DurationField, CellReader<number>>>;
  readonly words: Readonly<Record<'channel' | 'direction' | 'outcome' | 'answered' | 'resolved' | 'firstContact', CellReader<string | boolean>>>;
  readonly rating: CellReader<number>;
  readonly sentiment: CellReader<number>;
  readonly texts: Readonly<Record<'externalId' | 'agent' | 'queue' | 'topic' | 'customerRef' | 'ratingOriginal' | 'ratingScale', CellReader<string>>>;
}

export function interactionReaders(mapping: ImportMapping): InteractionReaders {
  const { options } = mapping;
  const order = options.dateOrder ?? 'dmy';
  const scale = ratingScale(options);
  const word = <T extends string | boolean>(field: string, known: Vocabulary<T>, isOne: (value: MappedValue) => value is T, expected: string, isNothing?: (cell: CellValue) => boolean): CellReader<T> =>
    wordReader(mapping, field, known, isOne, expected, isNothing);
  const sentimentWords = decidedWords(mapping, 'sentiment', isNumber);
  const isNoSentiment = decidedBlanks(mapping, 'sentiment');
  return {
    day: options.day === undefined ? null : parseDate(options.day, 'dmy'),
    date: cellReader((cell) => parseDate(cell, order), 'invalid_date', 'a date'),
    time: cellReader(parseTimeOfDay, 'invalid_time', 'a time of day'),
    durations: durationReaders(options.units ?? {}),
    words: {
      channel: word('channel', channels, isIn(channelNames), 'a channel (voice, chat, email, ticket, message)'),
      direction: word('direction', directions, isIn(directionNames), 'a direction (inbound, outbound)'),
      outcome: word('outcome', outcomes, isIn(outcomeNames), 'an outcome (answered, abandoned, missed …)', saysNothing),
      answered: word('answered', yesNo, isBoolean, 'yes or no', saysNothing),
      resolved: word('resolved', yesNo, isBoolean, 'yes or no'),
      firstContact: word('firstContact', yesNo, isBoolean, 'yes or no'),
    },
    rating: cellReader((cell) => parseRating(cell, scale), 'rating_out_of_scale', `a rating on the scale ${scaleLabel(scale)}`),
    sentiment: cellReader((cell) => (isNoSentiment(cell) ? null : lookUp(cell, sentiments, sentimentWords) ?? sentimentNumber(cell)), 'unknown_word', 'a sentiment (words, or −1 to 1)', (cell) => isNoSentiment(cell) || saysNoValue(cell)),
    texts: {
      externalId: textReader(200),
      agent: nameReader(255),
      queue: textReader(100),
      topic: textReader(200),
      customerRef: textReader(200),
      ratingOriginal: textReader(20),
      ratingScale: textReader(20),
    },
  };
}

function durationReaders(units: NonNullable<ImportMapping['options']['units']>): InteractionReaders['durations'] {
  const reader = (field: DurationField): CellReader<number> =>
    durationReader({ unit: units[field], most: WEEK, limit: 'a week', stored: Math.round });
  const [wait, talk, hold, acw] = durationFields;
  return { waitSeconds: reader(wait), talkSeconds: reader(talk), holdSeconds: reader(hold), acwSeconds: reader(acw) };
}

function sentimentNumber(cell: CellValue): number | null {
  const number = parseNumber(cell);
  return number !== null && Math.abs(number) <= 1 ? Math.round(number * 1000) / 1000 : null;
}

/** Longest duration that is believed, in seconds. A date in the column would otherwise become 44,000 days. */
const WEEK = 7 * 86_400;
