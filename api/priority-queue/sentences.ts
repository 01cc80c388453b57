import { decimal, figure, hundredths } from '../performance/figure-words.ts';
import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import type { Ineligibility } from './eligibility.ts';
import type { RecognitionCode } from './recognitions.ts';
import type { Params, Signal } from './signals.ts';
import { QUEUE_CONSTANTS } from './queue-constants.ts';

/**
 * The English of codes and their parameters. A client that speaks another language says the same from `code`,
 * `params.variant` and the other parameters.
 */
export function reasonSentence({ code, params }: Pick<Signal, 'code' | 'params'>): string {
  switch (code) {
    case 'trend':
      return trend(params);
    case 'notes':
      return notes(params);
    case 'overdueActions':
      return Number(params['count']) === 0 ? 'No action item is overdue.' : `${counted(params['count'], 'action item is', 'action items are')} overdue.`;
    case 'cadence':
      return cadence(params);
    default:
      return gap(params);
  }
}

function gap(params: Params): string {
  const { name, counts, unit } = METRICS[metricOf(params)];
  const value = figure(params['value'], unit);
  const target = figure(params['target'], unit);
  const measured = `${name} ${value} over ${params['n']} ${counts}`;
  switch (params['variant']) {
    case 'noData':
      return `${name}: no data in ${QUEUE_CONSTANTS.windowDays} days.`;
    case 'tooFew':
      return `${name}: only ${params['n']} ${counts} in ${QUEUE_CONSTANTS.windowDays} days, ${params['minimumN']} are needed.`;
    case 'target':
      return `${measured}, target ${target}: ${distance(params)}.`;
    case 'teamMedian':
      return `${measured}, team median ${figure(params['reference'], unit)}: ${distance(params)}. Most of the team misses the target of ${target}.`;
    case 'teamMedianMet':
      return `${measured} is no worse than the team median of ${figure(params['reference'], unit)}. Most of the team misses the target of ${target}.`;
    default:
      return `${measured} meets the target of ${target}.`;
  }
}

/** In team deviations; without a team to compare with, in per cent of the reference. */
function distance(params: Params): string {
  const side = (METRICS[metricOf(params)].direction === 'lower') === Number(params['deviations']) > 0 ? 'above' : 'below';
  const amount = amountOf(params);
  return amount === '' ? `just ${side}` : `${amount} ${side}`;
}

/** Empty where it rounds to nothing: "0.0 deviations" reads like no reason at all. */
function amountOf(params: Params): string {
  const deviations = Math.abs(Number(params['deviations']));
  const visible = (text: string, unit = ''): string => (Number(text) === 0 ? '' : text + unit);
  if (params['spreadOf'] === 'team') return visible(deviations.toFixed(1), ' team deviations');
  const size = deviations * Number(params['spread']);
  if (metricOf(params) === 'sentiment') return visible(decimal(size, 2));
  return visible(decimal((size / Math.abs(Number(params['reference']))) * 100, 1), ' %');
}

function trend(params: Params): string {
  if (params['variant'] === 'noData') return `No trend: nothing was measured on ${params['days']} days or more.`;
  if (params['variant'] === 'steady') return 'No metric is getting significantly worse.';
  return `${changed(params)} in ${QUEUE_CONSTANTS.windowDays} days (${params['days']} days measured, ${probability(Number(params['p']))}).`;
}

function changed(params: Params): string {
  const { name, unit } = METRICS[metricOf(params)];
  const size = Math.abs(Number(params['change']));
  const points = unit === 'ratio' ? hundredths(size) : size;
  const change = unit === 'ratio' || unit === 'percent' ? `${decimal(points, 1)} percentage points` : figure(size, unit);
  return `${name} ${params['variant']} by ${change}`;
}

function notes(params: Params): string {
  if (params['variant'] === 'none') return 'No note is waiting to be addressed.';
  const urgent = Number(params['urgent']) > 0 ? `, ${params['urgent']} urgent` : '';
  return `${counted(params['count'], 'note is', 'notes are')} waiting to be addressed${urgent}; the oldest for ${counted(params['oldest'], 'day', 'days')}.`;
}

function cadence(params: Params): string {
  const every = `the team’s cadence is ${counted(params['cadence'], 'day', 'days')}`;
  switch (params['variant']) {
    case 'notJoined':
      return `Joined later, on ${day(params['since'])}, and had no session before; ${every}.`;
    case 'never':
      return `Never had a session; joined ${counted(params['days'], 'day', 'days')} ago, ${every}.`;
    default:
      return `${counted(params['days'], 'day', 'days')} since the last session; ${every}.`;
  }
}

export function recognitionSentence({ code, params }: { readonly code: RecognitionCode; readonly params: Params }): string {
  switch (code) {
    case 'improving': {
      const now = `${figure(params['value'], METRICS[metricOf(params)].unit)} over the whole period`;
      return `${changed(params)} in ${QUEUE_CONSTANTS.windowDays} days, to the good; ${now} (${params['days']} days measured, ${probability(Number(params['p']))}).`;
    }
    case 'above_target': {
      const { name, counts, unit } = METRICS[metricOf(params)];
      return `${name} ${figure(params['value'], unit)} over ${params['n']} ${counts}, the team’s best; target ${figure(params['target'], unit)}.`;
    }
    case 'praised':
      return `${counted(params['count'], 'note', 'notes')} of praise in ${params['days']} days.`;
    case 'actions_done':
      return `${counted(params['count'], 'action item', 'action items')} finished on time in ${params['days']} days.`;
  }
}

const ABSENCES: Readonly<Record<string, string>> = { leave: 'On leave', sick: 'Off sick', training: 'In training', other: 'Absent' };

export function ineligibleSentence({ code, params }: Ineligibility): string {
  switch (code) {
    case 'absent':
      return `${ABSENCES[String(params['kind'])] ?? 'Absent'} until ${day(params['endsOn'])}.`;
    case 'session_running':
      return 'A session is running now.';
    case 'session_booked':
      return `A session is booked for ${day(params['on'])}.`;
    case 'snoozed':
      return `Snoozed until ${day(params['on'])}: ${params['reason']}`;
  }
}

export function processSentence(params: Params): string {
  const { name, unit } = METRICS[metricOf(params)];
  return (
    `${params['missing']} of ${params['measured']} people miss the ${name} target of ${figure(params['target'], unit)}; ` +
    `the team’s median is ${figure(params['median'], unit)}. Look at the process before the people.`
  );
}

const metricOf = (params: Params): MetricId => params['metric'] as MetricId;

const probability = (p: number): string => (p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`);

const counted = (count: unknown, one: string, many: string): string => `${Number(count)} ${Number(count) === 1 ? one : many}`;

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** A business day as people write it. The hour is left to clients, who know the reader's time zone; `params` has the instant. */
const day = (value: unknown): string => DAY.format(new Date(`${String(value)}T00:00:00Z`));
