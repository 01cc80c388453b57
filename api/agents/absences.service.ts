import { leads, type Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/db.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, notFound, unprocessable } from '../errors/problem.ts';
import type { AbsenceKind } from './absence.entity.ts';
import type { AbsenceRepository, AbsenceRow } from './absence.repository.ts';
import type { AgentRepository, PageRequest } from './agent.repository.ts';
import { absenceChanged } from './absences.events.ts';

export interface NewAbsence {
  readonly kind: AbsenceKind;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly comment?: string | undefined;
}

/** The longest leave that is entered in one piece, in days; longer is a typing error in the year. */
const MAX_DAYS = 732;

/** Who is on leave when. The priority queue leaves them out for those days. */
export class AbsencesService {
  readonly #uow: UnitOfWork;
  readonly #absences: AbsenceRepository;
  readonly #agents: AgentRepository;

  constructor(deps: { uow: UnitOfWork; absences: AbsenceRepository; agents: AgentRepository }) {
    this.#uow = deps.uow;
    this.#absences = deps.absences;
    this.#agents = deps.agents;
  }

  /** @throws Problem 404 outside the caller's scope. */
  list(by: Principal, agentId: number, page: PageRequest): Promise<{ rows: AbsenceRow[]; total: number }> {
    return this.#uow.read(async (db) => {
      await this.#assertInScope(db, by, agentId);
      return this.#absences.list(db, agentId, page);
    });
  }

  /** Whoever of these people is away on one of the days, both included; for rules, and without saying why they are away. */
  awayOn(db: Db, agentIds: readonly number[], from: string, to: string): Promise<{ agentId: number; name: string; startsOn: string; endsOn: string }[]> {
    return this.#absences.covering(db, agentIds, from, to);
  }

  /** @throws Problem 404, 409 (overlaps leave that is there), 422 (ends before it starts). */
  create(by: Principal, agentId: number, data: NewAbsence): Promise<AbsenceRow> {
    if (data.endsOn < data.startsOn) throw unprocessable('ends_before_start', 'Leave cannot end before it starts.', [{ path: '/body/endsOn', message: 'is before startsOn' }]);
    if (Date.parse(data.endsOn) - Date.parse(data.startsOn) > MAX_DAYS * 86_400_000) {
      throw unprocessable('too_long', `Leave is at most ${MAX_DAYS} days in one piece.`, [{ path: '/body/endsOn', message: 'is too far from startsOn' }]);
    }
    return this.#uow.write(by, async (tx) => {
      await this.#assertInScope(tx, by, agentId);
      await this.#agents.forUpdate(tx, agentId);
      const clash = await this.#absences.overlapping(tx, agentId, data.startsOn, data.endsOn);
      if (clash) throw conflict('overlaps', `There is leave from ${clash.startsOn} to ${clash.endsOn} already.`);
      const id = newId();
      await this.#absences.insert(tx, { id, agentId, kind: data.kind, startsOn: data.startsOn, endsOn: data.endsOn, comment: data.comment ?? null, createdBy: by.agentId || null, createdAt: tx.now, updatedAt: tx.now });
      tx.audit({ action: 'absence.create', targetType: 'absence', targetId: id, after: { agentId, ...data } });
      tx.record(absenceChanged.record(agentId, { agentId }, { agentId }));
      const created = await this.#absences.byId(tx, agentId, id);
      if (!created) throw notFound('Absence');
      return created;
    });
  }

  /** @throws Problem 404. */
  remove(by: Principal, agentId: number, id: string): Promise<void> {
    return this.#uow.write(by, async (tx) => {
      await this.#assertInScope(tx, by, agentId);
      const absence = await this.#absences.byId(tx, agentId, id);
      if (!absence || !(await this.#absences.remove(tx, id))) throw notFound('Absence');
      tx.audit({ action: 'absence.delete', targetType: 'absence', targetId: id, before: { ...absence } });
      tx.record(absenceChanged.record(agentId, { agentId }, { agentId }));
    });
  }

  async #assertInScope(db: Db, by: Principal, agentId: number): Promise<void> {
    const agent = await this.#agents.byId(db, agentId);
    if (!agent || !(leads(by, agent.teamId) || by.agentId === agentId)) throw notFound('Agent');
  }
}
