import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import * as actionFixtures from './actions.fixtures.ts';
import { find, press, type } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';
import type { ActionItem } from './actions-model.ts';

const items = actionFixtures.actionItems;
const [first, second] = items;

const page = (query: URLSearchParams, all: readonly ActionItem[] = items): object => {
  const statuses = query.getAll('status');
  const found = all.filter((item) =>
    (statuses.length === 0 || statuses.includes(item.status)) &&
    (query.get('overdue') === null || String(item.overdue) === query.get('overdue')) &&
    (query.get('agentId') === null || Number(query.get('agentId')) === item.agentId));
  return actionFixtures.actionPage(found);
};

const head = (item: ActionItem | undefined): string => `[data-action="${item?.id}"]`;
const opened = (widget: HTMLElement): Promise<unknown> => press(widget, head(first)).then(() => find(widget, 'li.evidence'));
const own = (): readonly ActionItem[] => items.filter(({ agentId }) => agentId === 1);

export const gallery: GalleryEntry = {
  widget: 'sideline-action-items',
  title: 'Action items',
  load: () => import('./action-items.ts'),
  person: 'team_leader',
  answers: {
    'GET /api/action-items': ({ query }) => page(query),
    'POST /api/action-items': ({ body }) => actionFixtures.actionItem(90, body as object),
    'PUT /api/action-items/{id}': ({ path, body }) => ({ ...items.find(({ id }) => id === path[0]), ...(body as object), version: 2 }),
    'GET /api/action-items/{id}': ({ path }) => ({ ...items.find(({ id }) => id === path[0]), title: 'Let the customer finish, then say it back', version: 2 }),
    'GET /api/action-items/{id}/comments': () => actionFixtures.actionComments,
    'GET /api/action-items/{id}/evidence': () => actionFixtures.actionEvidence,
    'POST /api/action-items/{id}/comments': ({ body }) => ({ ...actionFixtures.actionComments.data[0], id: '01890000-0000-7000-b000-000000000099', text: (body as { text: string }).text }),
    'GET /api/metrics/definitions': () => fixtures.definitions,
    'GET /api/interactions/{id}': () => fixtures.interactions(1, 0).data[1],
    'GET /api/interactions': ({ query }) => fixtures.interactions(Number(query.get('agentId')), 0),
    'GET /api/agents': () => ({ data: fixtures.floor, meta: { total: fixtures.floor.length, page: 1, limit: 50, totalPages: 1 } }),
  },
  states: {
    populated: { shows: 'Within a week' },
    empty: { shows: 'Nothing to do.', answers: { 'GET /api/action-items': () => actionFixtures.actionPage([]) } },
  },
  more: {
    own: { shows: 'Let the customer finish', person: 'cs', answers: { 'GET /api/action-items': ({ query }) => page(query, own()) } },
    opened: { shows: 'Tried it on ten calls', play: opened },
    done: {
      shows: 'Undo',
      play: async (widget) => {
        await press(widget, `[data-key="${second?.id}"] .tick`);
        await find(widget, '.toast:popover-open');
      },
    },
    refused: {
      shows: 'is cancelled',
      answers: {
        'PUT /api/action-items/{id}': () => {
          throw new CannedProblem(409, 'The action item is cancelled; from there it cannot become done.');
        },
        'GET /api/action-items/{id}': ({ path }) => items.find(({ id }) => id === path[0]),
      },
      play: async (widget) => {
        await press(widget, `[data-key="${first?.id}"] .tick`);
        await find(widget, '.problem:not(:empty)');
      },
    },
    filters: { shows: 'Category', play: (widget) => press(widget, '.filter-button') },
    all: { shows: 'Cancelled', play: (widget) => press(widget, '.shown button:last-child') },
    added: { shows: 'What is to be done', play: (widget) => press(widget, '[part="add-button"]') },
    incomplete: {
      shows: 'Say what is to be done.',
      play: async (widget) => {
        await press(widget, '[part="add-button"]');
        await press(widget, '[part="save-button"]');
      },
    },
    edited: {
      shows: 'Edit the action item',
      play: async (widget) => {
        await opened(widget);
        await press(widget, '[part="edit-button"]');
        await find(widget, '.form option[value="csat"]');
      },
    },
    overtaken: {
      shows: 'Somebody changed this meanwhile.',
      answers: {
        'PUT /api/action-items/{id}': () => {
          throw new CannedProblem(412, 'It has changed since you read it.');
        },
      },
      play: async (widget) => {
        await opened(widget);
        await press(widget, '[part="edit-button"]');
        await type(widget, '.form .what', 'Let the customer finish, then say it back in one sentence');
        await press(widget, '[part="save-button"]');
        await find(widget, '.form .problem:not(:empty)');
      },
    },
    evidence: {
      shows: 'Link',
      play: async (widget) => {
        await opened(widget);
        await press(widget, '[part="evidence-button"]');
        await press(widget, '[data-value="interaction"]');
        await find(widget, '.add-evidence option[value^="0189"]');
      },
    },
    'kept-step': {
      shows: 'Kept, will be sent',
      then: 'offline',
      play: async (widget) => {
        await press(widget, `[data-key="${first?.id}"] .tick`);
        await find(widget, '.waits');
      },
    },
    kept: {
      shows: 'One new action item waits to be sent',
      attributes: { 'agent-id': '1' },
      then: 'offline',
      play: async (widget) => {
        await press(widget, '[part="add-button"]');
        await type(widget, '.form .what', 'Listen to two of your own calls');
        await press(widget, '[part="save-button"]');
        await find(widget, '[part="kept"]');
      },
    },
  },
};
