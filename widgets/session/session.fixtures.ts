import type { components } from '../../api/http/contract.types.ts';
import { agent, leader, summary } from '../gallery/fixtures.ts';

type Schemas = components['schemas'];
export type Session = Schemas['CoachingSession'];

const NOW = Date.now();
export const minutesFromNow = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();
const day = (days: number): string => minutesFromNow(days * 1440).slice(0, 10);
export const uuid = (kind: string, n: number): string => `01890000-0000-7000-${kind}000-${String(n).padStart(12, '0')}`;

const AMARA = { id: 1, name: agent(1).fullName };
export const RUTH = { id: leader.id, name: leader.fullName };
const none: Schemas['SessionAcknowledgement'] = { status: 'none', dueAt: null, at: null, comment: null, dispute: null };

const point = (n: number, title: string, change: Partial<Schemas['AgendaPoint']> = {}): Schemas['AgendaPoint'] => ({
  id: uuid('b', n), title, detail: null, source: 'leader', refId: null, addedBy: RUTH.id, covered: false, ...change,
});

export const agenda: Schemas['AgendaPoint'][] = [
  point(1, 'Satisfaction is 3.71, target 4.40: listen to two calls together', { source: 'preparation', addedBy: null }),
  point(2, 'The promised refund', { source: 'note', refId: uuid('a', 9), detail: 'Promised a refund that is not ours to give; the customer calls back on Monday.' }),
  point(3, 'Which shifts go well for me', { source: 'agent', addedBy: AMARA.id }),
];

export function aSession(n: number, change: Partial<Session> = {}): Session {
  return {
    id: uuid('9', n), kind: 'one_to_one', agentId: AMARA.id, agentName: AMARA.name, teamLeaderId: RUTH.id, facilitator: RUTH,
    attendees: [{ ...AMARA, acknowledgement: none }], status: 'scheduled', scheduledAt: minutesFromNow(130), durationMinutes: 45, remoteUrl: 'https://meet.example/amara-ruth',
    focusMetrics: ['csat', 'aht'], agenda, goalIds: [], templateId: null, requestId: null, previousSessionId: null, followUpSessionId: null, preparationStatus: 'ready',
    discussionNotes: '', topicsCovered: [], engagementScore: null, summary: '', commitments: [], versions: {}, startedAt: null, completedAt: null, cancelReason: null,
    commentCount: 1, createdAt: minutesFromNow(-4000), updatedAt: minutesFromNow(-100), version: 3, ...change,
  };
}

const talk = 'Two calls heard together. The customer is interrupted while still describing the fault, then has to start again.\n\nAmara: the form wants an answer at once, so she asks early. We try: notes by hand first, form after the question is repeated.';

export const live = (change: Partial<Session> = {}): Session =>
  aSession(1, {
    status: 'live', scheduledAt: minutesFromNow(-14), startedAt: minutesFromNow(-12.6), discussionNotes: talk, topicsCovered: ['Listening'], engagementScore: 4,
    agenda: agenda.map((entry, index) => ({ ...entry, covered: index === 0 })), versions: { discussionNotes: 7, agenda: 4, topicsCovered: 1, engagementScore: 1 }, ...change,
  });

export const commitments: Schemas['Commitment'][] = [
  { id: uuid('c', 1), text: 'Repeat the question in own words before opening the form', personId: AMARA.id, dueOn: day(14) },
  { id: uuid('c', 2), text: 'Ask whether the form may be sent without the first field', personId: RUTH.id, dueOn: day(5) },
];

export const completed = (answer: Partial<Schemas['SessionAcknowledgement']> = {}, change: Partial<Session> = {}): Session => ({
  ...live(), status: 'completed', scheduledAt: minutesFromNow(-3000), startedAt: minutesFromNow(-2998), completedAt: minutesFromNow(-2950),
  summary: 'Interrupting comes from the form, not from impatience. Amara repeats the question before she opens it; Ruth asks for the form to be changed.',
  commitments, followUpSessionId: uuid('9', 2), agenda: agenda.map((entry) => ({ ...entry, covered: entry.id !== agenda[2]?.id })),
  attendees: [{ ...AMARA, acknowledgement: { status: 'pending', dueAt: minutesFromNow(4200), at: null, comment: null, dispute: null, ...answer } }], version: 9, ...change,
});

