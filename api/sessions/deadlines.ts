import type { Db } from '../db/db.ts';
import { addWorkingDays, type BusinessCalendar } from '../performance/business-day.ts';

/** What a team allows, in business days; the teams room lends it. */
export type DaysAllowed = (db: Db, teamId: string | null) => Promise<{ readonly acknowledgementDays: number; readonly disputeDays: number }>;

/** When answers are due: at the end of a business day, by the installation's clock. */
export class Deadlines {
  readonly #calendar: BusinessCalendar;
  readonly #allowed: DaysAllowed;

  constructor(deps: { calendar: BusinessCalendar; allowed: DaysAllowed }) {
    this.#calendar = deps.calendar;
    this.#allowed = deps.allowed;
  }

  async acknowledgement(db: Db, teamId: string | null, now: Date): Promise<Date> {
    return this.#after(now, (await this.#allowed(db, teamId)).acknowledgementDays);
  }

  async dispute(db: Db, teamId: string | null, now: Date): Promise<Date> {
    return this.#after(now, (await this.#allowed(db, teamId)).disputeDays);
  }

  #after(now: Date, days: number): Date {
    return this.#calendar.endOf(addWorkingDays(this.#calendar.dayOf(now), days));
  }
}
