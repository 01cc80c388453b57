import { isDeepStrictEqual } from 'node:util';
import type { Principal } from '../../auth/principal.ts';
import type { Clock } from '../../db/clock.ts';
import type { Tx, UnitOfWork } from '../../db/unit-of-work.ts';
import { forbidden } from '../../errors/problem.ts';
import { dropPassing } from '../../events/outbox.repository.ts';
import { attends, assertRuns, assertState, participantsOf, runs, type OpenSession, type SessionDesk } from '../session-desk.ts';
import { agendaFrom, assertOfParticipants, commitmentsFrom, countWrites, type LiveField, type NewAgendaPoint, type NewCommitment } from '../session-document.ts';
import type { AgendaPoint } from '../session.entity.ts';
import type { SessionRow } from '../session.repository.ts';
import { sessionUpdated } from '../sessions.events.ts';
import type { EditLog } from './edit-log.ts';
import { judge, type LiveVersions, type Verdict } from './field-versions.ts';
import type { VisitRepository, VisitorRow } from './visit.repository.ts';

/** Fields as they are sent: entries of lists may be new. */
export interface DocumentUpdates {
  readonly discussionNotes?: string | undefined;
  readonly topicsCovered?: readonly string[] | undefined;
  readonly engagementScore?: number | null | undefined;
  readonly agenda?: readonly NewAgendaPoint[] | undefined;
  readonly focusMetrics?: readonly string[] | undefined;
  readonly summary?: string | undefined;
  readonly commitments?: readonly NewCommitment[] | undefined;
}

export interface WriteOutcome {
  /** The version each field has now. */
  readonly applied: LiveVersions;
  readonly refused: Verdict['refused'];
}

/** What whoever joins a session is given. */
export interface JoinedSession {
  readonly row: SessionRow;
  readonly present: readonly VisitorRow[];
  /** The server's clock. */
  readonly now: Date;
}

/** What somebody whom a session is about writes in it; the agenda only in part. */
const ATTENDEES_FIELDS: ReadonlySet<string> = new Set<LiveField>(['agenda', 'discussionNotes']);

/** The document that the participants of a session write together while it is prepared and held. */
export class DocumentsService {
  readonly #uow: UnitOfWork;
  readonly #desk: SessionDesk;
  readonly #visits: VisitRepository;
  readonly #edits: EditLog;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; desk: SessionDesk; visits: VisitRepository; edits: EditLog; clock: Clock }) {
    this.#uow = deps.uow;
    this.#desk = deps.desk;
    this.#visits = deps.visits;
    this.#edits = deps.edits;
    this.#clock = deps.clock;
  }

  /** @throws Problem 404. */
  async read(by: Principal, id: string): Promise<JoinedSession> {
    const row = await this.#desk.get(by, id);
    return { row, present: await this.#uow.read((db) => this.#visits.visitors(db, id)), now: this.#clock.now() };
  }

  /**
   * Writes what nobody else has written since; what it answers is stored.
   * @param base the versions the write is made on; a field that is missing was never seen
   * @throws Problem 403 (not the caller's to write), 404, 409 (neither prepared nor held), 422 (a promise of nobody in it).
   */
  write(by: Principal, id: string, updates: DocumentUpdates, base: LiveVersions): Promise<WriteOutcome> {
    return this.#uow.write(by, async (tx) => {
      const session = await this.#desk.open(tx, by, id);
      const { record } = session;
      assertState(record, ['preparing', 'live'], 'nothing can be written in it');
      const writer = { id: by.agentId, source: attends(by, session.before) ? 'agent' : 'leader' } as const;
      assertMayWrite(by, session, Object.keys(updates));
      assertOfParticipants(updates.commitments ?? [], record.commitments, participantsOf(session.before), '/body/updates/commitments');
      const { writes, agreed, refused } = judge(record, record.fieldVersions, asStored(updates, record.agenda, writer), base);
      if (writes.agenda && writer.source === 'agent') assertOwnPoints(by, record.agenda, writes.agenda as AgendaPoint[]);
      if (Object.keys(writes).length > 0) await this.#store(tx, by, session, writes);
      const current = [...(Object.keys(writes) as LiveField[]), ...agreed].map((field) => [field, record.fieldVersions[field] ?? 0]);
      return { applied: Object.fromEntries(current) as LiveVersions, refused };
    });
  }

  async #store(tx: Tx, by: Principal, { record }: OpenSession, writes: Verdict['writes']): Promise<void> {
    const fields = Object.keys(writes) as LiveField[];
    const was = Object.fromEntries(fields.map((field) => [field, record[field]]));
    Object.assign(record, writes);
    countWrites(record, fields);
    await this.#edits.note(tx, by, record.id, was, writes);
    await dropPassing(tx, sessionUpdated.type, record.id);
    await this.#desk.announce(tx, record, { passing: true });
  }
}

/** Who runs the session writes everything; those it is about write along while it is live, and add to the agenda before. @throws Problem 403. */
function assertMayWrite(by: Principal, { record, before }: OpenSession, fields: readonly string[]): void {
  if (runs(by, before)) return;
  if (!attends(by, before)) return assertRuns(by, before);
  const others = fields.filter((field) => !ATTENDEES_FIELDS.has(field) || (field === 'discussionNotes' && record.status !== 'live'));
  if (others.length > 0) throw forbidden(`Those who hold the session write ${others.join(', ')}.`, 'not_your_field');
}

/** An attendee adds points, and changes or takes back their own. @throws Problem 403. */
function assertOwnPoints(by: Principal, before: readonly AgendaPoint[], after: readonly AgendaPoint[]): void {
  const others = (points: readonly AgendaPoint[]): AgendaPoint[] => points.filter(({ addedBy }) => addedBy !== by.agentId);
  if (!isDeepStrictEqual(others(before), others(after))) throw forbidden('Points of others stay as they are.', 'not_your_field');
}

function asStored({ agenda, commitments, ...rest }: DocumentUpdates, known: readonly AgendaPoint[], writer: { readonly id: number; readonly source: 'agent' | 'leader' }): Partial<Record<LiveField, unknown>> {
  // Where a point of an attendee comes from is not theirs to say.
  const points = writer.source === 'agent' ? agenda?.map((point) => ({ ...point, source: undefined, refId: undefined })) : agenda;
  return {
    ...rest,
    ...(points && { agenda: agendaFrom(points, known, writer) }),
    ...(commitments && { commitments: commitmentsFrom(commitments) }),
  };
}
