import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import { find, press } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

export const gallery: GalleryEntry = {
  widget: 'sideline-status-control',
  title: 'Status control',
  load: () => import('./status-control.ts'),
  person: 'cs',
  answers: {
    'GET /api/agents/{id}': ({ path }) => fixtures.agent(Number(path[0]), { statusReason: 'On a call' }),
    'GET /api/agents/{id}/status-reasons': () => fixtures.statusReasons,
    'PUT /api/agents/{id}/status': ({ path, body }) => ({ ...fixtures.agent(Number(path[0])), statusReason: null, ...statusOf(body) }),
  },
  states: {
    populated: { shows: 'On a call' },
    empty: false, // everybody has a status
    offline: { shows: 'Offline: a status cannot be set now.' },
  },
  more: {
    refused: {
      shows: 'Not set: you are still Busy.',
      answers: { 'PUT /api/agents/{id}/status': () => refuse() },
      play: async (control) => {
        await press(control, '.tile[data-status="online"]');
        await find(control, '.problem');
      },
    },
    compact: { shows: 'Busy', attributes: { compact: '' } },
    'compact-opened': { shows: 'Another reason', attributes: { compact: '' }, play: (control) => press(control, 'button.current') },
  },
};

const statusOf = (body: unknown): Partial<fixtures.Agent> => ({ onlineStatus: (body as { status: fixtures.Agent['onlineStatus'] }).status, statusSince: '2026-11-20T10:30:00Z' });

function refuse(): never {
  throw new CannedProblem(403, 'Your team leader set this status.');
}
