import type { components } from '../../api/http/contract.types.ts';

type Schemas = components['schemas'];
export type Agent = Schemas['Agent'];
type Reason = Schemas['QueueReason'];

export const TEAM = '01890000-0000-7000-8000-000000000001';
const OTHER_TEAM = '01890000-0000-7000-8000-000000000002';
const NOW = Date.now();
const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();
export const today = new Date(NOW).toISOString().slice(0, 10);
const daysAgo = (days: number): string => new Date(NOW - days * 86_400_000).toISOString().slice(0, 10);

const NAMES = ['Amara Okafor', 'Benjamin Frost', 'Chiara Lombardi', 'Daniel Petrov', 'Elif Yıldız', 'Farid Haddad', 'Greta Lindqvist', 'Hugo Marchetti', 'Imogen Clarke', 'Jonas Weber', 'Keiko Tanaka', 'Liam O’Connell'];
const STATUSES = ['online', 'busy', 'away', 'offline'] as const;

export function agent(id: number, change: Partial<Agent> = {}): Agent {
  const name = NAMES[(id - 1) % NAMES.length] ?? '';
  return {
    id, username: `agent${id}`, email: `agent${id}@example.test`, role: 'cs', isActive: true, lastLoginAt: null,
    createdAt: minutesAgo(90_000), updatedAt: minutesAgo(10), fullName: id > NAMES.length ? `${name} ${id}` : name, avatar: null, phone: null,
    department: 'Support', teamId: TEAM, teamName: 'Billing', joinedOn: '2024-02-01', onlineStatus: STATUSES[id % 4] ?? 'online',
    statusReason: null, statusSince: minutesAgo(((id * 17) % 90) + 0.4), lastSeen: minutesAgo(1), currentTickets: 2, totalTicketsHandled: 900,
    avgResponseTime: 1.2, customerSatisfaction: 4.1, ticketsResolvedToday: 9, messagesHandledToday: 11, onlineHoursToday: 4.2,
    performanceLevel: 'medium', version: 1, ...change,
  };
}

export const leader = agent(900, { fullName: 'Ruth Adeyemi', username: 'leader', role: 'team_leader' });
export const floor: Agent[] = [
  ...Array.from({ length: 12 }, (_, index) => agent(index + 1)),
  ...Array.from({ length: 6 }, (_, index) => agent(index + 21, { teamId: OTHER_TEAM, teamName: 'Technical support' })),
];

const board = (people: readonly Agent[]): Schemas['BoardPerson'][] =>
  people.map(({ id, fullName, avatar, teamId, teamName, department, onlineStatus, statusReason, statusSince }) => ({
    id, fullName, avatar, teamId, teamName, department, onlineStatus, statusReason, statusSince,
    figures: { handledToday: 18 + ((id * 7) % 14), ahtToday: 260 + ((id * 37) % 240), handleTimeN: 18, csat: 3.2 + ((id * 3) % 17) / 10, ratings: 24, csatDays: [4.1, 3.9, null, 4.4, 4.2, 4.6, 3.2 + ((id * 3) % 17) / 10] },
  }));

export const statusBoard = (people: readonly Agent[]): Schemas['StatusBoard'] => ({
  asOf: minutesAgo(0), from: daysAgo(6), to: today, people: board(people),
  teams: [[TEAM, 'Billing'], [OTHER_TEAM, 'Technical support']].filter(([id]) => people.some(({ teamId }) => teamId === id)).map(([id = '', name = '']) => ({
    id, name, department: 'Support', thresholds: { awayMinutes: 15, busyMinutes: 30 }, reasonThresholds: [{ label: 'Lunch', status: 'away' as const, minutes: 60 }],
  })),
});

const offered = (status: Agent['onlineStatus'], ...labels: string[]): Schemas['StatusReasonList']['reasons'] =>
  labels.map((label) => ({ code: label.toLowerCase().replaceAll(' ', '_'), label, status, thresholdMinutes: label === 'Lunch' ? 60 : null }));

