import type { Principal } from '../auth/principal.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { unprocessable } from '../errors/problem.ts';
import { AHEAD, assertState, attends, type SessionDesk } from './session-desk.ts';
import { agendaFrom, countWrites, type NewAgendaPoint } from './session-document.ts';
import type { SessionLetters } from './session-letters.service.ts';
import type { SessionRow } from './session.repository.ts';

const MOST_POINTS = 50;

/** What is to be talked about, added to by everybody who takes part. */
export class AgendaService {
  readonly #uow: UnitOfWork;
  readonly #desk: SessionDesk;
  readonly #letters: SessionLetters;

  constructor(deps: { uow: UnitOfWork; desk: SessionDesk; letters: SessionLetters }) {
    this.#uow = deps.uow;
    this.#desk = deps.desk;
    this.#letters = deps.letters;
  }

  /** @throws Problem 404, 409 (over already), 422 (the agenda is full). */
  add(by: Principal, id: string, point: NewAgendaPoint): Promise<SessionRow> {
    return this.#uow.write(by, async (tx) => {
      const { record, before } = await this.#desk.open(tx, by, id);
      assertState(record, AHEAD, 'its agenda takes no more points');
      if (record.agenda.length >= MOST_POINTS) throw unprocessable('agenda_full', `An agenda has at most ${MOST_POINTS} points.`);
      const [added] = agendaFrom([{ ...point, id: undefined }], [], { id: by.agentId, source: attends(by, before) ? 'agent' : 'leader' });
      if (!added) return before;
      record.agenda = [...record.agenda, added];
      countWrites(record, ['agenda']);
      const row = await this.#desk.announce(tx, record);
      tx.audit({ action: 'session.agenda_add', targetType: 'coaching_session', targetId: id, after: { pointId: added.id, source: added.source } });
      await this.#letters.agendaAdded(tx, row, added.title, added.id);
      return row;
    });
  }
}
