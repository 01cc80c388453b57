import * as fixtures from '../gallery/fixtures.ts';
import { press } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const allWell = (): object => ({ ...fixtures.fairness, waiting: [], meta: { ...fixtures.fairness.meta, total: 0 } });

export const gallery: GalleryEntry = {
  widget: 'sideline-fairness',
  title: 'Fairness',
  load: () => import('./fairness.ts'),
  person: 'manager',
  answers: {
    'GET /api/fairness': () => fixtures.fairness,
    'GET /api/fairness/rows': () => fixtures.fairnessRows,
  },
  states: {
    populated: { shows: '10 of 12' },
    empty: { shows: 'Nobody is in these teams yet.', answers: { 'GET /api/fairness': () => fixtures.fairnessNobody } },
  },
  more: {
    'all-well': { shows: 'Everybody has been coached within their cadence.', answers: { 'GET /api/fairness': allWell } },
    rows: { shows: 'Amara Okafor, Greta Lindqvist', play: (widget) => press(widget, '.cadence') },
  },
};