export const statusReasons: Schemas['StatusReasonList'] = {
  reasons: [...offered('away', 'Break', 'Lunch'), ...offered('busy', 'On a call', 'Meeting', 'Training')],
  thresholds: { awayMinutes: 15, busyMinutes: 30 },
};

export const me = (person: Agent): Schemas['Me'] => ({
  agent: person,
  ledTeams: person.role === 'team_leader' ? [{ id: TEAM, name: 'Billing' }, { id: OTHER_TEAM, name: 'Technical support' }] : [],
  installation: { demo: true, simulated: true, businessTimezone: 'UTC' },
});

export const days = (agentId: number, count: number): Schemas['AgentPerformanceMetrics'][] =>
  Array.from({ length: count }, (_, index) => {
    const off = (agentId + index) % 7 === 0;
    const handled = off ? 0 : 18 + ((agentId * 7 + index * 5) % 14);
    return {
      id: index, agentId, date: daysAgo(count - 1 - index), messagesHandled: handled, avgResponseTime: off ? null : 0.8,
      customerSatisfaction: off ? null : 3.2 + ((agentId * 3 + index * 7) % 17) / 10, ticketsResolved: Math.round(handled * 0.8), onlineHours: 7.2,
      slaCompliance: off ? null : 78 + ((agentId + index) % 18), createdAt: minutesAgo(60), aht: off ? null : 260 + ((agentId * 37 + index * 11) % 240), fcr: 0.7,
      resolutionRate: 0.8, sentiment: 0.1, awayHours: 0.4, origin: 'computed', provenance: null, serviceLevelSeconds: 20,
      n: { interactions: handled, offered: handled, answered: handled, slaEligible: handled, withinTarget: handled, wait: handled, handleTime: handled, resolution: handled, firstContact: handled, ratings: off ? 0 : 6, sentiment: 4 },
    };
  });

const evidence = (agentId: number, metric: string, count: number): Schemas['Evidence'][] => [
  { kind: 'interactions', href: `/api/interactions?agentId=${agentId}&metric=${metric}`, count },
];

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

function figure(agentId: number, metric: Schemas['MetricFigure']['metric'], name: string, unit: Schemas['MetricFigure']['unit'], value: number | null, n: number, target: number | null, meets: boolean | null): Schemas['MetricFigure'] {
  return { metric, name, unit, direction: 'higher', value, n, minimumN: 20, enough: n >= 20, target, meetsTarget: meets, previous: { from: daysAgo(55), to: daysAgo(28), value, n }, evidence: evidence(agentId, metric, n) };
}

export const summary = (agentId: number): Schemas['AgentSummary'] => {
  const figures = [
    figure(agentId, 'csat', 'Customer satisfaction', 'rating', 3.71, 124, 4.4, false),
    figure(agentId, 'slaCompliance', 'Answered in time', 'percent', 92.4, 402, 90, true),
    figure(agentId, 'avgResponseTime', 'Response time', 'minutes', 0.8, 402, 1, true),
    figure(agentId, 'aht', 'Handle time', 'seconds', 512, 402, 420, false),
    figure(agentId, 'fcr', 'First contact resolution', 'ratio', 0.61, 12, 0.75, null),
    figure(agentId, 'handled', 'Handled', 'count', 402, 402, null, null),
    figure(agentId, 'sentiment', 'Customer sentiment', 'sentiment', null, 0, 0, null),
  ];
  return {
    agentId, asOf: today, settingsVersion: 1,
    performanceLevel: { level: 'medium', attainment: 0.91, sentence: 'On average 91 % of the targets.', n: { handled: 402, ratings: 124 }, components: [{ metric: 'csat', weight: 0.4, value: 3.71, target: 4.4, attainment: 0.84 }] },
    nextSession: { id: '01890000-0000-7000-b000-000000000001', scheduledAt: minutesAgo(-60 * 26), durationMinutes: 30, leaderName: 'Ruth Adeyemi' },
    today: { from: today, to: today, figures: figures.map((item) => ({ ...item, n: Math.min(item.n, 9), enough: false })) },
    period: { from: daysAgo(27), to: today, figures },
  };
};

