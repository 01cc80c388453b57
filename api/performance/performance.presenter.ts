import type { components } from '../http/contract.types.ts';
import { datesFrom } from './business-day.ts';
import type { DailyRow, PeriodSums } from './daily-rows.repository.ts';
import { figureOnDay } from './daily-figure.ts';
import { countOf, figureOf, METRIC_IDS, METRICS, roundFigure, type MetricId } from './metric-definitions.ts';
import { EMPTY_SUMS, type MetricSums } from './metric-sums.ts';
import type { PerformanceLevel } from './performance-level.ts';
import type { MeasuredPeriod, PerformanceDays, Summary } from './performance.service.ts';
import { targetOf } from './team-settings.ts';

type Schemas = components['schemas'];

/** One row per calendar day: days without a row are counts of 0 and averages of null. */
export function presentDays(agentId: number, { from, to, rows }: PerformanceDays): Schemas['AgentPerformanceMetrics'][] {
  const byDate = new Map(rows.map((row) => [row.date, row]));
  return datesFrom(from, to).map((date) => presentDay(agentId, date, byDate.get(date)));
}

function presentDay(agentId: number, date: string, row: DailyRow | undefined): Schemas['AgentPerformanceMetrics'] {
  const sums: MetricSums = row ?? EMPTY_SUMS;
  const figure = (id: MetricId): number | null => (row ? figureOnDay(id, row) : null);
  return {
    id: row?.id ?? null,
    agentId,
    date,
    messagesHandled: sums.handled,
    avgResponseTime: figure('avgResponseTime'),
    customerSatisfaction: figure('csat'),
    ticketsResolved: sums.resolved,
    onlineHours: roundFigure(sums.onlineHours),
    slaCompliance: figure('slaCompliance'),
    createdAt: row?.createdAt ?? null,
    aht: figure('aht'),
    fcr: figure('fcr'),
    resolutionRate: figure('resolutionRate'),
    sentiment: figure('sentiment'),
    awayHours: roundFigure(sums.awayHours),
    origin: row?.origin ?? null,
    provenance: row?.provenance ?? null,
    serviceLevelSeconds: row?.serviceLevelSeconds ?? null,
    n: presentCounts(sums),
  };
}

const presentCounts = (sums: MetricSums): Schemas['PerformanceCounts'] => ({
  interactions: sums.interactions,
  offered: sums.offered,
  answered: sums.answered,
  slaEligible: sums.slaEligible,
  withinTarget: sums.withinTarget,
  wait: sums.waitCount,
  handleTime: sums.handleCount,
  resolution: sums.resolutionCount,
  firstContact: sums.firstContactEligible,
  ratings: sums.ratingCount,
  sentiment: sums.sentimentCount,
});

export function presentSummary(summary: Summary): Schemas['AgentSummary'] {
  return {
    agentId: summary.agentId,
    asOf: summary.asOf,
    settingsVersion: summary.settingsVersion,
    performanceLevel: presentLevel(summary.level),
    nextSession: summary.nextSession,
    today: presentPeriod(summary.today, summary),
    period: presentPeriod(summary.period, summary),
  };
}

const presentLevel = (level: PerformanceLevel): Schemas['PerformanceLevel'] => ({
  level: level.level,
  attainment: roundFigure(level.attainment),
  sentence: level.sentence,
  n: level.n,
  components: level.components.map((part) => ({ ...part, value: roundFigure(part.value), attainment: roundFigure(part.attainment) })),
});

const presentPeriod = (period: MeasuredPeriod, summary: Summary): Schemas['PeriodFigures'] => ({
  from: period.from,
  to: period.to,
  figures: METRIC_IDS.map((id) => presentFigure(id, period, summary)),
});

function presentFigure(id: MetricId, period: MeasuredPeriod, { agentId, settings, mayFollow }: Summary): Schemas['MetricFigure'] {
  const { name, unit, direction, minimumN } = METRICS[id];
  const value = figureOf(id, period.sums);
  const n = countOf(id, period.sums);
  const target = targetOf(id, settings.targets);
  const { from, to, sums } = period.previous;
  return {
    metric: id,
    name,
    unit,
    direction,
    value,
    n,
    minimumN,
    enough: n >= minimumN,
    target,
    meetsTarget: value === null || target === null ? null : direction === 'lower' ? value <= target : value >= target,
    previous: { from, to, value: figureOf(id, sums), n: countOf(id, sums) },
    evidence: mayFollow ? evidenceOf(id, agentId, period) : [],
  };
}

/** Interactions where the metric counts them; daily rows where it is one of presence, or days were imported. */
function evidenceOf(id: MetricId, agentId: number, { from, to, sums }: MeasuredPeriod): Schemas['Evidence'][] {
  const found: Schemas['Evidence'][] = [];
  const interactions = computedCount(id, sums);
  if (METRICS[id].rows !== null && interactions > 0) {
    found.push({ kind: 'interactions', href: `/api/interactions?agentId=${agentId}&from=${from}&to=${to}&metric=${id}`, count: interactions });
  }
  const fromPresence = METRICS[id].rows === null && countOf(id, sums) > 0;
  if (fromPresence || sums.importedDays > 0) {
    found.push({ kind: 'dailyRows', href: `/api/agents/${agentId}/performance?from=${from}&to=${to}`, count: datesFrom(from, to).length });
  }
  return found;
}

/** The n without imported days, whose interactions are not here to be listed. */
const computedCount = (id: MetricId, sums: PeriodSums): number => sums.computed[METRICS[id].n];
