import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import { press } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const teams = fixtures.me(fixtures.leader).ledTeams;

const away = (): never => {
  throw new CannedProblem(503, 'The database cannot be reached just now.');
};

export const gallery: GalleryEntry = {
  widget: 'sideline-exports',
  title: 'Downloads',
  load: () => import('./exports.ts'),
  person: 'manager',
  answers: {
    'GET /api/teams': () => ({ data: teams, meta: { total: teams.length, page: 1, limit: 100, totalPages: 1 } }),
    'GET /api/exports/{kind}': away,
  },
  states: {
    populated: { shows: 'Those of these days.' },
    empty: false,
  },
  more: {
    agent: { shows: 'The rows you also see in the lists.', person: 'cs' },
    viewer: { shows: 'This is not open to your role.', person: 'viewer' },
    // The teams of a leader come with the sign-in: nothing but the file is waited for.
    working: { shows: '0 kB so far', person: 'team_leader', network: 'holds', play: (widget) => press(widget, '.download') },
    away: { shows: 'Not downloaded. The database cannot be reached just now.', play: (widget) => press(widget, '.download') },
  },
};