function quickFigure(metric: Schemas['QuickFigure']['metric'], unit: Schemas['QuickFigure']['unit'], value: number | null, n: number, target: number | null, meets: boolean | null, usual: number | null): Schemas['QuickFigure'] {
  const days = [28, 21, 14, 7].map((back, index) => ({ date: daysAgo(back), value: index === 1 || usual === null ? null : usual, n: index === 1 ? 0 : n }));
  return {
    metric, name: metric, unit, direction: 'higher', value, n, minimumN: unit === 'count' ? 0 : 20, enough: unit === 'count' || n >= 20, target, meetsTarget: meets,
    usual: { value: usual, n: usual === null ? 0 : unit === 'count' ? 3 : n * 3, until: metric === 'occupancy' ? null : '15:04', days },
    evidence: n === 0 ? [] : metric === 'occupancy' ? [{ kind: 'people', href: `/api/quick-stats/people?metric=occupancy`, count: n }] : [{ kind: 'interactions', href: `/api/interactions?metric=${metric}`, count: n }],
  };
}

export const quickStats = (person: Agent): Schemas['QuickStats'] => ({
  asOf: today, at: minutesAgo(0), timezone: 'UTC', until: '15:04', scope: person.role === 'cs' ? 'self' : 'teams', teamId: null,
  teams: person.role === 'cs' ? [] : [{ id: TEAM, name: 'Billing' }, { id: OTHER_TEAM, name: 'Technical support' }], serviceLevelSeconds: 20, comparedDays: [28, 21, 14, 7].map(daysAgo),
  figures: [
    quickFigure('offered', 'count', 264, 264, null, null, 241),
    quickFigure('handled', 'count', 247, 247, null, null, 228.3),
    quickFigure('serviceLevel', 'ratio', 0.84, 201, 0.9, false, 0.88),
    quickFigure('slaCompliance', 'percent', 86.2, 264, 90, false, 89),
    quickFigure('asa', 'seconds', 14, 190, null, null, 12),
    quickFigure('aht', 'seconds', 402, 247, 420, true, 415),
    quickFigure('abandonment', 'ratio', 0.064, 264, null, null, 0.05),
    quickFigure('csat', 'rating', 4.21, 12, 4.4, false, 4.32),
    quickFigure('csatResponseRate', 'ratio', 0.34, 247, null, null, 0.36),
    quickFigure('occupancy', 'ratio', null, 0, null, null, 0.78),
  ],
  open: { count: 31, unassigned: 4, evidence: [{ kind: 'interactions', href: '/api/interactions?outcome=open', count: 31 }] },
  people: person.role === 'cs' ? null : STATUSES.map((status, index) => ({ status, count: [9, 5, 2, 2][index] ?? 0, evidence: [{ kind: 'people', href: `/api/quick-stats/people?onlineStatus=${status}`, count: [9, 5, 2, 2][index] ?? 0 }] })),
});

export const quickStatsPeople: Schemas['QuickStatsPeople'] = {
  data: floor.slice(0, 9).map((person) => ({
    agentId: person.id, agentName: person.fullName, teamName: person.teamName, onlineStatus: 'online', statusReason: null, statusSince: minutesAgo(12), handled: 11, onlineHours: 4.2, awayHours: 0.3,
    occupiedSeconds: 9000, idleSeconds: 3000, occupancy: 0.75,
  })),
  meta: { total: 9, page: 1, limit: 10, totalPages: 1 },
};

