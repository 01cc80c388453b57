import type { ImportMapping, ImportQuestion, MappingOptions } from '../../mapping/import-mapping.ts';
import { isDurationUnit, unitOfHeader, type DurationUnit } from '../../values/durations.ts';
import { textOf, words } from '../../values/text.ts';
import type { NeededColumn, Settled, TableSample } from '../import-kind.ts';
import { columnQuestions } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { unitQuestion } from '../reading/settle-units.ts';
import { areVast, evidenceIn, unitOfShortTimes, type TimeEvidence } from '../reading/time-evidence.ts';
import type { TimeUnits } from '../reading/unit-tally.ts';
import { durationFields, type DurationField } from './interaction-fields.ts';
import { timeQuestion } from './time-question.ts';

export const needed: readonly NeededColumn[] = [
  { fields: ['startedAt', 'date'], message: 'No column with the date was found. Which one says when an interaction began, or which day are all of them of?', isDay: true },
  { fields: ['agent'], message: 'No column with the agent was found. Which one names who handled an interaction?', none: 'None: the file names no agents' },
];

/** Reads from the content of the columns what the mapping leaves open: the order of dates, the units of durations. */
export async function settleInteractions(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<Settled> {
  const questions = [...columnQuestions(columns, sample, needed, given), ...timeQuestion(columns, sample)];
  const { units, guessed } = settleUnits(columns, given, sample, questions);
  const dated = typeof columns['startedAt'] === 'number' ? 'startedAt' : 'date';
  const dateOrder = given.dateOrder ?? (await settleDateOrder(columns[dated], dated, sample, questions));
  return { options: { ...given, ...(dateOrder ? { dateOrder } : {}), units }, questions, guessed };
}

/** Waits are seconds, unless they are parts of a day. */
const unitOfWaits = (evidence: TimeEvidence): DurationUnit | null => {
  const unit = unitOfShortTimes(evidence);
  return unit === null && evidence.most >= 1 && !areVast(evidence) ? 'seconds' : unit;
};

/**
 * How the units of durations are found. Nobody talks for less than a minute on the median call, so talk times beyond 60
 * are seconds; smaller ones could be minutes.
 */
export const durationUnits: Readonly<Record<DurationField, TimeUnits>> = {
  waitSeconds: { unitOf: unitOfWaits, asked: ['seconds', 'minutes'] },
  talkSeconds: { unitOf: unitOfShortTimes, asked: ['seconds', 'minutes'] },
  holdSeconds: { unitOf: unitOfShortTimes, asked: ['seconds', 'minutes'] },
  acwSeconds: { unitOf: unitOfShortTimes, asked: ['seconds', 'minutes'] },
};

/** Where the numbers do not tell, hold and after-call work count what talk counts. */
function settleUnits(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample, questions: ImportQuestion[]): { units: Record<string, DurationUnit>; guessed: Map<string, string> } {
  const units: Record<string, DurationUnit> = Object.fromEntries(Object.entries(given.units ?? {}).filter((entry): entry is [string, DurationUnit] => isDurationUnit(entry[1])));
  const guessed = new Map<string, string>();
  let talkUnit: DurationUnit = 'seconds';
  for (const field of durationFields) {
    const column = columns[field];
    if (typeof column !== 'number') continue;
    const header = textOf(sample.header[column]);
    const evidence = evidenceIn(sample.rows.map((cells) => cells[column]));
    const said = units[field] ?? unitOfHeader(words(header));
    const unit = said ?? durationUnits[field].unitOf(evidence);
    units[field] = unit ?? (field === 'talkSeconds' ? 'seconds' : talkUnit);
    if (field === 'talkSeconds') talkUnit = units[field];
    if (unit === null && field === 'talkSeconds') questions.push(unitQuestion(field, header, durationUnits[field].asked, evidence));
    // Holds of a few seconds are usual: of the others the rest of the file can contradict only parts of a day.
    if (unit !== null && said === null && (field === 'talkSeconds' || unit === 'days')) guessed.set(field, header);
  }
  return { units, guessed };
}
