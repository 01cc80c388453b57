import { CannedProblem } from '../gallery/canned.ts';
import * as fixtures from '../gallery/fixtures.ts';
import { find, press, type } from '../gallery/play.ts';
import { goalId, goals } from '../goals/goals.fixtures.ts';
import type { Answers, Cell, GalleryEntry } from '../gallery/types.ts';
import * as session from './session.fixtures.ts';

const paged = <T>(data: T[]): object => ({ data, meta: { total: data.length, page: 1, limit: 20, totalPages: 1 } });
const ID = session.uuid('9', 1);
const note = fixtures.note(9, { id: session.uuid('a', 9), noteType: 'URGENT', priority: 'HIGH', category: 'Process', content: 'Promised a refund that is not ours to give; the customer calls back on Monday.' });
const another = fixtures.note(8, { id: session.uuid('a', 8), content: 'Puts people on hold to look for the tariff. The table is one click away.', category: 'Hold time' });

/** Everything about one session as it stands. */
const about = (shown: session.Session): Answers => ({
  'GET /api/coaching-sessions/{id}': () => shown,
  'GET /api/coaching-sessions/{id}/document': () => session.joined(shown),
  'GET /api/coaching-sessions/{id}/preparation': () => session.preparation([note, another], shown.status === 'scheduled' ? { status: 'pending', computedAt: null, content: null } : {}),
  'GET /api/coaching-sessions': ({ query }) => paged(query.getAll('status').includes(shown.status) ? [shown] : []),
});

const effects = (shown: ReturnType<typeof session.effect>, ago = session.EFFECT_AGO): Answers => ({ ...about(session.heldAgo(ago)), 'GET /api/coaching-sessions/{id}/effect': () => shown });

const cell = (shows: string, shown: session.Session, more: Partial<Cell> = {}): Cell => ({ shows, ...more, answers: { ...about(shown), ...more.answers } });

const clash = (): never => {
  throw new CannedProblem(409, 'Amara Okafor is in a session then.', [], 'session_clash', { clash: { sessionId: session.uuid('9', 7), personId: 1, personName: 'Amara Okafor', scheduledAt: '2026-11-23T10:00:00Z', durationMinutes: 45 } });
};

