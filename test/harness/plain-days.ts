import fc from 'fast-check';

import { addDays, BusinessCalendar } from '../../api/performance/business-day.ts';
import type { TestInteraction, TestInterval } from './interactions.ts';

/** A stored row, as text where PostgreSQL keeps exact numbers. */
export type Row = Record<string, number | string | null>;

/** Days around a change of the clocks in this zone. */
export const ZONE = 'Europe/Berlin';
export const FIRST = '2026-03-27';
export const LAST = '2026-03-31';
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
export const instant = fc.integer({ min: Date.parse('2026-03-27T06:00:00Z'), max: Date.parse('2026-03-31T18:00:00Z') }).map((at) => new Date(Math.floor(at / 1000) * 1000).toISOString());

/** Interactions of every kind, some of nobody. */
export const interactionOf = (agents: readonly number[]): fc.Arbitrary<TestInteraction> =>
  fc.record({
    agentId: fc.constantFrom(...agents, null),
    startedAt: instant,
    channel: fc.constantFrom('voice', 'chat', 'email', 'ticket', 'message'),
    direction: fc.constantFrom('inbound', 'inbound', 'outbound'),
    outcome: fc.constantFrom('answered', 'answered', 'answered', 'open', 'abandoned', 'missed', 'busy', 'failed', 'voicemail'),
    waitSeconds: optional(fc.constantFrom(0, 19, 20, 21, 59, 60, 61, 300, 301, 14_400, 28_801)),
    talkSeconds: optional(fc.nat({ max: 900 })),
    holdSeconds: optional(fc.nat({ max: 90 })),
    acwSeconds: optional(fc.nat({ max: 90 })),
    resolved: optional(fc.boolean()),
    firstContact: optional(fc.boolean()),
    rating: optional(fc.constantFrom(1, 2, 3.5, 4, 5)),
    sentiment: optional(fc.constantFrom(-1, -0.25, 0, 0.125, 1)),
  });

/** Closed intervals, with gaps, overlaps and midnights. */
export const intervalOf = (agents: readonly number[]): fc.Arbitrary<TestInterval> =>
  fc
    .record({ agentId: fc.constantFrom(...agents), status: fc.constantFrom('online', 'offline', 'away', 'busy'), startedAt: instant, minutes: fc.nat({ max: 3000 }) })
    .map(({ minutes, ...interval }) => ({ ...interval, endedAt: new Date(Date.parse(interval.startedAt) + minutes * 60_000).toISOString() }));

const TARGETS = { voice: 20, chat: 60, message: 300, email: 14_400, ticket: 28_800 } as const;

/** A stored row with the figures that {@link expected} has. */
export const plain = (row: Row) => ({
  agentId: row['agent_id'],
  handled: row['messages_handled'],
  resolved: row['tickets_resolved'],
  offered: row['offered'],
  slaEligible: row['sla_eligible'],
  within: row['within_target'],
  voice: [row['voice_sla_eligible'], row['voice_within_target'], row['voice_wait_count'], Number(row['voice_wait_seconds_sum'])],
  wait: [row['wait_count'], Number(row['wait_seconds_sum'])],
  handling: [row['handle_count'], Number(row['talk_seconds_sum']), Number(row['hold_seconds_sum']), Number(row['acw_seconds_sum'])],
  resolution: [row['resolution_count'], row['resolved_count'], row['first_contact_eligible'], row['first_contact_resolved']],
  ratings: [row['rating_count'], Number(row['rating_sum']), row['rating_top2']],
  sentiment: [row['sentiment_count'], Number(row['sentiment_sum'])],
  interactions: row['interactions'],
  online: Number(row['online_hours']),
  away: Number(row['away_hours']),
  csat: row['customer_satisfaction'] === null ? null : Number(row['customer_satisfaction']),
});

