import type { components } from '../http/contract.types.ts';
import { computeMetric, countOf, METRICS, roundFigure, figureOf, type MetricId } from '../performance/metric-definitions.ts';
import { addSums, EMPTY_SUMS, type MetricSums } from '../performance/metric-sums.ts';
import { targetOf } from '../performance/team-settings.ts';
import type { PersonRow } from './quick-stats.repository.ts';
import type { MeasuredDay, QuickStats } from './quick-stats.service.ts';

type Schemas = components['schemas'];
type Evidence = Schemas['Evidence'];

/** In the order in which a desk is read: what came, how it was served, how it was liked. */
const FIGURES = ['offered', 'handled', 'serviceLevel', 'slaCompliance', 'asa', 'aht', 'abandonment', 'csat', 'csatResponseRate', 'occupancy'] as const satisfies readonly MetricId[];

const STATUSES = ['online', 'busy', 'away', 'offline'] as const;
const SCOPES = { all: 'everybody', teams: 'teams', self: 'self' } as const;

export function presentQuickStats(stats: QuickStats): Schemas['QuickStats'] {
  return {
    asOf: stats.asOf,
    at: stats.at.toISOString(),
    timezone: stats.timezone,
    until: stats.until,
    scope: SCOPES[stats.scope],
    teamId: stats.teamId,
    teams: [...stats.teams],
    serviceLevelSeconds: stats.serviceLevelSeconds,
    comparedDays: stats.compared.map((day) => day.date),
    figures: FIGURES.map((id) => presentFigure(id, stats)),
    open: presentOpen(stats),
    people: presentPeople(stats),
  };
}

function presentFigure(id: MetricId, stats: QuickStats): Schemas['QuickFigure'] {
  const { name, unit, direction, minimumN } = METRICS[id];
  const value = figureOf(id, stats.day.sums);
  const n = countOf(id, stats.day.sums);
  const target = commonTarget(id, stats);
  return {
    metric: id, name, unit, direction, value, n, minimumN,
    enough: n >= minimumN,
    target,
    meetsTarget: value === null || target === null ? null : direction === 'lower' ? value <= target : value >= target,
    usual: usualOf(id, stats),
    evidence: n > 0 ? follow(stats, evidenceOf(id, n, stats)) : [],
  };
}

/** Teams that want different things have no target together. */
function commonTarget(id: MetricId, { targets }: QuickStats): number | null {
  const all = new Set(targets.map((of) => targetOf(id, of)));
  return all.size === 1 ? ([...all][0] ?? null) : null;
}

function usualOf(id: MetricId, { compared, until }: QuickStats): Schemas['QuickFigure']['usual'] {
  const counts = id === 'occupancy' ? (day: MeasuredDay) => day.sums.presenceDays > 0 : (day: MeasuredDay) => day.sums.interactions > 0;
  const days = compared.filter(counts);
  const sums: MetricSums = addSums(days.map((day) => day.sums));
  const isTotal = METRICS[id].denominator === null;
  const total = computeMetric(id, sums);
  return {
    value: days.length === 0 ? null : roundFigure(isTotal && total !== null ? total / days.length : total),
    n: isTotal ? days.length : countOf(id, sums),
    until: id === 'occupancy' ? null : until,
    days: compared.map((day) => ({ date: day.date, value: counts(day) ? figureOf(id, day.sums) : null, n: countOf(id, day.sums) })),
  };
}

function evidenceOf(id: MetricId, count: number, { asOf, teamId }: QuickStats): Evidence {
  if (METRICS[id].rows === null) return { kind: 'people', href: `/api/quick-stats/people?asOf=${asOf}&metric=${id}${teamId ? `&teamId=${teamId}` : ''}`, count };
  return { kind: 'interactions', href: `/api/interactions?from=${asOf}&to=${asOf}&metric=${id}${ofTeam(teamId)}`, count };
}

function presentOpen(stats: QuickStats): Schemas['QuickStats']['open'] {
  if (!stats.now) return null;
  const { open, unassigned } = stats.now;
  const evidence: Evidence = { kind: 'interactions', href: `/api/interactions?outcome=open${ofTeam(stats.teamId)}`, count: open };
  return { count: open, unassigned, evidence: open > 0 ? follow(stats, evidence) : [] };
}

function presentPeople(stats: QuickStats): Schemas['QuickStats']['people'] {
  const { now, scope, teamId } = stats;
  if (!now || scope === 'self') return null;
  return STATUSES.map((status) => {
    const count = now.byStatus[status] ?? 0;
    const evidence: Evidence = { kind: 'people', href: `/api/quick-stats/people?onlineStatus=${status}${teamId ? `&teamId=${teamId}` : ''}`, count };
    return { status, count, evidence: count > 0 ? follow(stats, evidence) : [] };
  });
}

const ofTeam = (teamId: string | null): string => (teamId ? `&ofTeam=${teamId}` : '');
const follow = ({ mayFollow }: QuickStats, evidence: Evidence): Evidence[] => (mayFollow ? [evidence] : []);

/** A person with their occupancy, by the metric's own definition. */
export function presentPerson(row: PersonRow): Schemas['QuickStatsPerson'] {
  const { occupiedSeconds, idleSeconds } = row;
  return { ...row, occupancy: figureOf('occupancy', { ...EMPTY_SUMS, occupiedSeconds, idleSeconds }) };
}
