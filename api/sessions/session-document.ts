import { newId } from '../db/ids.ts';
import { unprocessable } from '../errors/problem.ts';
import type { AgendaPoint, AgendaSource, Commitment, SessionRecord } from './session.entity.ts';

/** What participants write together while a session is prepared and held. */
export const LIVE_FIELDS = ['discussionNotes', 'topicsCovered', 'engagementScore', 'agenda', 'focusMetrics', 'summary', 'commitments'] as const;
export type LiveField = (typeof LIVE_FIELDS)[number];

export interface NewAgendaPoint {
  readonly id?: string | undefined;
  readonly title: string;
  readonly detail?: string | null | undefined;
  readonly source?: AgendaSource | undefined;
  readonly refId?: string | null | undefined;
  readonly covered?: boolean | undefined;
}

export interface NewCommitment {
  readonly id?: string | undefined;
  readonly text: string;
  readonly personId?: number | null | undefined;
  readonly dueOn?: string | null | undefined;
}

/**
 * An agenda as it is stored. Points keep their id and who put them there; new ones are the writer's.
 *
 * @param known the points that are on it so far
 */
export function agendaFrom(points: readonly NewAgendaPoint[], known: readonly AgendaPoint[], writer: { readonly id: number; readonly source: AgendaSource }): AgendaPoint[] {
  const before = new Map(known.map((point) => [point.id, point]));
  return withOwnIds(points).map(({ id, title, detail, source, refId, covered }) => {
    const kept = before.get(id);
    return {
      id,
      title,
      detail: detail ?? null,
      source: kept?.source ?? source ?? writer.source,
      refId: kept ? kept.refId : (refId ?? null),
      addedBy: kept ? kept.addedBy : writer.id || null,
      covered: covered ?? kept?.covered ?? false,
    };
  });
}

export function commitmentsFrom(commitments: readonly NewCommitment[]): Commitment[] {
  return withOwnIds(commitments).map(({ id, text, personId, dueOn }) => ({ id, text, personId: personId ?? null, dueOn: dueOn ?? null }));
}

/**
 * Who promises something is in the session, or was when it was put down: a promise that is on record stays with who made it.
 *
 * @param known the commitments on record
 * @param path where the list stands in the request
 * @throws Problem 422 naming the first of somebody else
 */
export function assertOfParticipants(commitments: readonly NewCommitment[], known: readonly Commitment[], participants: readonly { readonly id: number }[], path = '/body/commitments'): void {
  const wrong = commitments.findIndex(({ id, personId }) => {
    if (personId === undefined || personId === null || participants.some((participant) => participant.id === personId)) return false;
    return !known.some((before) => before.id === id?.toLowerCase() && before.personId === personId);
  });
  if (wrong < 0) return;
  throw unprocessable('unknown_participant', 'Commitments are of those who attend the session, or of who holds it.', [{ path: `${path}/${wrong}/personId`, message: 'A commitment is of nobody of the session.' }]);
}

/** Every entry with an id that no other one of the list has. */
function withOwnIds<T extends { readonly id?: string | undefined }>(entries: readonly T[]): (T & { id: string })[] {
  const taken = new Set<string>();
  return entries.map((entry) => {
    const wanted = entry.id?.toLowerCase();
    const id = wanted === undefined || taken.has(wanted) ? newId() : wanted;
    taken.add(id);
    return { ...entry, id };
  });
}

/** Counts a write to each of these fields of the live document. Whoever writes one of them by whatever way calls this. */
export function countWrites(session: SessionRecord, fields: readonly LiveField[]): void {
  session.fieldVersions = { ...session.fieldVersions, ...Object.fromEntries(fields.map((field) => [field, (session.fieldVersions[field] ?? 0) + 1])) };
}