/** The same by reading the rows one after the other. */
export function expected(rows: readonly TestInteraction[], intervals: readonly TestInterval[]) {
  const calendar = new BusinessCalendar(ZONE);
  const found = [];
  for (const agentId of [...new Set([...rows, ...intervals].map((row) => row.agentId))].filter((id) => id !== null).sort((a, b) => a - b)) {
    for (let date = FIRST; date <= LAST; date = addDays(date, 1)) {
      const mine = rows.filter((row) => row.agentId === agentId && calendar.dayOf(new Date(row.startedAt)) === date);
      const online = hoursOf(intervals, calendar, agentId, date, (status) => status !== 'offline');
      if (mine.length === 0 && online === 0) continue;
      const away = hoursOf(intervals, calendar, agentId, date, (status) => status === 'away');
      found.push({ agentId, ...tally(mine), online, away });
    }
  }
  return found;
}

function tally(rows: readonly TestInteraction[]) {
  const handled = rows.filter((row) => row.outcome === 'answered');
  const offered = rows.filter((row) => row.direction === 'inbound' && ['answered', 'abandoned', 'missed', 'voicemail'].includes(row.outcome!));
  const eligible = offered.filter((row) => row.outcome !== 'answered' || row.waitSeconds !== null);
  const kept = eligible.filter((row) => row.outcome === 'answered' && row.waitSeconds! <= TARGETS[row.channel!]);
  const waited = handled.filter((row) => row.waitSeconds !== null);
  const voiceWaited = waited.filter((row) => row.channel === 'voice' && row.direction === 'inbound');
  const timed = handled.filter((row) => row.talkSeconds !== null || row.holdSeconds !== null || row.acwSeconds !== null);
  const known = handled.filter((row) => row.resolved !== null);
  const first = known.filter((row) => row.firstContact !== null);
  const rated = rows.filter((row) => row.rating !== null);
  const felt = rows.filter((row) => row.sentiment !== null);
  const sum = (list: readonly TestInteraction[], key: 'waitSeconds' | 'talkSeconds' | 'holdSeconds' | 'acwSeconds' | 'rating' | 'sentiment') =>
    list.reduce((total, row) => total + (row[key] ?? 0), 0);
  const voice = (list: readonly TestInteraction[]) => list.filter((row) => row.channel === 'voice').length;
  return {
    handled: handled.length,
    resolved: rows.filter((row) => row.resolved).length,
    offered: offered.length,
    slaEligible: eligible.length,
    within: kept.length,
    voice: [voice(eligible), voice(kept), voiceWaited.length, sum(voiceWaited, 'waitSeconds')],
    wait: [waited.length, sum(waited, 'waitSeconds')],
    handling: [timed.length, sum(timed, 'talkSeconds'), sum(timed, 'holdSeconds'), sum(timed, 'acwSeconds')],
    resolution: [known.length, known.filter((row) => row.resolved).length, first.length, first.filter((row) => row.resolved && row.firstContact).length],
    ratings: [rated.length, sum(rated, 'rating'), rated.filter((row) => row.rating! >= 4).length],
    sentiment: [felt.length, sum(felt, 'sentiment')],
    interactions: rows.length,
    csat: rated.length === 0 ? null : Math.round((sum(rated, 'rating') / rated.length) * 1e4) / 1e4,
  };
}

/** Hours by looking at every minute of the day: the intervals of the test begin and end on seconds, so by every second. */
function hoursOf(intervals: readonly TestInterval[], calendar: BusinessCalendar, agentId: number, date: string, counts: (status: string) => boolean): number {
  const mine = intervals.filter((interval) => interval.agentId === agentId && counts(interval.status));
  if (mine.length === 0) return 0;
  const [opens, closes] = [calendar.startOf(date).getTime() / 1000, calendar.endOf(date).getTime() / 1000];
  const taken = new Uint8Array(closes - opens);
  for (const { startedAt, endedAt } of mine) {
    const from = Math.max(0, Date.parse(startedAt) / 1000 - opens);
    const to = Math.min(taken.length, Date.parse(endedAt!) / 1000 - opens);
    if (to > from) taken.fill(1, from, to);
  }
  return Math.round((taken.reduce((total, one) => total + one, 0) / 3600) * 1e4) / 1e4;
}
