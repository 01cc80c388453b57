import type { Principal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { AcknowledgementRepository } from './acknowledgement.repository.ts';
import type { Deadlines } from './deadlines.ts';
import type { SchedulingService } from './scheduling.service.ts';
import { assertState, participantsOf, type SessionDesk } from './session-desk.ts';
import type { ActionsService, NewAction } from '../actions/actions.service.ts';
import { unprocessable } from '../errors/problem.ts';
import { assertOfParticipants, commitmentsFrom, countWrites, type NewCommitment } from './session-document.ts';
import type { SessionLetters } from './session-letters.service.ts';
import type { SummariesService } from './summaries.service.ts';
import type { SessionRecord } from './session.entity.ts';
import type { SessionRow } from './session.repository.ts';

/** What a session ends with; everything may be left out. */
export interface Completion {
  readonly summary?: string | undefined;
  readonly commitments?: readonly NewCommitment[] | undefined;
  readonly addressedNoteIds?: readonly string[] | undefined;
  /** Agreed in the session; of a group each says with whom. */
  readonly actionItems?: readonly (Omit<NewAction, 'agentId' | 'sessionId'> & { readonly agentId?: number | undefined })[] | undefined;
  readonly followUp?: { readonly scheduledAt: string; readonly durationMinutes?: number | undefined; readonly despiteLeave?: boolean | undefined } | undefined;
}

/** What the rooms that a completion reaches into lend it. All of them join its transaction. */
export interface CompletionNeeds {
  readonly uow: UnitOfWork;
  readonly desk: SessionDesk;
  readonly acknowledgements: AcknowledgementRepository;
  readonly deadlines: Deadlines;
  readonly scheduling: SchedulingService;
  readonly letters: SessionLetters;
  readonly summaries: SummariesService;
  readonly actions: ActionsService;
  /** Marks notes about these people as addressed by the session. */
  readonly addressNotes: (by: Principal, sessionId: string, noteIds: readonly string[], agentIds: readonly number[]) => Promise<void>;
  /** The figures of these people are to be computed again. */
  readonly markFiguresStale: (tx: Tx, agentIds: readonly number[]) => Promise<void>;
}

/** The end of a session: what was dealt with, agreed and booked is stored together or not at all. */
export class CompletionService {
  readonly #needs: CompletionNeeds;

  constructor(needs: CompletionNeeds) {
    this.#needs = needs;
  }

  /** @throws Problem 403, 404, 409 (naming the state; a clash of the follow-up), 422 (notes or promises of others; the follow-up's time). */
  complete(by: Principal, id: string, completion: Completion): Promise<SessionRow> {
    return this.#needs.uow.write(by, async (tx) => {
      const { record, before } = await this.#needs.desk.openToRun(tx, by, id);
      assertState(record, ['live'], 'it cannot be completed');
      const attendeeIds = before.attendees.map((attendee) => attendee.id);
      assertOfParticipants(completion.commitments ?? [], record.commitments, participantsOf(before));
      await this.#needs.addressNotes(by, id, completion.addressedNoteIds ?? [], attendeeIds);
      // While it is live: who holds it agrees on things with those who attend it, and with nobody later.
      await this.#agree(by, before, completion.actionItems ?? []);
      writeDown(record, completion, tx.now);
      await tx.em.flush();
      await this.#askAttendees(tx, id);
      const followUp = completion.followUp && (await this.#followUp(by, before, completion.followUp));
      const row = await this.#needs.desk.announce(tx, record);
      await this.#needs.markFiguresStale(tx, attendeeIds);
      tx.audit({
        action: 'session.complete', targetType: 'coaching_session', targetId: id, before: { status: 'live' },
        after: { status: 'completed', commitments: row.commitments.length, addressedNoteIds: completion.addressedNoteIds ?? [], actionItems: completion.actionItems?.length ?? 0, followUpSessionId: row.followUpSessionId },
      });
      await this.#needs.letters.completed(tx, row, await this.#needs.summaries.actionsByReader(row), followUp);
      return row;
    });
  }

  async #agree(by: Principal, session: SessionRow, agreed: NonNullable<Completion['actionItems']>): Promise<void> {
    for (const [n, { agentId = session.agentId, ...item }] of agreed.entries()) {
      if (agentId === null || session.attendees.every(({ id }) => id !== agentId)) throw unprocessable('unknown_attendee', 'Action items are agreed with those who attend the session.', [{ path: `/body/actionItems/${n}/agentId`, message: 'An action item is for nobody of the session.' }]);
      await this.#needs.actions.create(by, { ...item, agentId, sessionId: session.id });
    }
  }

  /** Everybody is asked to acknowledge by the deadline of their team. */
  async #askAttendees(tx: Tx, id: string): Promise<void> {
    for (const { agentId, teamId } of await this.#needs.acknowledgements.answers(tx, id)) {
      await this.#needs.acknowledgements.ask(tx, id, agentId, await this.#needs.deadlines.acknowledgement(tx, teamId, tx.now));
    }
  }

  /** With the same people, about the same, by whoever held this one. */
  #followUp(by: Principal, session: SessionRow, { scheduledAt, durationMinutes, despiteLeave }: NonNullable<Completion['followUp']>): Promise<SessionRow> {
    const people = session.agentId === null ? { attendeeIds: session.attendees.map(({ id }) => id) } : { agentId: session.agentId };
    return this.#needs.scheduling.schedule(by, {
      ...people,
      facilitatorId: session.facilitator.id,
      scheduledAt,
      durationMinutes: durationMinutes ?? session.durationMinutes,
      focusMetrics: session.focusMetrics,
      goalIds: session.goalIds,
      previousSessionId: session.id,
      ...(session.remoteUrl === null ? {} : { remoteUrl: session.remoteUrl }),
      despiteLeave,
    });
  }
}

function writeDown(record: SessionRecord, { summary, commitments }: Completion, now: Date): void {
  record.status = 'completed';
  record.completedAt = now;
  record.startedAt ??= now;
  if (summary !== undefined) {
    record.summary = summary;
    countWrites(record, ['summary']);
  }
  if (commitments) {
    record.commitments = commitmentsFrom(commitments);
    countWrites(record, ['commitments']);
  }
}
