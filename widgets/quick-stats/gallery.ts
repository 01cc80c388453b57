import * as fixtures from '../gallery/fixtures.ts';
import * as quickStatsFixtures from './quick-stats.fixtures.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const { cs, leader } = { cs: fixtures.agent(1), leader: fixtures.leader };

const quiet = (): object => {
  const stats = quickStatsFixtures.quickStats(leader);
  return {
    ...stats,
    figures: stats.figures.map((figure) => ({ ...figure, value: figure.unit === 'count' ? 0 : null, n: 0, enough: figure.unit === 'count', meetsTarget: null, evidence: [] })),
    open: { count: 0, unassigned: 0, evidence: [] },
    people: (stats.people ?? []).map((people) => ({ ...people, count: 0, evidence: [] })),
  };
};

export const gallery: GalleryEntry = {
  widget: 'sideline-quick-stats',
  title: 'Quick stats',
  load: () => import('./quick-stats.ts'),
  person: 'team_leader',
  answers: {
    'GET /api/quick-stats': () => quickStatsFixtures.quickStats(leader),
    'GET /api/quick-stats/people': () => quickStatsFixtures.quickStatsPeople,
    'GET /api/metrics/definitions': () => fixtures.definitions,
    'GET /api/interactions': () => fixtures.interactions(1, 0),
  },
  states: {
    populated: { shows: '264' },
    empty: { shows: 'Nobody works in these teams yet.', answers: { 'GET /api/quick-stats': quiet } },
  },
  more: { own: { shows: '264', person: 'cs', answers: { 'GET /api/quick-stats': () => quickStatsFixtures.quickStats(cs) } } },
};
