import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import { press, type } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const open = (note: HTMLElement): Promise<void> => press(note, 'button.open');

async function write(note: HTMLElement): Promise<void> {
  await open(note);
  await type(note, 'textarea', 'Let the customer finish, then repeated the question: calm and clear.');
  await press(note, '.foot .primary');
}

const template = {
  id: fixtures.note(70).id, kind: 'note', name: 'Clear explanation', description: null, teamId: null, teamName: null, durationMinutes: null, agenda: [], focusMetrics: [],
  noteType: 'POSITIVE', category: 'Clarity', text: 'Explained it so that the customer could repeat it in their own words.', createdBy: null, createdAt: '2026-11-19T10:30:00Z', updatedAt: '2026-11-19T10:30:00Z', version: 1,
};

export const gallery: GalleryEntry = {
  widget: 'sideline-quick-note',
  title: 'Quick note',
  load: () => import('./quick-note.ts'),
  person: 'team_leader',
  attributes: { 'agent-id': '1', 'agent-name': 'Amara Okafor', about: 'voice call, 03:12, billing' },
  answers: {
    'POST /api/quick-notes': ({ body }) => fixtures.note(90, body as object),
    'DELETE /api/quick-notes/{id}': () => undefined,
    'GET /api/coaching-templates': () => ({ data: [template], meta: { total: 1, page: 1, limit: 100, totalPages: 1 } }),
  },
  states: {
    loading: false, // it asks for nothing
    empty: { shows: 'Note about Amara Okafor', play: open },
    populated: { shows: 'Note' },
    error: { shows: 'Not saved; your text is still here.', network: 'answers', answers: { 'POST /api/quick-notes': () => refuse() }, play: write },
    offline: { shows: 'Kept, will be sent', play: write },
    forbidden: { shows: 'Note', person: 'viewer', network: 'answers' },
    expired: { shows: 'Your sign-in has ended.', play: open },
    'signed-out': { shows: 'Nobody is signed in.', play: write },
  },
  more: {
    saved: { shows: 'Saved', play: write },
    'from-a-template': {
      shows: 'Template',
      play: async (note) => {
        await open(note);
        await type(note, '[part="note-template"] select', template.id);
      },
    },
  },
};

function refuse(): never {
  throw new CannedProblem(422, 'This person left the team.');
}
