import type { Answers, Cell, GalleryEntry } from '../gallery/types.ts';
import { press } from '../gallery/play.ts';
import { asking, blockedPlan, committed, IMPORT_ID, importPage, kinds, missing, past, plan, previewCounts, previewPage, reading, staged, takenBack, unreadable } from './import-fixtures.ts';
import type { Import } from './import-model.ts';

/** The kinds first: their address is one of an import, too. */
const shown = (item: Import, more: Answers = {}): Pick<Cell, 'attributes' | 'answers'> => ({
  attributes: { 'import-id': IMPORT_ID },
  answers: { 'GET /api/imports/kinds': () => ({ data: kinds }), 'GET /api/imports/{id}': () => item, ...more },
});

export const gallery: GalleryEntry = {
  widget: 'sideline-import',
  title: 'Import',
  load: () => import('./import.ts'),
  person: 'manager',
  answers: {
    'GET /api/imports': () => importPage(past),
    'GET /api/imports/kinds': () => ({ data: kinds }),
    'GET /api/imports/{id}/preview/counts': () => previewCounts,
    'GET /api/imports/{id}/preview': ({ query }) => previewPage(query),
    'GET /api/imports/{id}/rollback': () => plan,
    'GET /api/imports/{id}': () => staged,
    'GET /api/teams': () => ({ data: [], meta: { total: 0, page: 1, limit: 100, totalPages: 0 } }),
    'PUT /api/imports/{id}/mapping': () => staged,
    'POST /api/imports/{id}/commit': () => committed,
    'POST /api/imports/{id}/cancel': () => ({ ...staged, status: 'cancelled' }),
    'POST /api/imports/{id}/rollback': () => takenBack,
    'DELETE /api/imports/{id}': () => undefined,
  },
  states: {
    loading: { attributes: { 'import-id': IMPORT_ID } },
    empty: { shows: 'Nothing was imported yet.', answers: { 'GET /api/imports': () => importPage([]) } },
    populated: { shows: 'calls-november.xlsx' },
    error: { attributes: { 'import-id': IMPORT_ID } },
  },
  more: {
    reading: { shows: 'Reading the rows', ...shown(reading) },
    asks: { shows: 'Every date could begin with the day or with the month.', ...shown(asking), play: (widget) => press(widget, '.question input') },
    missing: {
      shows: 'Dana Whitfield',
      ...shown({ ...missing, detected: missing.detected && { ...missing.detected, likelierKind: 'performance' } }),
    },
    columns: { shows: 'please check, 68 % sure', ...shown(staged), play: (widget) => press(widget, '.mapping > summary') },
    changed: { shows: '1–20 of 24', ...shown(staged), play: (widget) => press(widget, '.counts .changed') },
    rejected: { shows: 'Download the 3 rejected rows', ...shown(staged), play: (widget) => press(widget, '.counts .rejected') },
    'all-rejected': { shows: 'All 3 rows are rejected: there is nothing to import.', ...shown({ ...staged, counts: { rows: 3, new: 0, changed: 0, unchanged: 0, rejected: 3 } }) },
    committed: { shows: '4,961 rows that came with it go.', ...shown(committed), play: (widget) => press(widget, '.undo') },
    blocked: {
      shows: 'Dana Whitfield has signed in.',
      ...shown(committed, { 'GET /api/imports/{id}/rollback': () => blockedPlan }),
      play: (widget) => press(widget, '.undo'),
    },
    takenBack: { shows: 'calls-november.xlsx was taken back.', ...shown(takenBack) },
    unreadable: { shows: 'It holds pictures and no table.', ...shown(unreadable) },
  },
};
