import type { MigratedDay, Score, Scorecard } from '../../performance/migrated-figures.service.ts';
import { cut } from '../../text/cut.ts';
import type { Places } from '../places.ts';
import type { Reading } from '../things.ts';
import type { OldRow } from '../old-row.ts';
import { arrivalOf, personIn, readRow, type ReadingContext } from './reading.ts';
import { writtenAt } from './when-written.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Figures of a day by the names they have had; `most` is the largest that can be. */
const FIGURES = {
  messagesHandled: { names: ['messagesHandled', 'interactionsHandled', 'callsHandled', 'handled'], most: 100_000 },
  ticketsResolved: { names: ['ticketsResolved', 'resolved', 'casesResolved'], most: 100_000 },
  avgResponseTime: { names: ['avgResponseTime', 'averageResponseTime', 'responseTime'], most: 100_000 },
  avgHandleTime: { names: ['avgHandleTime', 'averageHandleTime', 'aht', 'handleTime'], most: 100_000 },
  customerSatisfaction: { names: ['customerSatisfaction', 'csat', 'csatScore'], most: 5 },
  ratingCount: { names: ['ratingCount', 'ratings', 'csatCount'], most: 100_000 },
  slaCompliance: { names: ['slaCompliance', 'sla', 'serviceLevel'], most: 100 },
  onlineHours: { names: ['onlineHours', 'hoursOnline'], most: 24 },
} as const;
type FigureName = keyof typeof FIGURES;
const DAY = ['date', 'day', 'metricDate', 'reportDate'] as const;
/** Columns of scorecards that are no scores. */
const NO_SCORE = ['id', 'agentId', 'userId', 'month', 'year', 'period', 'totalScore', 'percentage', 'notes', 'createdAt', 'updatedAt', 'metricType', 'metricName', 'score', 'target', 'deletedAt', 'isDeleted'] as const;

/** Whether a row has figures of a day: those become daily figures, everything else stays a scorecard. */
export const isOfDay = (columns: readonly string[]): boolean => {
  const has = new Set(columns.map((column) => column.toLowerCase().replaceAll('_', '')));
  return DAY.some((name) => has.has(name.toLowerCase())) && Object.values(FIGURES).some(({ names }) => names.some((name) => has.has(name.toLowerCase())));
};

/** A person's day once: the first row of it has it, as with e-mails. Kept beside the memory, as all that a run has met. */
export class DaysOfFile {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  once(reading: Reading<MigratedDay>): Reading<MigratedDay> {
    if ('refused' in reading) return reading;
    const { agentId, date, createdAt: _, ...figures } = reading.thing;
    const content = JSON.stringify(figures);
    const day = `${agentId} ${date}`;
    const first = this.#places.get('AgentMetric.day', day);
    if (!first) this.#places.set('AgentMetric.day', day, { id: null, content, place: reading.place });
    if (!first || first.place === reading.place) return reading;
    return { oldId: reading.oldId, place: reading.place, refused: `${first.place} is the same day of the same person and says ${first.content === content ? 'the same' : 'other figures'}` };
  }
}

export function readDay(context: ReadingContext, place: string, fields: Fields): Reading<MigratedDay> {
  return readRow(context, 'AgentMetric', place, fields, (row) => {
    const agentId = personIn(context, row, 'agentId', 'userId');
    const date = row.day(context.dayOf, ...DAY);
    if (date === null) row.fault('date is empty');
    const figure = (name: FigureName): number | null => figureIn(row, name);
    const [handled, resolved, ratings, online] = [figure('messagesHandled'), figure('ticketsResolved'), figure('ratingCount'), figure('onlineHours')];
    // No rating is none, never 0.
    const csat = figure('customerSatisfaction') || null;
    if (csat !== null && csat < 1) row.fault('customerSatisfaction is below 1');
    if (agentId === null || date === null) return null;
    return {
      agentId, date, messagesHandled: Math.round(handled ?? 0), ticketsResolved: Math.round(resolved ?? 0), avgResponseTime: figure('avgResponseTime'), avgHandleTime: figure('avgHandleTime'),
      customerSatisfaction: csat, ratingCount: Math.round(ratings ?? 0), slaCompliance: figure('slaCompliance'), onlineHours: online ?? 0, createdAt: row.instant('createdAt') ?? `${date}T00:00:00.000Z`,
      origin: 'imported',
    };
  });
}

function figureIn(row: OldRow, name: FigureName): number | null {
  const { names, most } = FIGURES[name];
  const value = row.number(...names);
  if (value !== null && (value < 0 || value > most)) row.fault(`${names[0]} is not between 0 and ${most}`);
  return value;
}

export function readScorecard(context: ReadingContext, table: 'AgentMetric' | 'Performance', place: string, fields: Fields): Reading<Scorecard> {
  return readRow(context, table, place, fields, (row, oldId) => {
    const agentId = personIn(context, row, 'agentId', 'userId');
    const period = periodOf(context, row);
    if (period === null) row.fault('it says neither which month nor which period');
    const scores = [...singleScore(row), ...manyScores(row)];
    if (agentId === null || period === null) return null;
    const createdAt = writtenAt(row, { at: endOf(period), what: 'the end of its period' }, arrivalOf(context, row.id('agentId', 'userId')));
    if (createdAt === null) return null;
    return {
      agentId, period, scores, total: row.number('totalScore'), percentage: row.number('percentage'), notes: row.text('notes', 'comments'),
      createdAt, source: context.system, externalId: `${table}:${oldId}`,
    };
  });
}

/** `2024-03` for a month; a period in its own words. */
function periodOf(context: ReadingContext, row: OldRow): string | null {
  const [month, year] = [row.number('month'), row.number('year')];
  if (month !== null && year !== null) {
    if (Number.isInteger(month) && month >= 1 && month <= 12 && Number.isInteger(year) && year >= 1990 && year < 2200) return `${year}-${String(month).padStart(2, '0')}`;
    row.fault(`month ${month} of ${year} is none`);
    return null;
  }
  const text = row.text('period');
  return text === null ? row.day(context.dayOf, ...DAY) : cut(text, 40);
}

/** The moment at which a month or a day is over, UTC; null for a period that is neither. */
function endOf(period: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(period) ?? [];
  if (year === undefined || month === undefined) return null;
  return new Date(day === undefined ? Date.UTC(Number(year), Number(month)) : Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)).toISOString();
}

function singleScore(row: OldRow): Score[] {
  const [metric, score, target] = [row.text('metricType', 'metricName', 'metric'), row.number('score', 'value'), row.number('target')];
  return metric === null || score === null ? [] : [{ metric, score, target, weight: null }];
}

/** A column for each score, and perhaps one for its weight. */
function manyScores(row: OldRow): Score[] {
  const numbers = new Map(row.numbersBut(...NO_SCORE));
  return [...numbers].flatMap(([metric, score]) =>
    metric.endsWith('Weight') && numbers.has(metric.slice(0, -'Weight'.length)) ? [] : [{ metric, score, target: null, weight: numbers.get(`${metric}Weight`) ?? null }],
  );
}