export const dispute: Schemas['SessionDispute'] = {
  comment: 'The refund was promised by the colleague before me; the call shows it.', raisedAt: minutesFromNow(-1500), owner: { id: 902, name: 'Victor Lindqvist' }, dueAt: minutesFromNow(2800),
  outcome: null, resolution: null, resolvedAt: null, resolvedBy: null,
};

export const comments: Schemas['SessionComment'][] = [
  { id: uuid('d', 1), sessionId: uuid('9', 1), author: AMARA, content: 'Could we do this before lunch? The afternoon is full.', createdAt: minutesFromNow(-400) },
];

export const actionItem = (n: number, change: Partial<Schemas['ActionItem']> = {}): Schemas['ActionItem'] => ({
  id: uuid('e', n), agentId: AMARA.id, agentName: AMARA.name, assignedTo: AMARA.id, assigneeName: AMARA.name, sessionId: null, title: 'Read the tariff table once a day for a week', description: null,
  dueDate: day(6), priority: 'MEDIUM', category: 'Product knowledge', status: 'open', overdue: false, targetMetric: null, targetValue: null, commentCount: 0, evidenceCount: 0,
  createdBy: RUTH, createdAt: minutesFromNow(-9000), updatedAt: minutesFromNow(-9000), completedAt: null, version: 1, ...change,
});

const side = (days: number, n: number, mean: number | null): Schemas['EffectSide'] => ({ days, n, mean, evidence: [] });

const measured = (metric: Schemas['FocusMetric'], change: Partial<Schemas['MetricEffect']>): Schemas['MetricEffect'] => ({
  metric, name: 'Customer satisfaction', unit: 'rating', direction: 'higher', target: 4.4, smallestEffect: 0.2, before: side(27, 118, 3.68), after: side(26, 104, 4.19), difference: 0.51,
  interval: { level: 0.95, lower: 0.24, upper: 0.78 }, adjustedInterval: { level: 0.975, lower: 0.2, upper: 0.82 }, adjustedP: 0.001, verdict: 'improved',
  reason: { code: 'excludes_none', sentence: 'Customer satisfaction rose by 0.51, more than chance explains: between +0.20 and +0.82.', params: {} }, ...change,
});

/** A session that was held so many days ago. */
export const heldAgo = (days: number): Session => {
  const began = -days * 1440;
  return completed({ status: 'acknowledged', at: minutesFromNow(began + 600), dueAt: null }, { scheduledAt: minutesFromNow(began), startedAt: minutesFromNow(began + 2), completedAt: minutesFromNow(began + 44) });
};

export const EFFECT_AGO = 40;
export const EARLY_AGO = 5;

/** @param ago days since the session: its windows lie on either side of that day */
export const effect = (ago = EFFECT_AGO, metrics: Schemas['MetricEffect'][] = [
  measured('csat', {}),
  measured('aht', {
    name: 'Handle time', unit: 'seconds', direction: 'lower', target: 420, smallestEffect: 20, before: side(28, 402, 512), after: side(26, 388, 498), difference: -14,
    interval: { level: 0.95, lower: -41, upper: 13 }, adjustedInterval: { level: 0.95, lower: -41, upper: 13 }, adjustedP: 0.3, verdict: 'no_clear_change',
    reason: { code: 'includes_none', sentence: 'Handle time fell by 0:14, which may be chance: between −0:41 and +0:13.', params: {} },
  }),
]): Schemas['SessionEffect'] => ({
  sessionId: uuid('9', 1), agentId: AMARA.id, agentName: AMARA.name, held: true, day: day(-ago), previousSessionOn: day(-ago - 50), nextSessionOn: null,
  before: { from: day(-ago - 40), to: day(-ago - 1), days: 28, cutBy: null }, after: { from: day(-ago + 1), to: day(-1), days: Math.min(26, ago - 1), cutBy: 'today' }, metrics,
  caveats: [
    { code: 'regression_to_the_mean', text: 'People are often coached when their figures are unusually poor, and unusual figures tend to come back to the usual by themselves. Part of an improvement, or all of it, may be that return and not the session.' },
    { code: 'other_causes', text: 'Whatever else changed at the same time, in the team, the queue or the season, is part of the difference too.' },
  ], version: 1,
});

