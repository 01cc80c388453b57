import type { components } from '../http/contract.types.ts';
import type { IntervalRow, StatusSeconds } from './ledger.repository.ts';
import type { PresenceRecord } from './ledger.service.ts';

type Schemas = components['schemas'];

/** The record as it is read: what counts, what was put aside, and the sums. */
export function presentPresence({ intervals, corrections, days, asOf, ...rest }: PresenceRecord): Schemas['Presence'] {
  return {
    ...rest,
    asOf: asOf.toISOString(),
    intervals: intervals.filter((row) => row.supersededAt === null).map(presentInterval),
    superseded: intervals.flatMap((row) => (row.supersededAt === null || row.supersededBy === null ? [] : [{ ...presentInterval(row), supersededAt: row.supersededAt, supersededBy: row.supersededBy }])),
    corrections: [...corrections],
    days: days.map(({ date, opens, closes, seconds }) => ({ date, startsAt: opens.toISOString(), endsAt: closes.toISOString(), seconds: withHours(seconds) })),
    totals: withHours(days.reduce((sum, day) => add(sum, day.seconds), { online: 0, away: 0, busy: 0, offline: 0 })),
  };
}

const presentInterval = ({ supersededAt: _at, supersededBy: _by, ...row }: IntervalRow): Schemas['PresenceInterval'] => row;

const withHours = ({ online, away, busy, offline }: StatusSeconds): Schemas['PresenceSeconds'] => ({
  online, away, busy, offline, onlineHours: (online + away + busy) / 3600, awayHours: away / 3600,
});

const add = (a: StatusSeconds, b: StatusSeconds): StatusSeconds => ({
  online: a.online + b.online, away: a.away + b.away, busy: a.busy + b.busy, offline: a.offline + b.offline,
});
