import { sql, type RawBuilder } from '../db/db.ts';
import { METRICS, type MetricId } from './metric-definitions.ts';
import { ROW_CONDITIONS, type RowCondition } from './metric-rows.ts';
import { SUM_COLUMNS, SUM_KEYS, type SumKey } from './metric-sums.ts';

/** How each sum over interactions `i` is taken; within target is judged by `i.target_seconds`. */
const FROM_INTERACTIONS: Partial<Record<SumKey, string>> = {
  interactions: 'count(*)',
  handled: countOf('handled'),
  resolved: countOf('resolved'),
  offered: countOf('offered'),
  answered: countOf('answered'),
  abandoned: countOf('abandoned'),
  slaEligible: countOf('slaEligible'),
  withinTarget: withinTarget('slaEligible'),
  voiceSlaEligible: countOf('voiceSlaEligible'),
  voiceWithinTarget: withinTarget('voiceSlaEligible'),
  voiceWaitSeconds: totalOf('i.wait_seconds', 'voiceWait'),
  voiceWaitCount: countOf('voiceWait'),
  waitSeconds: totalOf('i.wait_seconds', 'wait'),
  waitCount: countOf('wait'),
  talkSeconds: totalOf('i.talk_seconds', 'talk'),
  talkCount: countOf('talk'),
  holdSeconds: totalOf('i.hold_seconds', 'handleTime'),
  acwSeconds: totalOf('i.acw_seconds', 'handleTime'),
  handleCount: countOf('handleTime'),
  resolutionCount: countOf('resolution'),
  resolutionResolved: `count(*) filter (where ${ROW_CONDITIONS.resolution} and i.resolved)`,
  firstContactEligible: countOf('firstContact'),
  firstContactResolved: `count(*) filter (where ${ROW_CONDITIONS.firstContact} and i.resolved and i.first_contact)`,
  ratingSum: totalOf('i.rating', 'rated'),
  ratingSquares: totalOf('i.rating * i.rating', 'rated'),
  ratingCount: countOf('rated'),
  ratingTop2: `count(*) filter (where ${ROW_CONDITIONS.rated} and i.rating >= 4)`,
  sentimentSum: totalOf('i.sentiment', 'sentiment'),
  sentimentCount: countOf('sentiment'),
};

function countOf(rows: RowCondition): string {
  return `count(*) filter (where ${ROW_CONDITIONS[rows]})`;
}

function totalOf(column: string, rows: RowCondition): string {
  return `coalesce(sum(${column}) filter (where ${ROW_CONDITIONS[rows]}), 0)`;
}

function withinTarget(rows: RowCondition): string {
  return `count(*) filter (where ${ROW_CONDITIONS[rows]} and i.outcome = 'answered' and i.wait_seconds <= i.target_seconds)`;
}

/** `count(*) … as "messages_handled", …`: every sum that interactions give. */
export const interactionSums: RawBuilder<unknown> = sql.raw(
  (Object.entries(FROM_INTERACTIONS) as [SumKey, string][]).map(([key, take]) => `${take} as ${SUM_COLUMNS[key]}`).join(', '),
);

/** The columns that {@link interactionSums} names. */
export const INTERACTION_COLUMNS = (Object.keys(FROM_INTERACTIONS) as SumKey[]).map((key) => SUM_COLUMNS[key]);

/** The documented figures of a row, each by its metric's own arithmetic over the row's sums. */
export const FIGURE_COLUMNS: Readonly<Record<string, MetricId>> = {
  avg_response_time: 'avgResponseTime',
  customer_satisfaction: 'csat',
  sla_compliance: 'slaCompliance',
};

/** A metric as an SQL expression over the columns of a daily row, or over sums of them under the same names. */
export function metricSql(id: MetricId): string {
  const { numerator, denominator, times = 1, per = 1 } = METRICS[id];
  const total = columnsOf(numerator);
  if (denominator === null) return total;
  return `round((${total})::numeric * ${times} / nullif((${columnsOf(denominator)})::numeric * ${per}, 0), 4)`;
}

const columnsOf = (keys: readonly SumKey[]): string => keys.map((key) => SUM_COLUMNS[key]).join(' + ');

/** `sum(d.offered)::float8 as "offered", …`: the sums of daily rows `d`, named as {@link MetricSums} names them. */
export const totalsOfDays: RawBuilder<unknown> = sql.raw(
  SUM_KEYS.map((key) => `coalesce(sum(d.${SUM_COLUMNS[key]}), 0)::float8 as "${key}"`).join(', '),
);

/** The same for a single row `d`. */
export const sumsOfDay: RawBuilder<unknown> = sql.raw(
  SUM_KEYS.map((key) => `d.${SUM_COLUMNS[key]}::float8 as "${key}"`).join(', '),
);

/**
 * Which of a day's rows `d` counts: the computed one where it has interactions, else an imported one, else the
 * computed one that knows presence alone.
 */
export const countingRow: RawBuilder<boolean> = sql.raw(`(
  (d.origin = 'computed' and d.interactions > 0)
  or (d.origin = 'imported' and not exists (
    select from agent_performance_metrics o
    where o.agent_id = d.agent_id and o.date = d.date and o.origin = 'computed' and o.interactions > 0))
  or (d.origin = 'computed' and d.interactions = 0 and not exists (
    select from agent_performance_metrics o
    where o.agent_id = d.agent_id and o.date = d.date and o.origin = 'imported')))`);
