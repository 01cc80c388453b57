import { systemPrincipal } from '../auth/principal.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { deliverableFrom } from '../notifications/preferences.ts';
import type { PreferencesService } from '../notifications/preferences.service.ts';
import { addDays, type BusinessCalendar } from '../performance/business-day.ts';
import type { ActionNews } from './action-news.ts';
import type { ActionsService } from './actions.service.ts';
import type { DueRow, ReminderRepository } from './reminder.repository.ts';
import { reminderAt, type Reminder } from './reminding.ts';

const REMINDER = systemPrincipal('action-items');
/** Items in one transaction. */
const BATCH = 200;
/** Somebody's tomorrow is at most two days from the business day, wherever they are. */
const AHEAD_DAYS = 2;

/** Says what follows from a day having come: what is overdue, and who is reminded of what. Each is said once per due day. */
export class RemindersService {
  readonly #uow: UnitOfWork;
  readonly #reminders: ReminderRepository;
  readonly #actions: ActionsService;
  readonly #news: ActionNews;
  readonly #preferences: PreferencesService;
  readonly #calendar: BusinessCalendar;

  constructor(deps: { uow: UnitOfWork; reminders: ReminderRepository; actions: ActionsService; news: ActionNews; preferences: PreferencesService; calendar: BusinessCalendar }) {
    this.#uow = deps.uow;
    this.#reminders = deps.reminders;
    this.#actions = deps.actions;
    this.#news = deps.news;
    this.#preferences = deps.preferences;
    this.#calendar = deps.calendar;
  }

  /** May be called by any number of workers, and again at any time: what was missed is made up for. */
  async run(): Promise<{ overdue: number; reminded: number }> {
    return { overdue: await this.#announceOverdue(), reminded: await this.#remindAll() };
  }

  /** Everybody who shows an item, and the priority queue, hear that it is overdue from today on. */
  async #announceOverdue(): Promise<number> {
    for (let total = 0; ; ) {
      const found = await this.#uow.write(REMINDER, async (tx) => {
        const items = await this.#reminders.newlyOverdue(tx, this.#calendar.dayOf(tx.now), BATCH);
        for (const item of items) if (await this.#reminders.claim(tx, item, 'overdue', tx.now)) await this.#actions.announce(tx, REMINDER, item.id);
        return items.length;
      });
      total += found;
      if (found < BATCH) return total;
    }
  }

  async #remindAll(): Promise<number> {
    let reminded = 0;
    for (let after: string | null = null; ; ) {
      const batch: { last: string | undefined; reminded: number } = await this.#uow.write(REMINDER, (tx) => this.#remindNext(tx, after));
      reminded += batch.reminded;
      if (batch.last === undefined) return reminded;
      after = batch.last;
    }
  }

  async #remindNext(tx: Tx, after: string | null): Promise<{ last: string | undefined; reminded: number }> {
    const today = this.#calendar.dayOf(tx.now);
    const items = await this.#reminders.waiting(tx, addDays(today, AHEAD_DAYS), after, BATCH);
    const people = new Map((await this.#preferences.recipients(tx, { userIds: items.map((item) => item.assignedTo) })).map(({ id, preferences }) => [id, this.#preferences.quietOf(preferences)]));
    let reminded = 0;
    for (const item of items) {
      const quiet = people.get(item.assignedTo);
      // Whoever has their quiet hours is reminded by a later run.
      if (!quiet || deliverableFrom(quiet, tx.now) > tx.now) continue;
      const reminder = reminderAt(item, quiet.zone, today, tx.now);
      if (reminder && (await this.#remind(tx, item, reminder))) reminded++;
    }
    return { last: items.length < BATCH ? undefined : items.at(-1)?.id, reminded };
  }

  async #remind(tx: Tx, item: DueRow, reminder: Reminder): Promise<boolean> {
    if (!(await this.#reminders.claim(tx, item, reminder === 'before' ? 'remind_before' : 'remind_after', tx.now))) return false;
    const row = await this.#actions.get(REMINDER, item.id);
    await (reminder === 'before' ? this.#news.due(tx, row) : this.#news.overdue(tx, row));
    return true;
  }
}
