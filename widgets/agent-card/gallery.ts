import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import * as actionFixtures from '../action-items/actions.fixtures.ts';
import { press, type } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';
import { goals } from '../goals/goals.fixtures.ts';

const notes = [
  fixtures.note(1),
  fixtures.note(2, { noteType: 'URGENT', priority: 'HIGH', content: 'Promised a refund that is not ours to give.', category: 'Process' }),
  fixtures.note(3, { noteType: 'POSITIVE', content: 'Calmed an angry caller in two sentences.', category: null }),
];
const page = (quickNotes: typeof notes): object => ({ quickNotes, pagination: { total: quickNotes.length, page: 1, limit: 20, totalPages: 1 } });

const fresh = (agentId: number): object => {
  const { today, period, ...summary } = fixtures.summary(agentId);
  const none = ({ figures, ...span }: typeof period): object => ({ ...span, figures: figures.map((figure) => ({ ...figure, value: null, n: 0, enough: false, meetsTarget: null, previous: null, evidence: [] })) });
  return { ...summary, performanceLevel: { ...summary.performanceLevel, level: null, attainment: null, n: { handled: 0, ratings: 0 } }, today: none(today), period: none(period) };
};

const refused = (): never => {
  throw new CannedProblem(429, 'Too many requests.');
};

export const gallery: GalleryEntry = {
  widget: 'sideline-agent-card',
  title: 'Agent card',
  load: () => import('./agent-card.ts'),
  person: 'team_leader',
  attributes: { 'agent-id': '1' },
  answers: {
    'GET /api/agents/{id}': ({ path }) => fixtures.agent(Number(path[0])),
    'GET /api/agents/{id}/summary': ({ path }) => fixtures.summary(Number(path[0])),
    'GET /api/agents/{id}/performance': ({ path }) => fixtures.days(Number(path[0]), 30),
    'GET /api/agents/{id}/status-reasons': () => fixtures.statusReasons,
    'GET /api/metrics/definitions': () => fixtures.definitions,
    'GET /api/quick-notes': () => page(notes),
    'GET /api/action-items': () => actionFixtures.actionPage(actionFixtures.actionItems.slice(0, 2)),
    'GET /api/goals': () => ({ data: goals, meta: { total: goals.length, page: 1, limit: 100, totalPages: 1 } }),
    'PUT /api/goals/{id}': ({ path, body }) => ({ ...goals.find(({ id }) => id === path[0]), ...(body as object), version: 9 }),
    'GET /api/interactions': ({ query }) => fixtures.interactions(Number(query.get('agentId')), 0),
    'PUT /api/quick-notes/{id}': () => ({ ...notes[0], addressedAt: '2026-11-20T10:31:00Z', addressedBy: { id: 900, name: 'Ruth Adeyemi' } }),
    'PUT /api/agents/{id}/status': ({ path, body }) => ({ ...fixtures.agent(Number(path[0])), onlineStatus: (body as { status: string }).status }),
  },
  states: {
    populated: { shows: 'Promised a refund that is not ours to give.' },
    empty: { shows: 'Amara Okafor', answers: { 'GET /api/quick-notes': () => page([]), 'GET /api/goals': () => ({ data: [], meta: { total: 0, page: 1, limit: 100, totalPages: 0 } }), 'GET /api/action-items': () => actionFixtures.actionPage([]), 'GET /api/agents/{id}/summary': ({ path }) => fresh(Number(path[0])), 'GET /api/agents/{id}/performance': () => [] } },
  },
  more: {
    own: { shows: 'Customers are asked once', person: 'cs' },
    'record-refused': {
      shows: 'Too many requests just now',
      person: 'cs',
      answers: { 'GET /api/agents/{id}/record': refused },
      play: (card) => press(card, '[part="record-button"]'),
    },
    'goal-new': {
      shows: 'A measured goal has a target.',
      play: async (card) => {
        await press(card, '[part="new-goal-button"]');
        await type(card, '#goal', 'Satisfied customers');
        await type(card, '#metric', 'csat');
        await press(card, 'form .primary');
      },
    },
    'goal-closing': { shows: 'How it ended', play: (card) => press(card, '[data-close]') },
    'goal-closed': { shows: 'Two weeks ahead of time.', play: (card) => press(card, 'details.ended > summary') },
    'figure-opened': { shows: 'Mean of the ratings customers gave', play: (card) => press(card, '.figure') },
  },
};
