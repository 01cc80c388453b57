import * as fixtures from '../gallery/fixtures.ts';
import { press, type } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const many = Array.from({ length: 200 }, (_, index) => fixtures.agent(index + 1, { fullName: `${fixtures.agent(index + 1).fullName}` }));

export const gallery: GalleryEntry = {
  widget: 'sideline-status-board',
  title: 'Status board',
  load: () => import('./status-board.ts'),
  person: 'team_leader',
  answers: {
    'GET /api/status-board': ({ query }) => fixtures.statusBoard(fixtures.floor.filter(({ teamId }) => !query.get('teamId') || teamId === query.get('teamId'))),
    'GET /api/agents/{id}/status-reasons': () => fixtures.statusReasons,
    'PUT /api/agents/{id}/status': ({ path, body }) => ({ ...fixtures.agent(Number(path[0])), onlineStatus: (body as { status: string }).status }),
    'POST /api/quick-notes': ({ body }) => fixtures.note(90, body as object),
  },
  states: {
    populated: { shows: 'Amara Okafor' },
    empty: { shows: 'Nobody is on this floor yet.', answers: { 'GET /api/status-board': () => fixtures.statusBoard([]) } },
  },
  more: {
    'two-hundred': { shows: 'Amara Okafor', answers: { 'GET /api/status-board': () => fixtures.statusBoard(many) } },
    'nobody-found': { shows: 'Nobody here is called “Zoe”.', play: (board) => type(board, 'input[type="search"]', 'Zoe') },
    'writes-a-note': { shows: 'Note about Amara Okafor', play: (board) => press(board, '[data-agent="1"] [part~="note-button"]') },
    agent: { shows: 'Amara Okafor', person: 'cs' },
  },
};
