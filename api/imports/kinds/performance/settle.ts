import type { ImportMapping, ImportQuestion, MappingOptions, ValueUnit } from '../../mapping/import-mapping.ts';
import { unitOfHeader } from '../../values/durations.ts';
import { textOf, words } from '../../values/text.ts';
import type { NeededColumn, Settled, TableSample } from '../import-kind.ts';
import { columnQuestions } from '../reading/settle-columns.ts';
import { settleDateOrder } from '../reading/settle-dates.ts';
import { unitQuestion } from '../reading/settle-units.ts';
import { ShareEvidence } from '../reading/share-evidence.ts';
import { evidenceIn, unitOfHours, unitOfShortTimes, type TimeEvidence } from '../reading/time-evidence.ts';
import type { TimeUnits } from '../reading/unit-tally.ts';
import { timeFields, type TimeField } from './performance-fields.ts';

export const needed: readonly NeededColumn[] = [
  { fields: ['agent'], message: 'No column with the agent was found. Whose figures are these?' },
  { fields: ['date'], message: 'No column with the day was found. Which day are the figures of?', isDay: true },
];

/** A mean response below one, in minutes, is no part of a day. */
const unitOfResponses = (evidence: TimeEvidence) => (evidence.numbers > 0 && evidence.most < 1 ? null : unitOfShortTimes(evidence));

/** How the units of times are found. */
export const timeUnits: Readonly<Record<TimeField, TimeUnits>> = {
  avgResponseTime: { unitOf: unitOfResponses, asked: ['seconds', 'minutes'] },
  avgHandleTime: { unitOf: unitOfShortTimes, asked: ['seconds', 'minutes'] },
  onlineHours: { unitOf: unitOfHours, asked: ['hours', 'minutes', 'seconds'] },
};

/** Reads from the content of the columns what the mapping leaves open: the order of dates, what bare numbers count. */
export async function settlePerformance(columns: ImportMapping['columns'], given: MappingOptions, sample: TableSample): Promise<Settled> {
  const questions = [...columnQuestions(columns, sample, needed, given), ...ticketsQuestion(columns, sample.header)];
  const units: Record<string, ValueUnit> = { ...given.units };
  const guessed = new Map<string, string>();
  for (const field of timeFields) {
    const column = columns[field];
    if (typeof column !== 'number' || units[field] !== undefined) continue;
    const header = textOf(sample.header[column]);
    const named = unitOfHeader(words(header));
    const evidence = evidenceIn(sample.rows.map((cells) => cells[column]));
    const unit = named ?? timeUnits[field].unitOf(evidence);
    if (unit) units[field] = unit;
    else questions.push(unitQuestion(field, header, timeUnits[field].asked, evidence));
    if (unit && !named) guessed.set(field, header);
  }
  const sla = columns['slaCompliance'];
  if (typeof sla === 'number' && units['slaCompliance'] === undefined) {
    const header = textOf(sample.header[sla]);
    const evidence = new ShareEvidence();
    for (const cells of sample.rows) evidence.add(cells[sla]);
    const unit = evidence.unit();
    if (unit) units['slaCompliance'] = unit;
    else questions.push(evidence.question('slaCompliance', header));
    if (unit) guessed.set('slaCompliance', header);
  }
  const dateOrder = given.dateOrder ?? (await settleDateOrder(columns['date'], 'date', sample, questions));
  return { options: { ...given, ...(dateOrder ? { dateOrder } : {}), units }, questions, guessed };
}

/** What files call tickets without saying whether they were handled or resolved. */
const tickets = new Set(['ticket', 'tickets', 'cases', 'vorgange', 'dossiers', 'casos', 'casi', 'chamados', 'zgloszenia', 'tickety']);

/** Tickets beside a column of what was handled may be those that were resolved, or something else. */
function ticketsQuestion(columns: ImportMapping['columns'], header: TableSample['header']): ImportQuestion[] {
  const used = new Set(Object.values(columns));
  const column = header.findIndex((cell, at) => !used.has(at) && tickets.has(words(textOf(cell)).join(' ')));
  if (column < 0 || columns['ticketsResolved'] !== undefined) return [];
  const choices = [{ value: column, label: 'Yes: they were resolved' }, { value: null, label: 'No: leave the column out' }];
  return [{ code: 'column_meaning', field: 'ticketsResolved', message: `Does “${textOf(header[column])}” count what was resolved?`, answer: '/columns/ticketsResolved', choices }];
}
