import type { Principal } from '../auth/principal.ts';
import { calendarFile, type CalendarContext } from './calendar-file.ts';
import type { SessionDesk } from './session-desk.ts';

/** Sessions as files to be opened by a calendar. */
export class CalendarsService {
  readonly #desk: SessionDesk;
  readonly #sender: Omit<CalendarContext, 'now'>;
  readonly #now: () => Date;

  constructor(deps: { desk: SessionDesk; sender: Omit<CalendarContext, 'now'>; now: () => Date }) {
    this.#desk = deps.desk;
    this.#sender = deps.sender;
    this.#now = deps.now;
  }

  /** One that takes the entry out of the calendar where the session does not take place. @throws Problem 404. */
  async file(by: Principal, id: string): Promise<string> {
    const row = await this.#desk.get(by, id);
    const isOff = row.status === 'cancelled' || row.status === 'no_show';
    return calendarFile(row, isOff ? 'CANCEL' : 'PUBLISH', null, { now: this.#now(), ...this.#sender });
  }
}
