import type { Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/db.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { forbidden, unprocessable } from '../errors/problem.ts';
import { daysBetween, type BusinessCalendar } from '../performance/business-day.ts';
import type { MetricId } from '../performance/metric-definitions.ts';
import type { PerformanceService } from '../performance/performance.service.ts';
import type { ActionEvidenceRepository, CommentRow, EvidenceRow } from './action-evidence.repository.ts';
import type { ActionNews } from './action-news.ts';
import type { MeasuredEvidence } from './action.presenter.ts';
import type { ActionRow, ActionsService } from './actions.service.ts';

export type NewEvidence =
  | { readonly kind: 'interaction'; readonly interactionId: string; readonly text?: string | undefined }
  | { readonly kind: 'metric'; readonly metric: MetricId; readonly from: string; readonly to: string; readonly text?: string | undefined }
  | { readonly kind: 'link'; readonly url: string; readonly text?: string | undefined }
  | { readonly kind: 'text'; readonly text: string };

/** Answers whether an interaction is there and about that person; the interactions room lends it. */
export type InteractionIsAbout = (by: Principal, interactionId: string, agentId: number) => Promise<boolean>;

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** The longest period a metric is shown for, as for daily rows. */
const MAX_DAYS = 90;

/** What is said about action items, by everybody who can read them, and what shows that they are done, by the person and who leads them. */
export class ActionEvidenceService {
  readonly #uow: UnitOfWork;
  readonly #actions: ActionsService;
  readonly #evidence: ActionEvidenceRepository;
  readonly #news: ActionNews;
  readonly #performance: PerformanceService;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;
  readonly #interactionIsAbout: InteractionIsAbout;

  constructor(deps: { uow: UnitOfWork; actions: ActionsService; evidence: ActionEvidenceRepository; news: ActionNews; performance: PerformanceService; calendar: BusinessCalendar; clock: Clock; interactionIsAbout: InteractionIsAbout }) {
    this.#uow = deps.uow;
    this.#actions = deps.actions;
    this.#evidence = deps.evidence;
    this.#news = deps.news;
    this.#performance = deps.performance;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
    this.#interactionIsAbout = deps.interactionIsAbout;
  }

  /** @throws Problem 404. */
  comments(by: Principal, id: string, page: number, limit: number): Promise<Page<CommentRow>> {
    return this.#uow.read(async (db) => {
      await this.#actions.get(by, id);
      return this.#evidence.comments(db, id, page, limit);
    });
  }

  /** @throws Problem 404. */
  comment(by: Principal, id: string, text: string): Promise<CommentRow> {
    return this.#uow.write(by, async (tx) => {
      await this.#actions.lock(tx, by, id);
      const comment = await this.#evidence.addComment(tx, { id: newId(), itemId: id, authorId: by.agentId, text, at: tx.now });
      tx.audit({ action: 'action.comment', targetType: 'action_item', targetId: id, after: { commentId: comment.id, text } });
      await this.#news.commented(tx, await this.#actions.announce(tx, by, id), comment);
      return comment;
    });
  }

  /** With the figures as they are today, so that they agree with every other screen. @throws Problem 403, 404. */
  list(by: Principal, id: string, page: number, limit: number): Promise<Page<MeasuredEvidence>> {
    return this.#uow.read(async (db) => {
      const { agentId } = await this.#followed(by, id);
      const { rows, total } = await this.#evidence.evidence(db, id, page, limit);
      return { rows: await this.#measured(db, agentId, rows), total };
    });
  }

  /** @throws Problem 403, 404, 422 (an interaction of somebody else, days without a row of that metric). */
  add(by: Principal, id: string, given: NewEvidence): Promise<MeasuredEvidence> {
    return this.#uow.write(by, async (tx) => {
      await this.#followed(by, id);
      const { agentId } = await this.#actions.lock(tx, by, id);
      if (given.kind === 'metric') await this.#assertMeasured(tx, agentId, given);
      if (given.kind === 'interaction' && !(await this.#interactionIsAbout(by, given.interactionId, agentId))) {
        throw unprocessable('unknown_interaction', 'There is no such interaction of this person.', [{ path: '/body/interactionId', message: 'is not an interaction of this person' }]);
      }
      const none = { interactionId: null, metric: null, from: null, to: null, url: null, text: null };
      const row = await this.#evidence.addEvidence(tx, { ...none, ...given, text: given.text ?? null, id: newId(), actionItemId: id, addedBy: by.agentId, createdAt: tx.now });
      tx.audit({ action: 'action.evidence', targetType: 'action_item', targetId: id, after: { evidenceId: row.id, ...given } });
      await this.#actions.announce(tx, by, id);
      const [measured] = await this.#measured(tx, agentId, [row]);
      if (!measured) throw new Error('one row was measured');
      return measured;
    });
  }

  /** @throws Problem 403 (who only holds its session), 404. */
  async #followed(by: Principal, id: string): Promise<ActionRow> {
    const item = await this.#actions.get(by, id);
    if (await this.#actions.mayFollow(by, item)) return item;
    throw forbidden('The figures and interactions of somebody are for them, and for those who lead them.', 'not_yours_to_follow');
  }

  async #assertMeasured(db: Db, agentId: number, { metric, from, to }: NewEvidence & { kind: 'metric' }): Promise<void> {
    const wrong = (path: string, message: string) => unprocessable('invalid_period', `${path.slice('/body/'.length)} ${message}.`, [{ path, message }]);
    if (from > to) throw wrong('/body/from', 'is after to');
    if (to > this.#calendar.dayOf(this.#clock.now())) throw wrong('/body/to', 'is in the future');
    if (daysBetween(from, to) >= MAX_DAYS) throw wrong('/body/from', `is more than ${MAX_DAYS} days before to`);
    const [figure] = await this.#performance.figures(db, [{ agentId, metric, from, to }]);
    if (!figure || figure.n === 0) throw wrong('/body/metric', 'was not measured of this person on these days');
  }

  async #measured(db: Db, agentId: number, rows: readonly EvidenceRow[]): Promise<MeasuredEvidence[]> {
    const asked = rows.flatMap(({ id, metric, from, to }) => (metric && from && to ? [{ id, agentId, metric, from, to }] : []));
    const figures = await this.#performance.figures(db, asked);
    const byId = new Map(asked.map(({ id }, i) => [id, figures[i]]));
    return rows.map((row) => ({ ...row, agentId, value: byId.get(row.id)?.value ?? null, n: byId.get(row.id)?.n ?? null }));
  }
}