export const gallery: GalleryEntry = {
  widget: 'sideline-session',
  title: 'Session',
  load: () => import('./session.ts'),
  person: 'team_leader',
  attributes: { 'session-id': ID },
  answers: {
    ...about(session.aSession(1)),
    'POST /api/coaching-sessions': () => session.aSession(2),
    'PUT /api/coaching-sessions/{id}': ({ body }) => ({ ...session.aSession(1), ...(body as object), version: 4 }),
    'POST /api/coaching-sessions/{id}/start': () => session.live(),
    'POST /api/coaching-sessions/{id}/acknowledge': () => session.completed({ status: 'acknowledged', at: session.minutesFromNow(0) }),
    'POST /api/coaching-sessions/{id}/agenda': ({ body }) => ({ ...session.aSession(1), agenda: [...session.agenda, { id: session.uuid('b', 9), detail: null, source: 'leader', refId: null, addedBy: 900, covered: false, ...(body as object) }] }),
    'GET /api/coaching-sessions/{id}/comments': () => paged(session.comments),
    'GET /api/coaching-sessions/{id}/effect': () => session.effect(),
    'GET /api/coaching-templates': () => paged([]),
    'GET /api/goals': () => paged(goals),
    'GET /api/action-items': ({ query }) => paged(query.get('sessionId') ? [session.actionItem(2, { title: 'Two calls a week with the paper beside the form', sessionId: ID })] : [session.actionItem(1), session.actionItem(3, { title: 'Ask for the tariff training', overdue: true, dueDate: session.minutesFromNow(-2880).slice(0, 10) })]),
    'GET /api/quick-notes': () => ({ quickNotes: [note, another], pagination: { total: 2, page: 1, limit: 20, totalPages: 1 } }),
    'GET /api/metrics/definitions': () => fixtures.definitions,
    'PATCH /api/coaching-sessions/{id}/document': ({ body }) => ({ applied: Object.fromEntries(Object.keys((body as { updates: object }).updates).map((field) => [field, 9])), refused: {} }),
    'GET /api/agents': ({ query }) => paged(fixtures.floor.filter(({ fullName }) => fullName.toLowerCase().includes((query.get('search') ?? '').toLowerCase()))),
  },
  states: {
    populated: { shows: 'The promised refund' },
    empty: { shows: 'No session with Amara Okafor is planned.', attributes: { 'session-id': '', 'agent-id': '1', 'agent-name': 'Amara Okafor' }, answers: { 'GET /api/coaching-sessions': () => paged([]) } },
  },
  more: {
    preparing: cell('where do calls turn?', session.aSession(1, { status: 'preparing' })),
    evidence: cell('Ask for the tariff training', session.aSession(1, { status: 'preparing', goalIds: [goalId(1)] }), { play: (widget) => press(widget, '.switch button:last-child') }),
    schedule: { shows: 'Schedule and invite', attributes: { 'session-id': '', 'agent-id': '1', 'agent-name': 'Amara Okafor', schedule: '' }, answers: { 'GET /api/coaching-sessions': () => paged([]) } },
    clash: {
      shows: 'Amara Okafor is in a session then',
      attributes: { 'session-id': '', 'agent-id': '1', 'agent-name': 'Amara Okafor', schedule: '' },
      answers: { 'POST /api/coaching-sessions': clash, 'GET /api/coaching-sessions': () => paged([]) },
      play: (widget) => press(widget, 'form button.primary'),
    },
    live: cell('Here: Amara Okafor', session.live()),
    'live-written-by-both': cell('Somebody else wrote here at the same time.', session.live(), {
      answers: { 'PATCH /api/coaching-sessions/{id}/document': () => ({ applied: {}, refused: { discussionNotes: { value: 'Amara: the form asks too early. We leave it shut.', version: 9 } } }) },
      play: async (widget) => {
        await type(widget, '.talk textarea', 'Something else altogether.');
        await find(widget, '.conflict');
      },
    }),
    'own-live': cell('Here: Ruth Adeyemi', session.live(), { person: 'cs' }),
    completing: cell('Complete the session', session.live({ commitments: session.commitments }), { play: (widget) => press(widget, '#step-complete') }),
    completed: cell('has not answered; due', session.completed()),
    overdue: cell('has not answered; was due', session.completed({ dueAt: session.minutesFromNow(-300) })),
    disputed: cell('Victor Lindqvist decides by', session.completed({ status: 'disputed', dispute: session.dispute })),
    'to-decide': {
      shows: 'Waiting for your decision',
      person: 'manager',
      attributes: { 'session-id': '' },
      answers: { 'GET /api/coaching-sessions': ({ query }) => paged(query.has('toDecide') ? [session.completed({ status: 'disputed', dispute: session.dispute })] : []) },
    },
    deciding: cell('The record stays', session.completed({ status: 'disputed', dispute: session.dispute }), { person: 'manager', play: (widget) => press(widget, '[part="decide-button"]') }),
    amended: cell('The record was changed', session.completed({ dispute: { ...session.dispute, outcome: 'amended', resolution: 'Both heard the call again: it was the colleague.', resolvedAt: session.minutesFromNow(-60), resolvedBy: session.dispute.owner } })),
    effect: { shows: 'No clear change', answers: effects(session.effect()), play: (widget) => press(widget, '#step-effect') },
    'effect-early': { shows: 'Too early to say', answers: effects(session.tooEarly(), session.EARLY_AGO), play: (widget) => press(widget, '#step-effect') },
    'effect-table': {
      shows: '+0.2 to +0.82',
      answers: effects(session.effect()),
      play: async (widget) => {
        await press(widget, '#step-effect');
        await press(widget, 'section header button');
      },
    },
    'own-ahead': cell('Add what you want to talk about.', session.aSession(1), { person: 'cs' }),
    'own-asked': cell('Do you agree with what stands here?', session.completed(), { person: 'cs' }),
    'own-disagrees': cell('Somebody else than Ruth Adeyemi decides', session.completed(), { person: 'cs', play: (widget) => press(widget, '[part="dispute-button"]') }),
    'called-off': cell('This session was called off: Amara is ill.', session.aSession(1, { status: 'cancelled', cancelReason: 'Amara is ill.' })),
    'asked-why': cell('Call this session off?', session.aSession(1), {
      play: async (widget) => {
        await press(widget, '[part="menu-button"]');
        await press(widget, '#more button:nth-last-of-type(2)');
        await find(widget, 'dialog[open]');
      },
    }),
    list: {
      shows: 'Before',
      attributes: { 'session-id': '', 'agent-id': '1', 'agent-name': 'Amara Okafor' },
      answers: {
        'GET /api/coaching-sessions': ({ query }) => paged(!query.getAll('status').includes('cancelled') ? [] : [session.completed({}, { id: session.uuid('9', 4) }), session.completed({ status: 'acknowledged', at: session.minutesFromNow(-30_000) }, { id: session.uuid('9', 5), scheduledAt: session.minutesFromNow(-40_000) }), session.aSession(6, { status: 'cancelled', scheduledAt: session.minutesFromNow(-60_000) })]),
      },
    },
  },
};

