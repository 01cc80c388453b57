import * as fairnessFixtures from './fairness.fixtures.ts';
import { press } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const allWell = (): object => ({ ...fairnessFixtures.fairness, waiting: [], meta: { ...fairnessFixtures.fairness.meta, total: 0 } });

export const gallery: GalleryEntry = {
  widget: 'sideline-fairness',
  title: 'Fairness',
  load: () => import('./fairness.ts'),
  person: 'manager',
  answers: {
    'GET /api/fairness': () => fairnessFixtures.fairness,
    'GET /api/fairness/rows': () => fairnessFixtures.fairnessRows,
  },
  states: {
    populated: { shows: '10 of 12' },
    empty: { shows: 'Nobody is in these teams yet.', answers: { 'GET /api/fairness': () => fairnessFixtures.fairnessNobody } },
  },
  more: {
    'all-well': { shows: 'Everybody has been coached within their cadence.', answers: { 'GET /api/fairness': allWell } },
    rows: { shows: 'Amara Okafor, Greta Lindqvist', play: (widget) => press(widget, '.cadence') },
  },
};
