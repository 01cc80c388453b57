import type { AgentsService } from '../agents/agents.service.ts';
import { leads, systemPrincipal, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors/problem.ts';
import type { NotesService } from '../notes/notes.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { attendeeOf } from '../sessions/attendee-of.ts';
import type { PreparationCompiler } from './compiler.service.ts';
import { concernOf, PREPARATION_NEWS, preparationUpdated } from './preparation.events.ts';
import type { PreparationContent } from './preparation-content.ts';
import type { DuePreparation, PreparationRepository } from './preparation.repository.ts';

const SYSTEM = systemPrincipal('preparation');
/** Events read at once. */
const BATCH = 1000;
/** Notes shown. */
const NOTES = 100;

/** What the preparation needs to know of a session. */
export interface PreparedSession {
  readonly id: string;
  readonly facilitatorId: number;
  readonly attendeeIds: readonly number[];
}

/** A session that the caller may see. @throws Problem 404. The sessions room lends it. */
export type ReadPreparedSession = (by: Principal, sessionId: string) => Promise<PreparedSession>;

type WaitingNotes = Awaited<ReturnType<NotesService['list']>>['rows'];

/** A preparation as a reader may see it. */
export interface Preparation {
  readonly sessionId: string;
  readonly agentId: number;
  readonly agentName: string;
  readonly status: 'pending' | 'ready' | 'stale';
  readonly computedAt: string | null;
  /** Notes that wait to be addressed, as they are now and as far as the reader may see them. */
  readonly notes: WaitingNotes;
  readonly content: PreparationContent | null;
  /** Leads the person: reads the queue's reasons. */
  readonly isLeader: boolean;
  /** May follow to the rows behind the figures. */
  readonly mayFollow: boolean;
}

/** What is compiled for a session, and that it stays true. */
export class PreparationService {
  readonly #uow: UnitOfWork;
  readonly #preparations: PreparationRepository;
  readonly #compiler: PreparationCompiler;
  readonly #session: ReadPreparedSession;
  readonly #announceReady: (tx: Tx, sessionId: string) => Promise<void>;
  readonly #agents: AgentsService;
  readonly #notes: NotesService;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: {
    uow: UnitOfWork; preparations: PreparationRepository; compiler: PreparationCompiler; session: ReadPreparedSession;
    announceReady: (tx: Tx, sessionId: string) => Promise<void>; agents: AgentsService; notes: NotesService; calendar: BusinessCalendar; clock: Clock;
  }) {
    this.#uow = deps.uow;
    this.#preparations = deps.preparations;
    this.#compiler = deps.compiler;
    this.#session = deps.session;
    this.#announceReady = deps.announceReady;
    this.#agents = deps.agents;
    this.#notes = deps.notes;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /**
   * @param agentId about whom; needed where the session has several attendees and the caller is none of them
   * @throws Problem 404 (no such session, or not an attendee the caller may look at), 422 (several are meant)
   */
  async get(by: Principal, sessionId: string, agentId?: number): Promise<Preparation> {
    const session = await this.#session(by, sessionId);
    const agent = await this.#agents.get(attendeeOf(session.attendeeIds, by, agentId));
    const isSelf = by.agentId === agent.id;
    const isLeader = !isSelf && leads(by, agent.teamId);
    if (!isSelf && !isLeader && by.agentId !== session.facilitatorId) throw notFound('Agent');
    const row = await this.#uow.read((db) => this.#preparations.byKey(db, session.id, agent.id));
    const { rows: notes } = await this.#notes.list(by, { agentId: agent.id, addressed: false }, 1, NOTES);
    return {
      sessionId: session.id, agentId: agent.id, agentName: agent.fullName, notes, isLeader, mayFollow: isSelf || isLeader,
      status: !row?.content ? 'pending' : row.staleSince ? 'stale' : 'ready',
      computedAt: row?.computedAt ?? null,
      content: row?.content ?? null,
    };
  }

  /**
   * Reads what happened since the last time, marks what it made untrue, and compiles whatever waits. Several at once share
   * the work; killed at any point, the next one does what is left.
   */
  async refresh(): Promise<void> {
    while ((await this.#uow.write(SYSTEM, (tx) => this.#markNext(tx))) === BATCH);
    const failures: unknown[] = [];
    for (const { sessionId, agentId } of await this.#uow.read((db) => this.#preparations.waiting(db))) {
      // One that cannot be compiled must not keep the others waiting.
      await this.#compile(sessionId, agentId).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  async #markNext(tx: Tx): Promise<number> {
    const from = await this.#preparations.heardTo(tx, tx.now);
    const news = await this.#preparations.news(tx, from, PREPARATION_NEWS, BATCH);
    const concerns = news.map(concernOf).filter((concern) => concern !== 'nobody');
    const last = news.at(-1);
    if (concerns.includes('everybody')) await this.#preparations.markStale(tx, 'everybody', tx.now);
    else {
      const agentIds = [...new Set(concerns.flatMap((concern) => (concern !== 'everybody' && 'agentIds' in concern ? concern.agentIds : [])))];
      const teamIds = [...new Set(concerns.flatMap((concern) => (concern !== 'everybody' && 'teamIds' in concern ? concern.teamIds : [])))];
      if (agentIds.length > 0) await this.#preparations.markStale(tx, { agentIds }, tx.now);
      if (teamIds.length > 0) await this.#preparations.markStale(tx, { teamIds }, tx.now);
    }
    await this.#preparations.markOutdated(tx, this.#calendar.dayOf(tx.now), tx.now);
    await this.#preparations.open(tx, tx.now);
    if (last) await this.#preparations.heardUpTo(tx, last.seq, tx.now);
    return news.length;
  }

  /** One transaction: what happens while it runs is marked when it has ended, and compiled again. */
  #compile(sessionId: string, agentId: number): Promise<void> {
    return this.#uow.write(SYSTEM, async (tx) => {
      const due = await this.#preparations.claim(tx, sessionId, agentId);
      if (due) await this.#store(tx, due);
    });
  }

  async #store(tx: Tx, due: DuePreparation): Promise<void> {
    const { sessionId, agentId, facilitatorId, focusMetrics } = due;
    const content = await this.#compiler.compile(tx, agentId, focusMetrics, this.#calendar.dayOf(this.#clock.now()));
    await this.#preparations.store(tx, due, content, tx.now);
    tx.record(preparationUpdated.record(`${sessionId}/${agentId}`, { sessionId, agentId, computedAt: tx.now.toISOString() }, { agentId, userIds: [facilitatorId] }));
    if (await this.#preparations.isReady(tx, sessionId)) await this.#announceReady(tx, sessionId);
  }
}