export const definitions: Schemas['MetricDefinitions'] = {
  metrics: [{ id: 'csat', version: 1, name: 'Customer satisfaction', formula: 'Mean of the ratings customers gave, 1 to 5.', unit: 'rating', direction: 'higher', exclusions: ['interactions without a rating'], counts: 'ratings', minimumN: 20, source: 'interactions' }],
  priorityQueue: { version: 1, signals: [], constants: {} },
  performanceLevel: { version: 1, formula: '', constants: {} },
  effect: { version: 1, formula: '', constants: {}, smallestEffects: {} },
  preparation: { version: 1, constants: {}, rules: [] },
  defaults: {} as Schemas['TeamSettings'],
  businessTimezone: 'UTC',
};

/** One row of an import of one's own, one of somebody else's. */
const cameFrom: Readonly<Record<number, Schemas['ImportedFrom']>> = {
  2: { importId: '01890000-0000-7000-b000-000000000001', fileName: 'calls-november.xlsx', sheet: 'Calls', row: 6, mayOpen: true },
  3: { importId: '01890000-0000-7000-b000-000000000009', fileName: 'calls of the whole department.csv', sheet: null, row: 7, mayOpen: false },
};

export const interactions = (agentId: number, offset: number): Schemas['InteractionPage'] => ({
  data: Array.from({ length: 20 }, (_, index) => ({
    id: `01890000-0000-7000-9000-${String(offset + index).padStart(12, '0')}`, source: 'demo', externalId: String(index), channel: index % 3 ? 'voice' : 'chat', direction: 'inbound',
    agentId, agentName: 'x', teamId: TEAM, queue: 'billing', topic: index % 2 ? 'invoice' : 'contract', customerRef: null, startedAt: minutesAgo(300 * (offset + index + 1)), businessDate: daysAgo(index), precision: 'second',
    waitSeconds: 12 + index, talkSeconds: 240 + index * 7, holdSeconds: 20, acwSeconds: 30, outcome: index % 9 ? 'answered' : 'abandoned', resolved: true, firstContact: true, rating: index % 4 ? (index % 5) + 1 : null,
    ratingOriginal: null, ratingScale: null, sentiment: null, campaignId: null, provenance: cameFrom[index] ?? {}, createdAt: minutesAgo(1), updatedAt: minutesAgo(1), version: 1,
  })),
  meta: { total: 124, limit: 20, nextCursor: offset < 100 ? `c${offset + 20}` : null },
});

export const queueEvidence: Schemas['QueueEvidence'] = {
  data: [
    { kind: 'quickNote', id: '01890000-0000-7000-9000-0000000000a1', at: minutesAgo(9_000), title: 'Interrupted the customer twice before the cause was clear.', status: 'COACHING', priority: 'MEDIUM' },
    { kind: 'quickNote', id: '01890000-0000-7000-9000-0000000000a2', at: minutesAgo(3_000), title: 'Promised a refund that is not ours to give.', status: 'URGENT', priority: 'HIGH' },
  ],
  meta: { total: 2, asOf: minutesAgo(0) },
};

export function note(id: number, change: Partial<Schemas['QuickNote']> = {}): Schemas['QuickNote'] {
  return {
    id: `01890000-0000-7000-a000-${String(id).padStart(12, '0')}`, agentId: 1, agentName: 'Amara Okafor', teamLeaderId: 900, noteType: 'COACHING', content: 'Interrupted the customer twice before the cause was clear. Let them finish, then repeat the question in your own words.', priority: 'MEDIUM',
    category: 'Listening', isPrivate: false, interactionId: null, addressedAt: null, addressedBy: null, addressedInSession: null, createdAt: minutesAgo(180), updatedAt: minutesAgo(180), createdBy: { id: 900, name: 'Ruth Adeyemi' }, version: 1, ...change,
  };
}

type Told = Schemas['StoredNotification'];

