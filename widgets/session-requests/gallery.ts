import { CannedProblem } from '../gallery/canned.ts';
import * as requestFixtures from './requests.fixtures.ts';
import { find, press, type } from '../gallery/play.ts';
import type { GalleryEntry } from '../gallery/types.ts';

const hours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString();

const waiting = [
  requestFixtures.sessionRequest(3, { agentId: 1, topic: 'Callers who want a refund we may not give', message: 'I had three this week. I would like to hear how others say no.', answerDueAt: hours(-20), createdAt: hours(-98), preferredTimes: [hours(24), hours(51)] }),
  requestFixtures.sessionRequest(4, { agentId: 5, topic: 'Moving to the technical team', answerDueAt: hours(29), createdAt: hours(-4) }),
];
const answered = [
  requestFixtures.sessionRequest(2, { agentId: 2, topic: 'My schedule in December', status: 'scheduled', answeredAt: hours(-30), answeredBy: { id: 900, name: 'Ruth Adeyemi' }, sessionId: requestFixtures.sessionRequest(99).id, version: 2 }),
  requestFixtures.sessionRequest(1, { agentId: 4, topic: 'A new headset', status: 'declined', declineReason: 'No session needed: it is on your desk on Monday.', answeredAt: hours(-50), answeredBy: { id: 900, name: 'Ruth Adeyemi' }, version: 2 }),
];
const own = [
  requestFixtures.sessionRequest(6, { agentId: 1, topic: 'Difficult callers', message: 'After last Tuesday.', answerDueAt: hours(60), createdAt: hours(-1), preferredTimes: [hours(24)] }),
  requestFixtures.sessionRequest(5, { agentId: 1, topic: 'A new headset', status: 'declined', declineReason: 'No session needed: it is on your desk on Monday.', answeredAt: hours(-50), answeredBy: { id: 900, name: 'Ruth Adeyemi' }, version: 2 }),
];

const page = (data: readonly unknown[]): object => ({ data, meta: { total: data.length, page: 1, limit: 100, totalPages: 1 } });
const of = (rows: readonly requestFixtures.SessionRequest[]) => ({ query }: { query: URLSearchParams }): object => page(query.get('status') === 'open' ? rows.filter(({ status }) => status === 'open') : rows);
const first = `[data-request="${waiting[0]?.id}"]`;

export const gallery: GalleryEntry = {
  widget: 'sideline-session-requests',
  title: 'Requests for a session',
  load: () => import('./session-requests.ts'),
  person: 'team_leader',
  answers: {
    'GET /api/session-requests': of([...waiting, ...answered]),
    'POST /api/session-requests': ({ body }) => requestFixtures.sessionRequest(50, { agentId: 1, ...(body as object), answerDueAt: hours(70), createdAt: hours(0) }),
    'GET /api/session-requests/{id}': ({ path }) => ({ ...waiting.find(({ id }) => id === path[0]), status: 'scheduled', answeredAt: hours(0), answeredBy: { id: 900, name: 'Ruth Adeyemi' }, version: 2 }),
    'POST /api/session-requests/{id}/decline': ({ path, body }) => ({ ...waiting.find(({ id }) => id === path[0]), status: 'declined', declineReason: (body as { reason: string }).reason, answeredAt: hours(0), answeredBy: { id: 900, name: 'Ruth Adeyemi' }, version: 2 }),
    'POST /api/session-requests/{id}/withdraw': ({ path }) => ({ ...own.find(({ id }) => id === path[0]), status: 'withdrawn', answeredAt: hours(0), answeredBy: { id: 1, name: 'Amara Okafor' }, version: 2 }),
    'POST /api/coaching-sessions': () => {
      throw new CannedProblem(409, 'Amara Okafor sits in another session then.');
    },
  },
  states: {
    populated: { shows: 'Answer overdue since' },
    empty: { shows: 'Nobody asks for a session at the moment.', answers: { 'GET /api/session-requests': () => page([]) } },
  },
  more: {
    own: { shows: 'Answer due', person: 'cs', answers: { 'GET /api/session-requests': of(own) } },
    'own-empty': { shows: 'You have not asked for a session.', person: 'cs', answers: { 'GET /api/session-requests': () => page([]) } },
    asking: { shows: 'What would you like to talk about?', person: 'cs', answers: { 'GET /api/session-requests': of(own) }, play: (widget) => press(widget, '[part="ask-button"]') },
    'asking-nothing': {
      shows: 'Say what it is about.',
      person: 'cs',
      answers: { 'GET /api/session-requests': of(own) },
      play: async (widget) => {
        await press(widget, '[part="ask-button"]');
        await press(widget, '[part="ask-form"] .primary');
      },
    },
    scheduling: { shows: 'A session with Amara Okafor', play: (widget) => press(widget, `${first} [part="schedule-button"]`) },
    clash: {
      shows: 'Amara Okafor sits in another session then.',
      play: async (widget) => {
        await press(widget, `${first} [part="schedule-button"]`);
        await press(widget, '[part="answer-form"] .primary');
        await find(widget, '.problem:not(:empty)');
      },
    },
    declining: { shows: 'Why not, for Amara Okafor to read', play: (widget) => press(widget, `${first} [part="decline-button"]`) },
    declined: {
      shows: 'We talk on Monday anyway.',
      play: async (widget) => {
        await press(widget, `${first} [part="decline-button"]`);
        await type(widget, '#reason', 'We talk on Monday anyway.');
        await press(widget, '[part="answer-form"] .danger');
      },
    },
    'asked-before-withdrawing': {
      shows: 'Withdraw your request?',
      person: 'cs',
      answers: { 'GET /api/session-requests': of(own) },
      play: (widget) => press(widget, '[part="withdraw-button"]'),
    },
  },
};
