import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import { find, press, type } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const AUTHOR = { id: 900, name: 'Ruth Adeyemi' };
const about = (id: number): { agentId: number; agentName: string } => ({ agentId: id, agentName: fixtures.agent(id).fullName });
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

const written = [
  fixtures.note(9, { ...about(1), noteType: 'URGENT', priority: 'HIGH', category: 'Process', content: 'Promised a refund that is not ours to give; the customer calls back on Monday.', createdAt: minutesAgo(14) }),
  fixtures.note(8, { ...about(5), noteType: 'POSITIVE', category: 'Tone', content: 'Calmed an angry caller in two sentences, and offered the call-back before being asked.', createdAt: minutesAgo(80) }),
  fixtures.note(7, { ...about(2), isPrivate: true, category: null, content: 'Seems worn out since the change of shifts. Ask before the next plan is made.', createdAt: minutesAgo(190) }),
  fixtures.note(6, { ...about(1), createdAt: minutesAgo(1_500) }),
  fixtures.note(5, { ...about(3), category: 'Hold time', priority: 'LOW', content: 'Puts people on hold to look for the tariff. The table is one click away.', createdAt: minutesAgo(3_100), createdBy: { id: 902, name: 'Victor Lindqvist' } }),
  fixtures.note(4, { ...about(4), noteType: 'POSITIVE', category: 'Empathy', content: 'Remembered the caller from last week.', createdAt: minutesAgo(4_500), addressedAt: minutesAgo(200), addressedBy: AUTHOR }),
];

const page = (query: URLSearchParams): object => {
  const addressed = query.get('addressed');
  const words = (query.get('search') ?? '').toLowerCase();
  const found = written.filter((note) =>
    (addressed === null || String(note.addressedAt !== null) === addressed) &&
    (!query.get('noteType') || note.noteType === query.get('noteType')) &&
    (!query.get('agentId') || note.agentId === Number(query.get('agentId'))) &&
    `${note.content} ${note.agentName}`.toLowerCase().includes(words));
  return { quickNotes: found, pagination: { total: found.length, page: 1, limit: 100, totalPages: 1 } };
};

const first = `[data-note="${written[0]?.id}"]`;

export const gallery: GalleryEntry = {
  widget: 'sideline-notes',
  title: 'Notes',
  load: () => import('./notes.ts'),
  person: 'team_leader',
  answers: {
    'GET /api/quick-notes': ({ query }) => page(query),
    'POST /api/quick-notes': ({ body }) => fixtures.note(90, body as object),
    'PUT /api/quick-notes/{id}': ({ path, body }) => ({ ...written.find(({ id }) => id === path[0]), ...((body as { addressed?: boolean }).addressed ? { addressedAt: minutesAgo(0), addressedBy: AUTHOR } : {}), version: 2 }),
    'DELETE /api/quick-notes/{id}': () => undefined,
    'GET /api/quick-notes/{id}': ({ path }) => ({ ...written.find(({ id }) => id === path[0]), content: 'The refund was promised by us, not by Amara.', version: 2 }),
    'GET /api/agents': ({ query }) => {
      const people = fixtures.floor.filter(({ fullName }) => fullName.toLowerCase().includes((query.get('search') ?? '').toLowerCase()));
      return { data: people, meta: { total: people.length, page: 1, limit: 50, totalPages: 1 } };
    },
  },
  states: {
    populated: { shows: 'Calmed an angry caller' },
    empty: { shows: 'No open notes.', answers: { 'GET /api/quick-notes': () => ({ quickNotes: [], pagination: { total: 0, page: 1, limit: 100, totalPages: 0 } }) } },
  },
  more: {
    opened: { shows: 'Mark addressed', play: (notes) => press(notes, first) },
    private: { shows: 'never by Benjamin Frost', play: (notes) => press(notes, `[data-note="${written[2]?.id}"]`) },
    addressed: {
      shows: 'Marked addressed',
      play: async (notes) => {
        await press(notes, first);
        await press(notes, '[part="address-button"]');
        await find(notes, '.toast:popover-open');
      },
    },
    filters: { shows: 'Category', play: (notes) => press(notes, '.filter-button') },
    'nothing-found': {
      shows: 'No note fits these filters.',
      play: async (notes) => {
        await type(notes, 'input[type="search"]', 'xylophone');
        await find(notes, '[part="empty"]');
      },
    },
    edited: {
      shows: 'Ctrl + Enter saves',
      play: async (notes) => {
        await press(notes, first);
        await press(notes, '[part="edit-button"]');
      },
    },
    overtaken: {
      shows: 'Somebody changed this note meanwhile.',
      answers: {
        'PUT /api/quick-notes/{id}': () => {
          throw new CannedProblem(412, 'It has changed since you read it.');
        },
      },
      play: async (notes) => {
        await press(notes, first);
        await press(notes, '[part="edit-button"]');
        await type(notes, '.edit textarea', 'Promised a refund; explain who may.');
        await press(notes, '.edit .primary');
      },
    },
    'asked-before-deleting': {
      shows: 'Delete this note?',
      play: async (notes) => {
        await press(notes, first);
        await press(notes, '[part="delete-button"]');
      },
    },
    kept: {
      shows: 'One note waits to be sent',
      attributes: { 'agent-id': '1' },
      then: 'offline',
      play: async (notes) => {
        await press(notes, 'button.open');
        await type(notes, '#text', 'Written in the lift.');
        await press(notes, '.foot .primary');
      },
    },
    own: { shows: 'Promised a refund', person: 'cs', answers: { 'GET /api/quick-notes': () => page(new URLSearchParams({ agentId: '1' })) } },
  },
};