const told = (n: number, minutes: number, fields: Partial<Told>): Told => ({
  id: `01890000-0000-7000-8000-0000000005${String(n).padStart(2, '0')}`, type: 'info', title: '', message: '', data: {}, from: null, readAt: minutes > 200 ? minutesAgo(minutes - 20) : null,
  createdAt: minutesAgo(minutes), updatedAt: minutesAgo(minutes), ...fields,
});

const overTime = (id: number, minutes: number): Schemas['NotificationItem'] => ({
  type: 'presence_threshold', title: `${NAMES[id - 1] ?? ''}: away (Break)`, message: `${NAMES[id - 1] ?? ''} has been away (Break) for more than 15 minutes.`, data: { agentId: id }, at: minutesAgo(minutes),
});

export const notifications: readonly Told[] = [
  told(1, 4, { type: 'burst', title: 'More people over the time of their status (7)', message: overTime(3, 4).message, data: { of: 'presence_threshold', count: 7, items: [overTime(3, 4), overTime(5, 9), overTime(8, 12)] } }),
  told(2, 31, { type: 'warning', title: 'Message from Victor Lindqvist', message: 'The billing system is slow today; please tell your team to promise callbacks, not answers.', from: { id: 902, name: 'Victor Lindqvist' } }),
  told(3, 95, { type: 'session_requested', title: 'Amara Okafor asks for a session', message: 'About calls that are passed on.', data: { requestId: '01890000-0000-7000-8000-000000000601', agentId: 1 }, from: { id: 1, name: 'Amara Okafor' } }),
  told(4, 1500, { type: 'action_done', title: 'Benjamin Frost is done with “Say what you are looking up”', message: 'With two calls as evidence.', data: { actionItemId: '01890000-0000-7000-8000-000000000602', agentId: 2 } }),
  told(5, 1560, { type: 'presence_threshold', title: 'Daniel Petrov: busy', message: 'Daniel Petrov has been busy for more than 30 minutes.', data: { agentId: 4 } }),
  told(6, 4500, { type: 'success', title: 'Message from Victor Lindqvist', message: 'Your team has met its target three weeks in a row.', from: { id: 902, name: 'Victor Lindqvist' } }),
];

export const notificationPage = (unread: boolean): Schemas['NotificationPage'] => {
  const data = notifications.filter(({ readAt }) => !unread || readAt === null);
  return { data, meta: { total: data.length, page: 1, limit: 20, totalPages: 1 } };
};

export const marked = (id: string | undefined, body: unknown): Told => ({
  ...(notifications.find((row) => row.id === id) ?? told(9, 1, {})), readAt: (body as { read: boolean }).read ? minutesAgo(0) : null,
});

export const notificationPreferences: Schemas['NotificationPreferencesState'] = {
  timezone: 'Europe/Berlin', digestAt: '08:00', quietHours: { from: '20:00', to: '07:00' }, quietDays: [6, 7], defaultTimezone: 'UTC', sendsMail: true, version: 1,
  groups: {
    sessions: { inApp: 'now', email: 'now' }, actions: { inApp: 'now', email: 'digest' }, requests: { inApp: 'now', email: 'digest' }, goals: { inApp: 'now', email: 'digest' },
    notes: { inApp: 'now', email: 'digest' }, presence: { inApp: 'digest', email: 'never' }, messages: { inApp: 'now', email: 'digest' },
  },
};

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

export type SessionRequest = Schemas['SessionRequest'];

export function sessionRequest(id: number, change: Partial<SessionRequest> = {}): SessionRequest {
  const agentId = change.agentId ?? 1;
  return {
    id: `01890000-0000-7000-8100-${String(id).padStart(12, '0')}`, agentId, agentName: agent(agentId).fullName, topic: 'Difficult callers', message: null, preferredTimes: [], status: 'open',
    answerDueAt: minutesAgo(-60 * 48), isLate: false, answeredAt: null, answeredBy: null, declineReason: null, sessionId: null, createdAt: minutesAgo(120), updatedAt: minutesAgo(120), version: 1, ...change,
  };
}
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
