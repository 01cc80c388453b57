import * as fixtures from '../gallery/fixtures.ts';
import * as queueFixtures from './queue.fixtures.ts';
import { press } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const nobody = { ...queueFixtures.queue(), data: [], notEligible: [], processFindings: [], recognitions: [] };

export const gallery: GalleryEntry = {
  widget: 'sideline-priority-queue',
  title: 'Priority queue',
  load: () => import('./priority-queue.ts'),
  person: 'team_leader',
  answers: {
    'GET /api/priority-queue': ({ query }) => queueFixtures.queue(query.get('asOf') ?? undefined),
    'GET /api/priority-queue/{id}/evidence': () => queueFixtures.queueEvidence,
    'POST /api/priority-queue/{id}/snooze': () => ({}),
    'DELETE /api/priority-queue/{id}/snooze': () => undefined,
    'GET /api/interactions': ({ query }) => fixtures.interactions(Number(query.get('agentId')), 0),
    'GET /api/agents/{id}/performance': ({ path }) => fixtures.days(Number(path[0]), 28),
    'GET /api/metrics/definitions': () => fixtures.definitions,
  },
  states: {
    populated: { shows: 'Amara Okafor' },
    empty: { shows: 'Nobody is in this queue.', answers: { 'GET /api/priority-queue': () => nobody } },
  },
  more: {
    opened: { shows: 'Satisfaction is 3.71', play: (queue) => press(queue, '.head') },
    snoozing: {
      shows: 'Snooze',
      play: async (queue) => {
        await press(queue, '.head');
        await press(queue, '[part~="snooze-button"], .actions button:last-of-type');
      },
    },
    'as-of': { shows: 'Amara Okafor', attributes: { 'as-of': '2026-10-30' } },
  },
};
