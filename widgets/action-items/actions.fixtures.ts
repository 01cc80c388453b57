import type { components } from '../../api/http/contract.types.ts';
import { agent, daysAgo, minutesAgo, today } from '../gallery/fixtures.ts';

type Schemas = components['schemas'];

const inDays = (days: number): string => daysAgo(-days);
const ITEM = '01890000-0000-7000-b000-';

export function actionItem(id: number, change: Partial<Schemas['ActionItem']> = {}): Schemas['ActionItem'] {
  const agentId = change.agentId ?? 1;
  const name = agent(agentId).fullName;
  return {
    id: `${ITEM}${String(id).padStart(12, '0')}`, agentId, agentName: name, assignedTo: agentId, assigneeName: name, sessionId: null, title: 'Say what you are looking up', description: null,
    dueDate: inDays(3), priority: 'MEDIUM', category: 'Hold time', status: 'open', overdue: (change.dueDate ?? inDays(3)) < today && !['done', 'cancelled'].includes(change.status ?? 'open'), targetMetric: null, targetValue: null,
    commentCount: 0, evidenceCount: 0, createdBy: { id: 900, name: 'Ruth Adeyemi' }, createdAt: minutesAgo(14_000), updatedAt: minutesAgo(9_000), completedAt: null, version: 1, ...change,
  };
}

export const actionItems: Schemas['ActionItem'][] = [
  actionItem(1, { title: 'Let the customer finish, then repeat the request in one sentence', description: 'On every call for two weeks. Note one call a day that went well.', dueDate: inDays(-2), priority: 'HIGH', category: 'Listening', status: 'in_progress', targetMetric: 'csat', targetValue: 4.4, commentCount: 2, evidenceCount: 2, sessionId: `${ITEM}00000000abcd` }),
  actionItem(2, { title: 'Use the three chat templates for a week', dueDate: inDays(0), category: 'Speed of answer' }),
  actionItem(3, { agentId: 5, title: 'Start with the summary of the bill, details only when asked', dueDate: inDays(4), targetMetric: 'aht', targetValue: 300, commentCount: 1 }),
  actionItem(4, { agentId: 2, title: 'Ask for a change of shifts', dueDate: inDays(5), assignedTo: 900, assigneeName: 'Ruth Adeyemi', category: null }),
  actionItem(5, { title: 'Run a short training on credits after an outage', dueDate: inDays(16), priority: 'LOW', category: 'Sharing knowledge' }),
  actionItem(6, { agentId: 3, title: 'Replace the old price list in the bookmarks', dueDate: inDays(-9), status: 'done', completedAt: minutesAgo(15_000), category: 'Contracts' }),
  actionItem(7, { agentId: 4, title: 'Learn the old contracts by heart', dueDate: inDays(-12), status: 'cancelled', category: 'Contracts' }),
];

/** The progress of an item that has a target metric. */
export function actionProgress({ id, agentId, targetMetric, targetValue }: Schemas['ActionItem']): Schemas['ActionItemProgress'] | undefined {
  if (targetMetric === null) return undefined;
  const csat = targetMetric === 'csat';
  const figures = (from: string, to: string, value: number, n: number): Schemas['ProgressFigure'] => ({ from, to, value, n, href: `/api/interactions?agentId=${agentId}&from=${from}&to=${to}&metric=${targetMetric}` });
  return {
    actionItemId: id, metric: targetMetric, name: csat ? 'CSAT' : 'Handle time', unit: csat ? 'rating' : 'seconds', direction: csat ? 'higher' : 'lower', minimumN: 20,
    baseline: figures(daysAgo(38), daysAgo(11), csat ? 4 : 412, csat ? 61 : 190), current: figures(daysAgo(10), today, csat ? 4.26 : 388, csat ? 34 : 12),
    target: targetValue, targetFrom: 'item', enough: csat, met: csat ? false : null, share: csat ? 0.65 : null,
  };
}

export const actionComments: Schemas['ActionItemCommentPage'] = {
  data: [
    { id: `${ITEM}0000000c0001`, actionItemId: `${ITEM}000000000001`, text: 'Tried it on ten calls. It is hard when the line is bad.', author: { id: 1, name: 'Amara Okafor' }, createdAt: minutesAgo(2_900) },
    { id: `${ITEM}0000000c0002`, actionItemId: `${ITEM}000000000001`, text: 'Then say that you could not hear, and ask once more.', author: { id: 900, name: 'Ruth Adeyemi' }, createdAt: minutesAgo(2_700) },
  ],
  meta: { total: 2, page: 1, limit: 100, totalPages: 1 },
};

export const actionEvidence: Schemas['ActionItemEvidencePage'] = {
  data: [
    { id: `${ITEM}0000000e0001`, actionItemId: `${ITEM}000000000001`, kind: 'interaction', interactionId: '01890000-0000-7000-9000-000000000001', metric: null, from: null, to: null, value: null, n: null, url: null, text: 'Repeated the request twice, and the customer agreed.', href: '/api/interactions/01890000-0000-7000-9000-000000000001', addedBy: { id: 1, name: 'Amara Okafor' }, createdAt: minutesAgo(1_500) },
    { id: `${ITEM}0000000e0002`, actionItemId: `${ITEM}000000000001`, kind: 'metric', interactionId: null, metric: 'csat', from: daysAgo(6), to: today, value: 4.31, n: 22, url: null, text: null, href: `/api/interactions?agentId=1&from=${daysAgo(6)}&to=${today}&metric=csat`, addedBy: { id: 1, name: 'Amara Okafor' }, createdAt: minutesAgo(300) },
  ],
  meta: { total: 2, page: 1, limit: 100, totalPages: 1 },
};

export const actionPage = (data: readonly Schemas['ActionItem'][], limit = 50): Schemas['ActionItemPage'] => ({
  data: data.slice(0, limit), meta: { total: data.length, page: 1, limit, totalPages: Math.ceil(data.length / limit) }, progress: data.flatMap((item) => actionProgress(item) ?? []),
});