export const tooEarly = (): Schemas['SessionEffect'] => effect(EARLY_AGO, [
  measured('csat', { after: side(4, 17, 4.4), difference: null, interval: null, adjustedInterval: null, adjustedP: null, verdict: 'too_early', reason: { code: 'too_few_days', sentence: '4 days with a value after the session, 10 are needed.', params: { side: 'after', have: 4, need: 10 } } }),
]);

export const joined = (session: Session, present: readonly { id: number; name: string }[] = [RUTH, AMARA]): Schemas['JoinedSession'] => ({
  session, present: present.map((person) => ({ ...person, since: minutesFromNow(-12) })), now: minutesFromNow(0),
});

const recognised = (sentence: string): Schemas['PreparedRecognition'] => ({ code: 'praised', sentence, evidence: [] });
const draft = (id: string, code: Schemas['DraftAgendaPoint']['code'], title: string, detail: string | null = null): Schemas['DraftAgendaPoint'] => ({ id, code, title, detail, params: {}, refs: [], evidence: [] });

export const preparation = (notes: Schemas['QuickNote'][], change: Partial<Schemas['SessionPreparation']> = {}): Schemas['SessionPreparation'] => ({
  sessionId: uuid('9', 1), agentId: AMARA.id, agentName: AMARA.name, status: 'ready', computedAt: minutesFromNow(-22), notes,
  content: {
    asOf: day(-1), metrics: summary(AMARA.id).period.figures,
    actions: [actionItem(1), actionItem(3, { title: 'Ask for the tariff training', overdue: true, dueDate: day(-2) })].map(({ id, title, dueDate, priority, status, overdue, assigneeName }) => ({ id, title, dueDate, priority, status, overdue, assigneeName, targetMetric: null, targetValue: null })),
    lastSession: { id: uuid('9', 8), heldAt: minutesFromNow(-52_000), facilitator: RUTH, summary: '', commitments: [{ id: uuid('c', 8), text: 'Offer the call-back before it is asked for', personId: AMARA.id, dueOn: day(-8) }], actions: [], left: [{ id: uuid('b', 7), title: 'How the new form is filled in', detail: null, source: 'agent', refId: null }], effect: [] },
    flagged: [{ id: uuid('f', 1), channel: 'voice', startedAt: minutesFromNow(-3100), topic: 'contract', queue: 'billing', rating: 1, sentiment: -0.6, handleSeconds: 1140, reasons: [{ code: 'poor_rating', sentence: 'Rated 1 of 5.', value: 1, threshold: 2 }, { code: 'long_handle', sentence: 'Took 19:00, three times the target.', value: 1140, threshold: 840 }] }],
    trends: [{ metric: 'csat', name: 'Customer satisfaction', going: 'worse', change: -0.52, days: 22, p: 0.01, sentence: 'Satisfaction fell by 0.52 within four weeks.' }],
    queue: null, recognitions: [recognised('Praised twice for calm openings.')],
    agenda: [{ ...draft(`point:${uuid('b', 7)}`, 'left_open', 'How the new form is filled in'), params: { point: uuid('b', 7) } }, draft('focus:csat', 'focus_metric', 'Satisfaction fell by 0.52 within four weeks: where do calls turn?'), draft('actions:overdue', 'overdue_actions', 'The tariff training is two days late', 'What stands in the way, and who can help?')],
  }, ...change,
});
