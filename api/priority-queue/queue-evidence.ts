import { addDays } from '../performance/business-day.ts';
import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import { QUEUE_CONSTANTS } from './queue-constants.ts';
import type { Moment, PersonFacts } from './queue-facts.ts';
import type { Recognition } from './recognitions.ts';
import type { Signal } from './signals.ts';

/** Where the rows behind a number are: fetching `href` returns exactly `count` of them. */
export interface Evidence {
  readonly kind: 'interactions' | 'dailyRows' | 'quickNotes' | 'actionItems' | 'coachingSessions';
  readonly href: string;
  readonly count: number;
}

/** Lists of the queue's own evidence operation. */
export type EvidenceList = 'notes' | 'praise' | 'overdueActions' | 'actionsDone' | 'lastSession';

const KINDS: Readonly<Record<EvidenceList, Evidence['kind']>> = {
  notes: 'quickNotes',
  praise: 'quickNotes',
  overdueActions: 'actionItems',
  actionsDone: 'actionItems',
  lastSession: 'coachingSessions',
};

/** The rows behind a metric of a person over the window: interactions, and daily rows where days were imported. */
function metricEvidence(id: MetricId, facts: PersonFacts, moment: Moment): Evidence[] {
  return [...interactions(id, `agentId=${facts.person.id}`, [facts], moment), ...importedRows(facts, moment)];
}

/** The same for a metric of everybody of a team; for the people without a team, person by person. */
export function teamEvidence(id: MetricId, teamId: string | null, people: readonly PersonFacts[], moment: Moment): Evidence[] {
  if (teamId === null) return people.flatMap((facts) => metricEvidence(id, facts, moment));
  return [...interactions(id, `membersOf=${teamId}`, people, moment), ...people.flatMap((facts) => importedRows(facts, moment))];
}

function interactions(id: MetricId, whose: string, people: readonly PersonFacts[], { from, to }: Moment): Evidence[] {
  const count = people.reduce((total, facts) => total + facts.days.total(METRICS[id].n, 'computed'), 0);
  return count === 0 ? [] : [{ kind: 'interactions', href: `/api/interactions?${whose}&from=${from}&to=${to}&metric=${id}`, count }];
}

function importedRows({ person, days }: PersonFacts, { from, to }: Moment): Evidence[] {
  if (days.importedDays() === 0) return [];
  return [{ kind: 'dailyRows', href: `/api/agents/${person.id}/performance?from=${from}&to=${to}`, count: QUEUE_CONSTANTS.windowDays }];
}

/** The rows behind a reason. */
export function reasonEvidence({ code, params }: Signal, facts: PersonFacts, moment: Moment): Evidence[] {
  switch (code) {
    case 'notes':
      return listEvidence('notes', facts, moment, facts.notes.length);
    case 'overdueActions':
      return listEvidence('overdueActions', facts, moment, facts.overdueActions);
    case 'cadence':
      return listEvidence('lastSession', facts, moment, facts.lastSessionAt === null ? 0 : 1);
    default:
      return params['metric'] ? metricEvidence(params['metric'] as MetricId, facts, moment) : [];
  }
}

export function recognitionEvidence({ code, facts, metric }: Recognition, moment: Moment): Evidence[] {
  if (metric) return metricEvidence(metric, facts, moment);
  return code === 'praised'
    ? listEvidence('praise', facts, moment, facts.praise)
    : listEvidence('actionsDone', facts, moment, facts.actionsDone);
}

function listEvidence(list: EvidenceList, facts: PersonFacts, { asOf }: Moment, count: number): Evidence[] {
  if (count === 0) return [];
  const href = `/api/priority-queue/${facts.person.id}/evidence?kind=${list}&asOf=${encodeURIComponent(asOf)}`;
  return [{ kind: KINDS[list], href, count }];
}

/** First business day of the window that ends with the given one. */
export const windowStart = (lastDay: string): string => addDays(lastDay, 1 - QUEUE_CONSTANTS.windowDays);
