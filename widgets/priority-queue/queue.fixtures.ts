import type { components } from '../../api/http/contract.types.ts';
import { type Agent, agent, daysAgo, evidence, floor, minutesAgo, TEAM, today } from '../gallery/fixtures.ts';

type Schemas = components['schemas'];
type Reason = Schemas['QueueReason'];

function reason(code: Reason['code'], points: number, sentence: string, change: Partial<Reason> = {}): Reason {
  return { code, sentence, points, weight: 20, signal: points / 20, hasData: true, value: null, unit: 'count', n: null, comparison: null, evidence: [], params: {}, ...change };
}

function reasons(id: number, scale: number): Reason[] {
  const p = (points: number): number => Math.round(points * scale * 10) / 10;
  return [
    reason('gap.csat', p(16.4), `Satisfaction is 3.71 over 28 days, target 4.40, from 124 ratings.`, { value: 3.71, unit: 'rating', n: 124, comparison: { kind: 'target', value: 4.4, deviations: 1.6 }, evidence: evidence(id, 'csat', 124) }),
    reason('trend', p(11.2), 'Satisfaction fell by 0.52 within four weeks.', { value: -0.52, unit: 'rating', n: 22, weight: 13, comparison: { kind: 'change', value: -0.52, deviations: 1.1 }, evidence: [{ kind: 'dailyRows', href: `/api/agents/${id}/performance?from=${daysAgo(27)}&to=${today}`, count: 28 }] }),
    reason('notes', p(8.1), 'Three notes are not addressed, one of them urgent.', { value: 3, weight: 12, evidence: [{ kind: 'quickNotes', href: `/api/priority-queue/${id}/evidence?kind=quickNotes`, count: 3 }] }),
    reason('gap.aht', p(4.3), 'Handle time is 8:32, target 7:00, from 402 interactions.', { value: 512, unit: 'seconds', n: 402, weight: 5, comparison: { kind: 'target', value: 420, deviations: 0.9 }, evidence: evidence(id, 'aht', 402) }),
    reason('cadence', p(5.9), 'No session for 45 days; planned every 28 days.', { value: 45, unit: 'days', weight: 10, comparison: { kind: 'cadence', value: 28, deviations: null } }),
    reason('overdueActions', 0, 'No action item is overdue.', { value: 0, weight: 7 }),
    reason('sentiment', 0, 'No sentiment was measured.', { hasData: false, weight: 6 }),
    reason('gap.fcr', 0, 'First contact resolution is on target.', { value: 0.78, unit: 'ratio', n: 320, weight: 8 }),
  ];
}

const queueAgent = (person: Agent): Schemas['QueueAgent'] => ({
  id: person.id, name: person.fullName, avatar: null, teamId: person.teamId, teamName: person.teamName, onlineStatus: person.onlineStatus, performanceLevel: person.performanceLevel,
});

export const queue = (asOf = today): Schemas['PriorityQueue'] => ({
  data: floor.slice(0, 9).map((person, index) => {
    const list = reasons(person.id, 1.25 - index * 0.13);
    return { rank: index + 1, agent: queueAgent(person), score: Math.round(list.reduce((sum, { points }) => sum + points, 0) * 10) / 10, reasons: list, lastSessionAt: index % 3 === 0 ? null : minutesAgo(60 * 24 * 45), nextSessionAt: null };
  }),
  notEligible: [
    { agent: queueAgent(agent(11)), reason: { code: 'absent', sentence: 'On leave until 27 November 2026.', until: '2026-11-27', params: { kind: 'leave', endsOn: '2026-11-27' } }, lastSessionAt: null, nextSessionAt: null },
    { agent: queueAgent(agent(12)), reason: { code: 'snoozed', sentence: 'Snoozed until 30 November 2026: new to the product, coached by a buddy.', until: '2026-11-30T00:00:00.000Z', params: { until: '2026-11-30T00:00:00.000Z', on: '2026-11-30', reason: 'new to the product, coached by a buddy.' } }, lastSessionAt: null, nextSessionAt: null },
  ],
  processFindings: [
    { code: 'process.gap', metric: 'fcr', teamId: TEAM, teamName: 'Billing', sentence: 'First contact resolution: 9 of 12 people in Billing miss the target of 75 %; the median is 61 %.', value: 0.61, unit: 'ratio', target: 0.75, missing: 9, measured: 12, evidence: [], params: {} },
  ],
  recognitions: [
    { agent: queueAgent(agent(5)), code: 'improving', sentence: 'Satisfaction rose from 3.90 to 4.46 within four weeks.', value: 0.56, unit: 'rating', n: 96, comparison: null, evidence: [], params: {} },
    { agent: queueAgent(agent(9)), code: 'above_target', sentence: 'Answered 96 % within target, target 90 %.', value: 96, unit: 'percent', n: 380, comparison: null, evidence: [], params: {} },
  ],
  meta: { total: 9, page: 1, limit: 50, totalPages: 1, asOf: `${asOf}T23:59:59Z`, from: daysAgo(27), to: asOf, version: 1, teams: [{ id: TEAM, name: 'Billing', settingsVersion: 1, people: 12 }] },
});

export const queueEvidence: Schemas['QueueEvidence'] = {
  data: [
    { kind: 'quickNote', id: '01890000-0000-7000-9000-0000000000a1', at: minutesAgo(9_000), title: 'Interrupted the customer twice before the cause was clear.', status: 'COACHING', priority: 'MEDIUM' },
    { kind: 'quickNote', id: '01890000-0000-7000-9000-0000000000a2', at: minutesAgo(3_000), title: 'Promised a refund that is not ours to give.', status: 'URGENT', priority: 'HIGH' },
  ],
  meta: { total: 2, asOf: minutesAgo(0) },
};
