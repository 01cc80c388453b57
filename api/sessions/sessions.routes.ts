import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import type { Principal } from '../auth/principal.ts';
import { presentSession, type SessionView } from './session.presenter.ts';
import type { CoachingSessions } from './sessions.room.ts';
import { presentSummary } from './summary.presenter.ts';

export type SessionsOperations =
  | 'listCoachingSessions' | 'scheduleCoachingSession' | 'getCoachingSession' | 'updateCoachingSession' | 'prepareCoachingSession' | 'startCoachingSession'
  | 'completeCoachingSession' | 'cancelCoachingSession' | 'missCoachingSession' | 'acknowledgeCoachingSession' | 'disputeCoachingSession'
  | 'resolveSessionDispute' | 'reassignSessionDispute' | 'addAgendaPoint' | 'listSessionComments' | 'createSessionComment' | 'getSessionCalendar' | 'getSessionSummary';

type Row = Parameters<typeof presentSession>[0];

const found = (row: Row, reader: Principal): { status: 200; body: SessionView; headers: Record<string, string> } => ({ status: 200, body: presentSession(row, reader), headers: etag(row.version) });

const made = (row: Row, reader: Principal): { status: 201; body: SessionView; headers: Record<string, string> } => ({
  status: 201,
  body: presentSession(row, reader),
  headers: { ...etag(row.version), Location: `/api/coaching-sessions/${row.id}` },
});

export const sessionsRoutes = ({ scheduling, steps, completion, summaries, acknowledgements, disputes, agenda, comments, calendars }: CoachingSessions) =>
  defineHandlers<SessionsOperations>({
    listCoachingSessions: async ({ principal, query: { page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await scheduling.list(principal, filters, page, limit);
      return { status: 200, body: { data: rows.map((row) => presentSession(row, principal)), meta: pageMeta(total, page, limit) } };
    },
    scheduleCoachingSession: async ({ principal, body }) => made(await scheduling.schedule(principal, body), principal),
    getCoachingSession: async ({ principal, params }) => found(await scheduling.get(principal, params.id), principal),
    updateCoachingSession: async ({ principal, params, body, headers }) => found(await scheduling.change(principal, params.id, body, expectedVersion(headers)), principal),
    prepareCoachingSession: async ({ principal, params }) => found(await steps.prepare(principal, params.id), principal),
    startCoachingSession: async ({ principal, params }) => found(await steps.start(principal, params.id), principal),
    completeCoachingSession: async ({ principal, params, body }) => found(await completion.complete(principal, params.id, body ?? {}), principal),
    cancelCoachingSession: async ({ principal, params, body }) => found(await steps.cancel(principal, params.id, body.reason), principal),
    missCoachingSession: async ({ principal, params }) => found(await steps.miss(principal, params.id), principal),
    acknowledgeCoachingSession: async ({ principal, params, body }) => found(await acknowledgements.acknowledge(principal, params.id, body?.comment), principal),
    disputeCoachingSession: async ({ principal, params, body }) => found(await acknowledgements.dispute(principal, params.id, body.comment), principal),
    resolveSessionDispute: async ({ principal, params, body }) => found(await disputes.resolve(principal, params.id, body), principal),
    reassignSessionDispute: async ({ principal, params, body }) => found(await disputes.reassign(principal, params.id, body), principal),
    addAgendaPoint: async ({ principal, params, body }) => made(await agenda.add(principal, params.id, body), principal),
    listSessionComments: async ({ principal, params, query: { page = 1, limit = 20 } }) => {
      const { rows, total } = await comments.list(principal, params.id, page, limit);
      return { status: 200, body: { data: rows, meta: pageMeta(total, page, limit) } };
    },
    createSessionComment: async ({ principal, params, body }) => ({ status: 201, body: await comments.add(principal, params.id, body.content) }),
    getSessionSummary: async ({ principal, params }) => ({ status: 200, body: presentSummary(await summaries.get(principal, params.id)) }),
    getSessionCalendar: async ({ principal, params }) => {
      const text = await calendars.file(principal, params.id);
      return { status: 200, body: text, headers: { 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'attachment; filename="coaching-session.ics"' } };
    },
  });
