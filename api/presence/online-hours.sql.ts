import { sql, type RawBuilder } from '../db/db.ts';

/** The business day it is, where it begins, and what time it is. */
export interface DayNow {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly opens: Date;
  readonly now: Date;
}

/**
 * Hours a person `a` was not offline today, to the second: what ended before their present status, and the part of that
 * status that falls into the day. Rounded to hundredths, as `onlineHoursToday` is.
 */
export const onlineHoursToday = ({ date, opens, now }: DayNow): RawBuilder<number> => sql<number>`round(((
  case when a.online_day = ${date}::date then a.online_seconds_before else 0 end
  + case when a.online_status = 'offline' then 0
      else greatest(0, extract(epoch from ${now}::timestamptz - greatest(a.status_since, ${opens}::timestamptz))) end) / 3600)::numeric, 2)::float8`;
