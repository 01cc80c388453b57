import type { components } from '../../api/http/contract.types.ts';
import type { Import, KindInfo, Row, RowAction } from './import-model.ts';

type Schemas = components['schemas'];

export const IMPORT_ID = '01890000-0000-7000-b000-000000000001';

const field = (name: string, label: string, holds: KindInfo['fields'][number]['holds'], needed = false): KindInfo['fields'][number] => ({ name, label, holds, needed });

export const kinds: KindInfo[] = [
  {
    kind: 'interactions', label: 'Calls, chats and tickets', about: 'One row is one call, chat, e-mail or ticket.',
    fields: [
      field('externalId', 'Id', 'id'), field('agent', 'Agent', 'person', true), field('date', 'Date', 'date', true), field('time', 'Time', 'time'), field('startedAt', 'Date and time', 'date', true),
      field('topic', 'Topic', 'text'), field('answered', 'Answered', 'word'), field('waitSeconds', 'Wait', 'duration'), field('talkSeconds', 'Talk', 'duration'), field('rating', 'Rating', 'rating'),
    ],
  },
  { kind: 'performance', label: 'Daily figures', about: 'One row is one person on one day.', fields: [field('agent', 'Agent', 'person', true), field('date', 'Day', 'date', true), field('messagesHandled', 'Handled', 'count'), field('slaCompliance', 'SLA', 'share')] },
  { kind: 'agents', label: 'People', about: 'One row is one person. Whoever is not in the file stays as they are.', fields: [field('fullName', 'Name', 'text', true), field('email', 'E-mail', 'text')] },
  { kind: 'notes', label: 'Notes', about: 'One row is one note about a person.', fields: [field('agent', 'Agent', 'person', true), field('content', 'Note', 'text', true)] },
  { kind: 'actions', label: 'Action items', about: 'One row is one thing to be done by a day.', fields: [field('agent', 'Agent', 'person', true), field('title', 'Action', 'text', true), field('dueDate', 'Due', 'date', true)] },
];

const HEADERS: readonly (readonly [text: string, ...samples: string[]])[] = [
  ['Call Id', 'ID1000', 'ID1001', 'ID1002'], ['Agent', 'Amara Okafor', 'Benjamin Frost', 'Chiara Lombardi'], ['Date', '3/4/2026', '5/4/2026', '7/4/2026'], ['Topic', 'Contract', 'Delivery', 'Billing'],
  ['Ans?', 'Y', 'N'], ['AvgTalkDuration', '0:04:20', '0:02:05', '0:07:11'], ['Score', '4', '5', 'often'], ['Comment'],
];
const FIELDS = ['externalId', 'agent', 'date', 'topic', 'answered', 'talkSeconds', 'rating'];

export const staged: Import = {
  id: IMPORT_ID, kind: 'interactions', status: 'staged', source: 'header:3f9a', fileName: 'calls-november.xlsx', fileSize: 412_000, uploadedBy: { id: 900, name: 'Ruth Adeyemi' }, teamId: null,
  counts: { rows: 5_000, new: 4_961, changed: 24, unchanged: 12, rejected: 3 }, progress: { phase: 'done', percent: 100, rows: 5_000 }, missingAgents: [], missingAgentCount: 0, questions: [],
  remarks: [{ code: 'columns_unread', message: '1 column is not read: Comment (H).', rows: [] }, { code: 'totals_skipped', message: '1 row sums up others and is left out: row 5004.', rows: [5_004] }],
  mapping: {
    source: 'header:3f9a', sheet: 'Calls', headerRow: 3, table: null, values: {}, people: {},
    columns: Object.fromEntries(FIELDS.map((name, column) => [name, column])), options: { dateOrder: 'dmy', units: { talkSeconds: 'days' } },
  },
  decided: {},
  detected: {
    format: 'xlsx', likelierKind: null, tables: [], sheets: [{ name: 'Calls', hidden: false }, { name: 'Pivot', hidden: false }, { name: 'Archive', hidden: true }],
    firstRows: [{ rowNumber: 1, text: 'Call centre north · November' }, { rowNumber: 3, text: HEADERS.map(([text]) => text).join(' · ') }, { rowNumber: 4, text: 'ID1000 · Amara Okafor · 3/4/2026 · Contract · Y' }],
    headers: HEADERS.map(([text, ...samples], column) => ({ column, letters: 'ABCDEFGH'[column] ?? '', text, samples })),
    guesses: FIELDS.map((name, column) => ({ field: name, column, confidence: [1, 1, 0.98, 1, 0.68, 0.85, 0.71][column] ?? 1 })),
  },
  period: { from: '2026-11-01', to: '2026-11-19' }, error: null, notice: null, createdAt: '2026-11-20T10:12:00Z', updatedAt: '2026-11-20T10:13:00Z', stagedAt: '2026-11-20T10:13:00Z', committedAt: null, rolledBackAt: null, version: 3,
};

