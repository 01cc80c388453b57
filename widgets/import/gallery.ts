import type { components } from '../../api/http/contract.types.ts';
import type { Cell, GalleryEntry } from '../gallery/types.ts';
import type { Import, RowPage } from './import-model.ts';

const ID = '01890000-0000-7000-b000-000000000001';
const headers = ['Call Id', 'Agent', 'Date', 'Topic', 'Answered', 'Satisfaction'];
const columns = { externalId: 0, agent: 1, date: 2, topic: 3, answered: 4, rating: 5 };

const staged: Import = {
  id: ID, kind: 'interactions', status: 'staged', source: 'call-centre', fileName: 'calls-november.xlsx', fileSize: 412_000, uploadedBy: { id: 900, name: 'Ruth Adeyemi' }, teamId: null,
  counts: { rows: 5_000, new: 4_961, changed: 24, unchanged: 12, rejected: 3 }, progress: { phase: 'done', percent: 100, rows: 5_000 }, missingAgents: [{ name: 'Dana Whitfield', rows: 61 }], questions: [],
  mapping: { source: 'call-centre', sheet: 'Calls', headerRow: 1, table: null, columns, values: {}, options: { dateOrder: 'dmy' }, people: {} },
  decided: {},
  detected: { format: 'xlsx', sheets: [{ name: 'Calls', hidden: false }], tables: [], firstRows: [], likelierKind: null, headers: headers.map((text, column) => ({ column, letters: 'ABCDEF'[column] ?? '', text, samples: [] })), guesses: [] },
  period: { from: '2026-11-01', to: '2026-11-19' }, error: null, notice: null, createdAt: '2026-11-20T10:12:00Z', updatedAt: '2026-11-20T10:13:00Z', stagedAt: '2026-11-20T10:13:00Z', committedAt: null, rolledBackAt: null, version: 3,
};

const asks: Import = {
  ...staged,
  questions: [{ code: 'date_order', field: 'date', message: 'Is 3/4/2026 the third of April or the fourth of March?', answer: '/options/dateOrder', choices: [{ value: 'dmy', label: '3 April' }, { value: 'mdy', label: '4 March' }] }],
};
const reading: Import = { ...staged, status: 'parsing', progress: { phase: 'parsing', percent: 42, rows: 2_100 }, stagedAt: null };
const committed: Import = { ...staged, status: 'committed', missingAgents: [], committedAt: '2026-11-20T10:20:00Z' };
const takenBack: Import = { ...committed, status: 'rolled_back', rolledBackAt: '2026-11-20T10:31:00Z' };
const unreadable: Import = { ...staged, status: 'failed', error: { code: 'not_a_table', message: 'It holds pictures and no table.' } };

type Rows = RowPage['data'];

const rows = (action: Rows[number]['action']): RowPage => ({
  data: Array.from({ length: 5 }, (_, index) => ({
    ordinal: index + 1, sheet: 'Calls', rowNumber: index + 2, externalId: `ID${1000 + index}`, action,
    values: action === 'rejected' ? null : { externalId: `ID${1000 + index}`, agent: 'Amara Okafor', startedAt: '2026-11-18T09:12:00Z', topic: 'Contract', outcome: 'answered', rating: 4 },
    changes: action === 'changed' ? { rating: { from: 3, to: 4 } } : null,
    errors: action === 'rejected' ? [{ field: 'rating', column: 5, cell: `F${index + 2}`, message: '“often” is no rating.', code: 'rating' }] : [],
    raw: [`ID${1000 + index}`, 'Amara Okafor', '18/11/2026', 'Contract', 'Y', action === 'rejected' ? 'often' : '4'],
  })) as unknown as Rows,
  meta: { total: 5, page: 1, limit: 20, totalPages: 1, nextCursor: null },
});

const page = (data: Import[]): components['schemas']['ImportPage'] => ({ data, meta: { total: data.length, page: 1, limit: 3, totalPages: 1 } });
const shown = (item: Import): Pick<Cell, 'attributes' | 'answers'> => ({ attributes: { 'import-id': ID }, answers: { 'GET /api/imports/{id}': () => item } });

export const gallery: GalleryEntry = {
  widget: 'sideline-import',
  title: 'Import',
  load: () => import('./import.ts'),
  person: 'manager',
  answers: {
    'GET /api/imports': () => page([staged, committed]),
    'GET /api/imports/{id}/preview': ({ query }) => rows((query.get('action') ?? 'new') as Rows[number]['action']),
    'GET /api/imports/{id}': () => staged,
    'GET /api/teams': () => ({ data: [], meta: { total: 0, page: 1, limit: 100, totalPages: 0 } }),
    'PUT /api/imports/{id}/mapping': () => staged,
    'POST /api/imports/{id}/commit': () => committed,
    'POST /api/imports/{id}/rollback': () => takenBack,
    'DELETE /api/imports/{id}': () => undefined,
  },
  states: {
    loading: { attributes: { 'import-id': ID } },
    empty: { shows: 'Choose a file', answers: { 'GET /api/imports': () => page([]) } },
    populated: { shows: 'calls-november.xlsx' },
    error: { attributes: { 'import-id': ID } },
  },
  more: {
    reading: { shows: 'Reading the rows', ...shown(reading) },
    asks: { shows: 'Is 3/4/2026 the third of April or the fourth of March?', ...shown(asks) },
    preview: { shows: 'Dana Whitfield', ...shown(staged) },
    committed: { shows: '4,961 new', ...shown(committed) },
    takenBack: { shows: 'calls-november.xlsx was taken back.', ...shown(takenBack) },
    unreadable: { shows: 'It holds pictures and no table.', ...shown(unreadable) },
  },
};
