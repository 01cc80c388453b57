import type { components } from '../../api/http/contract.types.ts';

type Schemas = components['schemas'];
export type Agent = Schemas['Agent'];

export const TEAM = '01890000-0000-7000-8000-000000000001';
export const OTHER_TEAM = '01890000-0000-7000-8000-000000000002';
const NOW = Date.now();
export const minutesAgo = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();
export const today = new Date(NOW).toISOString().slice(0, 10);
export const daysAgo = (days: number): string => new Date(NOW - days * 86_400_000).toISOString().slice(0, 10);

export const NAMES = ['Amara Okafor', 'Benjamin Frost', 'Chiara Lombardi', 'Daniel Petrov', 'Elif Yıldız', 'Farid Haddad', 'Greta Lindqvist', 'Hugo Marchetti', 'Imogen Clarke', 'Jonas Weber', 'Keiko Tanaka', 'Liam O’Connell'];
export const STATUSES = ['online', 'busy', 'away', 'offline'] as const;

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

export const evidence = (agentId: number, metric: string, count: number): Schemas['Evidence'][] => [
  { kind: 'interactions', href: `/api/interactions?agentId=${agentId}&metric=${metric}`, count },
];

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

export function note(id: number, change: Partial<Schemas['QuickNote']> = {}): Schemas['QuickNote'] {
  return {
    id: `01890000-0000-7000-a000-${String(id).padStart(12, '0')}`, agentId: 1, agentName: 'Amara Okafor', teamLeaderId: 900, noteType: 'COACHING', content: 'Interrupted the customer twice before the cause was clear. Let them finish, then repeat the question in your own words.', priority: 'MEDIUM',
    category: 'Listening', isPrivate: false, interactionId: null, addressedAt: null, addressedBy: null, addressedInSession: null, createdAt: minutesAgo(180), updatedAt: minutesAgo(180), createdBy: { id: 900, name: 'Ruth Adeyemi' }, version: 1, ...change,
  };
}
