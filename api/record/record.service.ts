import type { AgentsService } from '../agents/agents.service.ts';
import { mayManage, type Principal } from '../auth/principal.ts';
import type { Db } from '../db/db.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { forbidden, notFound, unprocessable } from '../errors/problem.ts';
import type { Place, SectionPage, Subject } from './record-page.ts';
import type { RecordRepository } from './record.repository.ts';

/** Gives people, or those who answer for them, everything that is kept about them. */
export class RecordService {
  readonly #uow: UnitOfWork;
  readonly #record: RecordRepository;
  readonly #agents: AgentsService;

  constructor(deps: { uow: UnitOfWork; record: RecordRepository; agents: AgentsService }) {
    this.#uow = deps.uow;
    this.#record = deps.record;
    this.#agents = deps.agents;
  }

  /**
   * A person's record as pieces of one JSON text. It is noted in the audit log before the first piece is read.
   * Private notes are in an administrator's answer to somebody else's request for access, and nowhere else.
   *
   * @param reason what somebody else's record is read for; needed there
   * @throws Problem 403 (somebody else's, and not the caller's to give out), 404, 422 (no reason)
   */
  async export(by: Principal, agentId: number, reason?: string): Promise<AsyncIterable<string>> {
    const agent = await this.#agents.get(agentId);
    const isOwn = by.agentId === agentId;
    if (!isOwn && !mayManage(by, agent.role)) throw forbidden('Everybody reads their own record; managers and administrators give out those of others.', 'not_your_record');
    if (!isOwn && !reason) throw unprocessable('reason_missing', 'Say what somebody else’s record is read for.', [{ path: '/query/reason', message: 'is missing' }]);
    const subject = { agentId, withPrivateNotes: !isOwn && by.role === 'admin' };
    const madeAt = await this.#uow.write(by, (tx) => {
      tx.audit({ action: 'record.export', targetType: 'agent', targetId: agentId, after: { reason: reason ?? null, withPrivateNotes: subject.withPrivateNotes } });
      return Promise.resolve(tx.now);
    });
    return this.#pieces(subject, { agentId, madeAt: madeAt.toISOString(), madeBy: { id: by.agentId, name: by.name }, reason: reason ?? null, withPrivateNotes: subject.withPrivateNotes });
  }

  /** All of it as it stood at one moment. */
  #pieces(subject: Subject, head: object): AsyncGenerator<string> {
    return this.#uow.snapshot((db) => this.#read(db, subject, head));
  }

  async *#read(db: Db, subject: Subject, head: object): AsyncGenerator<string> {
    const profile = await this.#record.profile(db, subject.agentId);
    if (!profile) throw notFound('Agent');
    yield `${JSON.stringify(head).slice(0, -1)},"profile":${profile}`;
    for (const section of this.#record.sections) yield* this.#rows(db, section, subject);
    // Without it something is missing at the end.
    yield ',"isComplete":true}';
  }

  async *#rows(db: Db, section: string, subject: Subject): AsyncGenerator<string> {
    yield `,${JSON.stringify(section)}:[`;
    let after: Place | undefined;
    do {
      const { rows, next }: SectionPage = await this.#record.page(db, section, subject, after);
      if (rows.length > 0) yield `${after ? ',' : ''}${rows.join(',')}`;
      after = next ?? undefined;
    } while (after);
    yield ']';
  }
}