export const asking: Import = {
  ...staged,
  counts: { rows: 5_000, new: 4_700, changed: 0, unchanged: 0, rejected: 300 },
  questions: [
    {
      code: 'date_order', field: 'date', message: 'Every date could begin with the day or with the month. Which is meant?', answer: '/options/dateOrder',
      choices: [{ value: 'dmy', label: 'Day first: 3/4/2021 is 3 April' }, { value: 'mdy', label: 'Month first: 3/4/2021 is March 4' }],
    },
    { code: 'rating_scale', field: 'rating', message: 'Ratings go up to 10. On which scale were they given? They are converted to 1–5.', answer: '/options/ratingScale', choices: [{ value: '1-10', label: '1 to 10' }, { value: '0-10', label: '0 to 10' }] },
    { code: 'ambiguous_person', field: 'agent', message: 'Who is “Sam Twin”? Several people have this name.', answer: '/people/Sam Twin', choices: [{ value: 4, label: 'Sam Twin (sam.t@example.test)' }, { value: 5, label: 'Sam Twin (s.twin@example.test)' }] },
  ],
};
export const missing: Import = { ...staged, missingAgentCount: 2,
  missingAgents: [{ name: 'Dana Whitfield', rows: 61, suggestions: [] }, { name: 'B. Frost', rows: 12, suggestions: [{ id: 31, name: 'Bianca Frost', email: 'bianca.frost@example.test' }, { id: 44, name: 'Bo Frost', email: 'bo.frost@example.test' }] }],
};
export const reading: Import = { ...staged, status: 'parsing', progress: { phase: 'parsing', percent: 42, rows: 2_100 }, stagedAt: null };
export const committed: Import = { ...staged, status: 'committed', committedAt: '2026-11-20T10:20:00Z' };
export const takenBack: Import = { ...committed, status: 'rolled_back', rolledBackAt: '2026-11-20T10:31:00Z' };
export const unreadable: Import = { ...staged, status: 'failed', error: { code: 'not_a_table', message: 'It holds pictures and no table.' } };

const row = (action: RowAction, index: number): Row => ({
  ordinal: index + 1, sheet: 'Calls', rowNumber: index + 4, externalId: `ID${1000 + index}`, action,
  values: action === 'rejected' ? null : { startedAt: '2026-04-03T09:12:00Z', agent: index % 3 === 1 ? 'a.okafor' : 'Amara Okafor', topic: 'Contract', outcome: 'answered', talkSeconds: 260, rating: 4 },
  agentName: action === 'rejected' ? null : 'Amara Okafor',
  changes: action === 'changed' ? { rating: { old: 3, new: 4 }, talkSeconds: { old: null, new: 260 } } : null,
  errors: action === 'rejected' ? [{ field: 'rating', cell: `G${index + 4}`, value: 'often', message: '“often” is not a rating of 1 to 5.', code: 'invalid_number' }] : null,
  raw: action === 'rejected' ? [`ID${1000 + index}`, 'Amara Okafor', '3/4/2026', 'Contract', 'Y', '0:04:20', 'often'] : null,
});

/** Three rows of each outcome, the way a page of them comes. */
export function previewPage(query: URLSearchParams): Schemas['ImportRowPage'] {
  const wanted = query.get('action') as RowAction | null;
  const actions: readonly RowAction[] = wanted ? [wanted] : ['new', 'changed', 'unchanged', 'rejected'];
  const page = Number(query.get('page') ?? 1);
  const alone = query.get('row');
  if (alone) return { data: [row('new', Number(alone) - 4)], meta: { total: 1, page, limit: 20, totalPages: 1, nextCursor: null } };
  const total = wanted ? staged.counts[wanted] : staged.counts.rows;
  const data = actions.flatMap((action, at) => Array.from({ length: wanted ? 5 : 2 }, (_, index) => row(action, (page - 1) * 20 + at * 2 + index))).slice(0, total);
  return { data, meta: { total, page, limit: 20, totalPages: Math.ceil(total / 20), nextCursor: null } };
}

export const previewCounts: Schemas['ImportPreviewCounts'] = {
  ...staged.counts,
  reasons: [{ code: 'invalid_date', field: 'date', rows: 2 }, { code: 'invalid_number', field: 'rating', rows: 1 }],
  changes: [{ field: 'rating', rows: 24 }, { field: 'talkSeconds', rows: 9 }],
};

export const plan: Schemas['ImportRollbackPlan'] = { removed: 4_961, restored: 24, people: 1, blockers: [], more: false };
export const blockedPlan: Schemas['ImportRollbackPlan'] = {
  ...plan,
  blockers: [{ rowNumber: 12, code: 'depended_on', message: 'Row 12 (ID1008) has a note.' }, { rowNumber: null, code: 'person_in_use', message: 'Dana Whitfield has signed in.' }],
};

export const importPage = (data: Import[]): Schemas['ImportPage'] => ({ data, meta: { total: data.length, page: 1, limit: 8, totalPages: 1 } });

export const past: Import[] = [
  staged,
  { ...committed, id: '01890000-0000-7000-b000-000000000002', kind: 'performance', fileName: 'daily figures october.csv', counts: { rows: 1_240, new: 1_240, changed: 0, unchanged: 0, rejected: 0 }, createdAt: '2026-11-02T08:30:00Z' },
  { ...unreadable, id: '01890000-0000-7000-b000-000000000003', fileName: 'a-very-long-file-name-of-a-monthly-report-for-the-whole-department.xlsx', uploadedBy: { id: 901, name: 'Iris Manager' }, createdAt: '2026-10-20T08:30:00Z' },
];
