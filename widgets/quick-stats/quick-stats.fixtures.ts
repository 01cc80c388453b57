import type { components } from '../../api/http/contract.types.ts';
import { type Agent, daysAgo, floor, minutesAgo, OTHER_TEAM, STATUSES, TEAM, today } from '../gallery/fixtures.ts';

type Schemas = components['schemas'];

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
