import type { MigratedAction } from '../../actions/migrated-actions.service.ts';
import { key } from '../../imports/values/vocabulary.ts';
import { noteTypes } from '../../imports/kinds/notes/note-words.ts';
import type { MigratedNote } from '../../notes/migrated-notes.service.ts';
import { METRIC_IDS } from '../../performance/metric-definitions.ts';
import type { MigratedSession } from '../../sessions/migrated-sessions.service.ts';
import { cut } from '../../text/cut.ts';
import type { Reading } from '../things.ts';
import type { OldRow } from '../old-row.ts';
import { arrivalOf, check, personIn, readRow, sessionDay, type ReadingContext } from './reading.ts';
import { writtenAt } from './when-written.ts';

type Fields = Readonly<Record<string, unknown>>;

const PRIORITIES = { low: 'LOW', medium: 'MEDIUM', normal: 'MEDIUM', high: 'HIGH', urgent: 'HIGH', critical: 'HIGH' } as const;
const ACTION_STATES = {
  pending: 'open', open: 'open', todo: 'open', notstarted: 'open', overdue: 'open', inprogress: 'in_progress', started: 'in_progress',
  completed: 'done', complete: 'done', done: 'done', closed: 'done', cancelled: 'cancelled', canceled: 'cancelled',
} as const;
const SESSION_STATES = {
  scheduled: 'scheduled', planned: 'scheduled', rescheduled: 'scheduled', preparing: 'scheduled', inprogress: 'live', live: 'live',
  completed: 'completed', done: 'completed', cancelled: 'cancelled', canceled: 'cancelled', noshow: 'no_show', missed: 'no_show',
} as const;
const LONGEST_NOTES = 50_000;
const DEFAULT_MINUTES = 60;

/**
 * A note stands at its own date, and is history: the Coach App did not know what was left to talk about, and what is years old
 * must not come before what was seen yesterday.
 * @param sessionOf the session there that a note was brought up in
 */
export function readNote(context: ReadingContext, sessionOf: (oldId: string) => string | undefined, place: string, fields: Fields): Reading<MigratedNote> {
  return readRow(context, 'QuickNote', place, fields, (row, oldId) => {
    const [agentId, authorId] = [personIn(context, row, 'agentId', 'userId'), personIn(context, row, 'authorId', 'createdById', 'createdBy', 'teamLeaderId')];
    const category = row.text('category');
    const noteType = typeIn(row, category);
    const priority = row.word(PRIORITIES, noteType === 'URGENT' ? 'HIGH' : 'MEDIUM', 'priority');
    const content = row.text('content', 'note', 'text') ?? '';
    if (agentId === null || authorId === null) return null;
    if (agentId === authorId) row.fault('agentId and authorId are one person: a note is written about somebody else');
    check(context, row, 'CreateQuickNoteData', { agentId: 1, noteType, content, priority, category });
    const session = sessionOf(oldId);
    const createdAt = writtenAt(row, sessionDay(context, session), arrivalOf(context, row.id('agentId', 'userId')));
    if (createdAt === null) return null;
    const saidAt = row.instant('addressedAt');
    const talkedOverAt = saidAt ?? (session === undefined ? null : row.instant('updatedAt', 'createdAt'));
    return {
      agentId, authorId, noteType, priority, category, content, isPrivate: row.flag(false, 'isPrivate'), addressedAt: talkedOverAt ?? createdAt, addressedBy: talkedOverAt === null ? null : authorId,
      addressedInSession: session === undefined ? null : (context.idOf('CoachingSession', session) ?? null), createdAt, source: context.system, externalId: oldId,
    };
  });
}

/** By its own word; else by a category that says as much (`POSITIVE`, `PRAISE`, `URGENT`). */
function typeIn(row: OldRow, category: string | null): MigratedNote['noteType'] {
  const word = row.text('noteType', 'type');
  if (word === null) return (category === null ? undefined : noteTypes.get(key(category))) ?? 'COACHING';
  const type = noteTypes.get(key(word));
  if (type === undefined) row.fault(`noteType is a word that is not known (${cut(word, 40)})`);
  return type ?? 'COACHING';
}

/** What other tables say of sessions, by the session's old id. */
export interface AroundSessions {
  readonly attendees: ReadonlyMap<string, readonly string[]>;
  /** Lines that tell what was scored. */
  readonly scores: ReadonlyMap<string, readonly string[]>;
}

