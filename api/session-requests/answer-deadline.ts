import type { Db } from '../db/db.ts';
import { addWorkingDays, type BusinessCalendar } from '../performance/business-day.ts';

/** What the team of a person allows those who lead them, in business days; the teams room lends it. */
export type DaysToAnswer = (db: Db, agentId: number) => Promise<number>;

/** When a request is to be answered: at the end of the last of so many working days after this moment, by the business's clock. */
export const answerDue = (calendar: BusinessCalendar, now: Date, days: number): Date => calendar.endOf(addWorkingDays(calendar.dayOf(now), days));
