import type { components } from '../../api/http/contract.types.ts';
import { daysAgo, minutesAgo, OTHER_TEAM, TEAM, today } from '../gallery/fixtures.ts';

type Schemas = components['schemas'];

const fairnessShare = (kind: Schemas['FairnessKind'], count: number, of: number): Schemas['FairnessShare'] => ({ count, of, share: of === 0 ? null : count / of, enough: of >= 5, evidence: fairnessRowsOf(kind, count) });
const fairnessCount = (kind: Schemas['FairnessKind'], count: number): Schemas['FairnessCount'] => ({ count, evidence: fairnessRowsOf(kind, count) });
const fairnessRowsOf = (kind: Schemas['FairnessKind'], count: number): Schemas['Evidence'][] =>
  count === 0 ? [] : [{ kind: kind === 'held' || kind === 'disputed' ? 'coachingSessions' : kind === 'praise' ? 'quickNotes' : 'people', href: `/api/fairness/rows?kind=${kind}`, count }];

const fairnessFigures = (people: number, inCadence: number, held: number): Schemas['FairnessFigures'] => ({
  people: fairnessCount('people', people), inCadence: fairnessShare('inCadence', inCadence, people), coached: fairnessShare('coached', Math.min(people, inCadence + 1), people),
  gapDays: { median: held > 2 ? 24.5 : null, n: Math.max(0, held - 2) }, held: fairnessCount('held', held), cancelled: fairnessCount('cancelled', 2), noShow: fairnessCount('noShow', 1),
  praise: fairnessCount('praise', 9), correction: fairnessCount('correction', 14), praiseShare: fairnessShare('praise', 9, 23), acknowledged: fairnessShare('acknowledged', Math.max(0, held - 3), held),
  pending: fairnessCount('pending', 1), overdue: fairnessCount('overdue', 1), disputed: fairnessShare('disputed', held > 2 ? 1 : 0, held), upheld: held > 2 ? 1 : 0,
});

export const fairness: Schemas['Fairness'] = {
  from: daysAgo(89), to: today, timezone: 'UTC', minimumN: 5,
  total: fairnessFigures(16, 12, 31),
  teams: [
    { team: { id: TEAM, name: 'Billing' }, cadenceDays: 28, leaders: [{ id: 900, name: 'Ruth Adeyemi' }], figures: fairnessFigures(12, 10, 29), spread: { people: 12, least: 1, median: 2, most: 4, gini: 0.21 } },
    { team: { id: OTHER_TEAM, name: 'Technical support' }, cadenceDays: 14, leaders: [], figures: fairnessFigures(4, 2, 2), spread: { people: 4, least: 0, median: 0.5, most: 1, gini: 0.5 } },
  ],
  leaders: [{ leader: { id: 900, name: 'Ruth Adeyemi' }, teams: [{ id: TEAM, name: 'Billing' }], figures: fairnessFigures(12, 10, 29) }],
  waiting: [
    { agent: { id: 22, name: 'Benjamin Frost 22' }, team: { id: OTHER_TEAM, name: 'Technical support' }, lastSessionOn: null, joinedOn: '2024-02-01', days: 140, cadenceDays: 14, nextSessionAt: null, absentUntil: daysAgo(-9) },
    { agent: { id: 3, name: 'Chiara Lombardi' }, team: { id: TEAM, name: 'Billing' }, lastSessionOn: daysAgo(41), joinedOn: '2024-02-01', days: 41, cadenceDays: 28, nextSessionAt: minutesAgo(-4000), absentUntil: null },
    { agent: { id: 7, name: 'Greta Lindqvist' }, team: { id: TEAM, name: 'Billing' }, lastSessionOn: daysAgo(30), joinedOn: '2024-02-01', days: 30, cadenceDays: 28, nextSessionAt: null, absentUntil: null },
  ],
  meta: { total: 4, page: 1, limit: 10, totalPages: 1 },
  definitions: [{ id: 'inCadence', formula: 'People for whom no more days than their team’s cadence have passed since their last completed session.' }, { id: 'held', formula: 'Sessions completed in the period; one with several people counts once.' }],
};

export const fairnessNobody: Schemas['Fairness'] = { ...fairness, total: fairnessFigures(0, 0, 0), teams: [], leaders: [], waiting: [], meta: { ...fairness.meta, total: 0 } };

export const fairnessRows: Schemas['FairnessRowPage'] = {
  data: [
    { kind: 'person', id: '3', at: daysAgo(41), title: 'Chiara Lombardi', agent: { id: 3, name: 'Chiara Lombardi' }, status: null },
    { kind: 'person', id: '22', at: null, title: 'Benjamin Frost 22', agent: { id: 22, name: 'Benjamin Frost 22' }, status: null },
    { kind: 'coachingSession', id: '01890000-0000-7000-9000-0000000000c1', at: minutesAgo(20_000), title: 'Amara Okafor, Greta Lindqvist', agent: null, status: 'completed' },
    { kind: 'quickNote', id: '01890000-0000-7000-9000-0000000000c2', at: minutesAgo(9000), title: 'Turned an angry caller round.', agent: { id: 1, name: 'Amara Okafor' }, status: 'POSITIVE' },
  ],
  meta: { total: 4, page: 1, limit: 500, totalPages: 1 },
};