export function readSession(context: ReadingContext, around: AroundSessions, place: string, fields: Fields): Reading<MigratedSession> {
  return readRow(context, 'CoachingSession', place, fields, (row, oldId) => {
    const [agentId, facilitatorId] = [personIn(context, row, 'agentId', 'userId'), personIn(context, row, 'teamLeaderId', 'coachId', 'facilitatorId')];
    const others = (around.attendees.get(oldId) ?? []).map((id) => context.idOf('User', id)).filter((id) => id !== undefined).map(Number);
    const attendeeIds = [...new Set([...(agentId === null ? [] : [agentId]), ...others])].filter((id) => id !== facilitatorId);
    const [planned, held] = [row.instant('scheduledDate', 'scheduledAt', 'sessionDate'), row.instant('sessionDate', 'heldAt', 'actualDate', 'scheduledDate', 'scheduledAt')];
    const status = row.word(SESSION_STATES, 'scheduled', 'status');
    const durationMinutes = row.number('duration', 'durationMinutes') ?? DEFAULT_MINUTES;
    const discussionNotes = notesOf(context, row, around.scores.get(oldId) ?? []);
    if (planned === null || held === null) row.fault('scheduledDate and sessionDate are empty');
    if (agentId !== null && agentId === facilitatorId) row.fault('agentId and teamLeaderId are one person: a session is with somebody else');
    if (discussionNotes.length > LONGEST_NOTES) row.fault(`sessionNotes is longer than ${LONGEST_NOTES} characters`);
    if (planned === null || held === null || agentId === null || facilitatorId === null) return null;
    check(context, row, 'ScheduleSessionData', { scheduledAt: planned, durationMinutes });
    const summary = row.text('summary') ?? '';
    return { ...withWhom(attendeeIds), attendeeIds, facilitatorId, status, scheduledAt: planned, durationMinutes, discussionNotes, summary, ...heldWhen(row, status, held, durationMinutes), createdAt: row.instant('createdAt') ?? planned };
  });
}

const withWhom = (attendeeIds: readonly number[]): Pick<MigratedSession, 'kind' | 'agentId'> =>
  attendeeIds.length > 1 ? { kind: 'group', agentId: null } : { kind: 'one_to_one', agentId: attendeeIds[0] ?? null };

/** A session that was held ended after its minutes, where nothing says when. */
function heldWhen(row: OldRow, status: MigratedSession['status'], held: string, minutes: number): Pick<MigratedSession, 'startedAt' | 'completedAt'> {
  const ended = row.instant('completedAt', 'completedDate') ?? new Date(Date.parse(held) + minutes * 60_000).toISOString();
  return { startedAt: status === 'completed' || status === 'live' ? held : null, completedAt: status === 'completed' ? ended : null };
}

/** What was written in a session, and what was kept beside it. */
function notesOf(context: ReadingContext, row: OldRow, scores: readonly string[]): string {
  const [agreed, followUp] = [row.text('actionItems'), row.day(context.dayOf, 'followUpDate')];
  const [before, after] = [row.number('previousScore'), row.number('currentScore', 'overallScore')];
  const parts = [
    row.text('sessionNotes', 'notes'),
    agreed && `Agreed: ${agreed}`,
    before === null && after === null ? null : `Score: ${[before ?? '–', ...(after === null ? [] : [after])].join(' → ')}`,
    scores.length > 0 ? scores.join('\n') : null,
    followUp && `Follow-up: ${followUp}`,
  ];
  return parts.filter((part) => part !== null).join('\n\n');
}

/** What a leader wrote down for themselves before a session is a private note: in the session the agent would read it. */
export function readPreparation(context: ReadingContext, place: string, fields: Fields): Reading<MigratedNote> | null {
  const reading = readRow<{ readonly note: MigratedNote | null }>(context, 'CoachingSession', place, fields, (row, oldId) => {
    const content = row.text('preparationNotes');
    const [agentId, authorId, session] = [personIn(context, row, 'agentId', 'userId'), personIn(context, row, 'teamLeaderId', 'coachId', 'facilitatorId'), context.idOf('CoachingSession', oldId)];
    if (content === null || agentId === null || authorId === null || session === undefined) return { note: null };
    check(context, row, 'CreateQuickNoteData', { agentId: 1, noteType: 'COACHING', content });
    const at = row.instant('sessionDate', 'scheduledDate', 'scheduledAt');
    const createdAt = row.instant('createdAt') ?? at;
    if (createdAt === null) return { note: null };
    const addressed = preparedFor(row.word(SESSION_STATES, 'scheduled', 'status'), { at: at ?? createdAt, authorId, session });
    const note = { agentId, authorId, noteType: 'COACHING', priority: 'MEDIUM', category: 'Preparation', content, isPrivate: true, ...addressed, createdAt, source: context.system, externalId: `${oldId}:preparation` } as const;
    return { note };
  });
  // A session that was refused has said why.
  if ('refused' in reading) return context.idOf('CoachingSession', reading.oldId ?? '') === undefined ? null : reading;
  return reading.thing.note === null ? null : { ...reading, thing: reading.thing.note };
}

/** Whoever prepared a session has it before them until the session is over. Of one that never was nobody talked it over. */
function preparedFor(status: MigratedSession['status'], { at, authorId, session }: { at: string; authorId: number; session: string }): Pick<MigratedNote, 'addressedAt' | 'addressedBy' | 'addressedInSession'> {
  if (status === 'completed') return { addressedAt: at, addressedBy: authorId, addressedInSession: session };
  const isOver = status === 'cancelled' || status === 'no_show';
  return { addressedAt: isOver ? at : null, addressedBy: null, addressedInSession: null };
}

/** @param sessionOf the session there that an action item was agreed in */
export function readAction(context: ReadingContext, sessionOf: (oldId: string) => string | undefined, place: string, fields: Fields): Reading<MigratedAction> {
  return readRow(context, 'ActionItem', place, fields, (row, oldId) => {
    const [agentId, createdBy] = [personIn(context, row, 'agentId', 'userId'), personIn(context, row, 'createdBy', 'createdById', 'authorId')];
    const named = row.id('assignedTo', 'assignedToId', 'assigneeId');
    const assignee = named === null ? undefined : context.idOf('User', named);
    if (named !== null && assignee === undefined) row.remarks.push(`assignedTo (${named}) is nobody who was brought along: it is the agent’s to do`);
    const session = row.id('sessionId') ?? sessionOf(oldId);
    const sessionId = session === undefined ? null : (context.idOf('CoachingSession', session) ?? null);
    if (session !== undefined && sessionId === null) row.remarks.push(`without its session (${session}), which was not brought along`);
    const createdAt = writtenAt(row, sessionDay(context, session), arrivalOf(context, row.id('agentId', 'userId')));
    return actionOf(context, row, oldId, { agentId, createdBy, assignedTo: assignee === undefined ? agentId : Number(assignee), sessionId, category: row.text('category'), createdAt });
  });
}

/** What an item of an action plan takes from its plan. */
export interface Plan {
  readonly agent: string | null;
  readonly createdBy: string | null;
  readonly title: string | null;
  /** When it was made, ISO 8601. */
  readonly at: string | null;
}

export function readPlanItem(context: ReadingContext, plans: ReadonlyMap<string, Plan>, place: string, fields: Fields): Reading<MigratedAction> {
  return readRow(context, 'ActionPlanItem', place, fields, (row, oldId) => {
    const plan = plans.get(row.id('actionPlanId', 'planId') ?? '');
    if (!plan) row.fault('actionPlanId is no plan that is there');
    const person = (oldUser: string | null | undefined): number | null => {
      const id = oldUser ? context.idOf('User', oldUser) : undefined;
      if (plan && id === undefined) row.fault(`its plan is of somebody (${oldUser ?? 'nobody'}) who was not brought along`);
      return id === undefined ? null : Number(id);
    };
    const [agentId, createdBy] = [person(plan?.agent), person(plan?.createdBy)];
    const createdAt = writtenAt(row, { at: plan?.at ?? null, what: 'the day of its plan' }, arrivalOf(context, plan?.agent ?? null));
    return actionOf(context, row, `plan:${oldId}`, { agentId, createdBy, assignedTo: agentId, sessionId: null, category: plan?.title ? cut(plan.title, 50) : null, createdAt });
  });
}

function actionOf(
  context: ReadingContext, row: OldRow, externalId: string,
  { agentId, createdBy, assignedTo, sessionId, category, createdAt }: { agentId: number | null; createdBy: number | null; assignedTo: number | null; sessionId: string | null; category: string | null; createdAt: string | null },
): MigratedAction | null {
  const title = row.text('title') ?? '';
  const [metric, value, current] = [row.text('targetMetric'), row.number('targetValue'), row.number('currentValue')];
  const targetMetric = METRIC_IDS.find((id) => id.toLowerCase() === metric?.toLowerCase()) ?? null;
  // A target of a figure there is not here stays readable.
  const target = metric !== null && targetMetric === null ? `Target: ${metric}${value === null ? '' : ` ${value}`}${current === null ? '' : ` (then ${current})`}` : null;
  const description = [row.text('description'), target].filter((part) => part !== null).join('\n\n') || null;
  const dueDate = row.day(context.dayOf, 'dueDate', 'dueAt') ?? '';
  const priority = row.word(PRIORITIES, 'MEDIUM', 'priority');
  const status = row.word(ACTION_STATES, 'open', 'status');
  if (dueDate === '' && row.faults.length === 0) row.fault('dueDate is empty');
  if (agentId === null || createdBy === null || assignedTo === null || createdAt === null || row.faults.length > 0) return null;
  check(context, row, 'CreateActionItemData', { agentId: 1, title, description, dueDate, priority, category });
  const completedAt = status === 'done' ? row.instant('completedDate', 'completedAt', 'updatedAt', 'dueDate') : null;
  return {
    agentId, assignedTo, sessionId, title, description, dueDate, priority, category, status, targetMetric, targetValue: targetMetric === null ? null : value,
    createdBy, completedAt, createdAt, source: context.system, externalId,
  };
}
