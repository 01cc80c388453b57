import { addDays, datesFrom } from '../performance/business-day.ts';
import { DayTable } from '../performance/day-table.ts';
import type { SumKey } from '../performance/metric-sums.ts';
import { TARGET_METRICS, type TargetMetric } from '../performance/team-settings.ts';
import { QUEUE_CONSTANTS } from '../priority-queue/queue-constants.ts';
import { mannKendall } from '../statistics/robust-trend.ts';
import { historyOf, teamOf, type BlocksOf, type PersonHistory, type PlannedContact } from './history.ts';
import type { Roster } from './shifts.ts';
import type { Skill, StoryPerson } from './story/people.ts';

/** Chance alone makes a trend of one life in eight or so; after so many takes the last one has to do. */
const TAKES = 24;

/** Which metric tells of which skill. */
const METRIC_OF: Readonly<Partial<Record<keyof Skill, TargetMetric>>> = { csat: 'csat', handle: 'aht' };

/**
 * The first of a person's possible lives up to now in which the last four weeks show just the trends that the story
 * gives this person, and no others: what chance looks like cannot be told from a story by whoever reads it.
 *
 * @param firstDay shifts are told from this business day on
 * @returns the life, and its number, with which later days of it are told
 */
export function castStory(roster: Roster, person: StoryPerson, firstDay: string, now: number, blocksOf: BlocksOf): PersonHistory & { take: number } {
  const today = roster.calendar.dayOf(new Date(now));
  const wanted = (person.drifts ?? []).flatMap((drift) => METRIC_OF[drift.skill] ?? []).sort().join();
  for (let take = 0; ; take++) {
    const history = historyOf(roster, person, { from: firstDay, to: today }, blocksOf, take);
    if (take === TAKES - 1 || trendingMetrics(history, roster, today, now) === wanted) return { ...history, take };
  }
}

function trendingMetrics({ contacts }: PersonHistory, { calendar }: Roster, today: string, now: number): string {
  const dates = datesFrom(addDays(today, 1 - QUEUE_CONSTANTS.windowDays), today);
  const starts = dates.map((date) => calendar.startOf(date).getTime());
  const days = dates.map((): PlannedContact[] => []);
  for (const contact of contacts) {
    if (contact.endedAt <= now) days[starts.findLastIndex((start) => start <= contact.startedAt)]?.push(contact);
  }
  const table = DayTable.of(days.flatMap((list, day) => (list.length > 0 ? [{ day, sums: sumsOf(list) }] : [])));
  return WATCHED.filter((metric) => isTrending(table, metric)).sort().join();
}

/** What the daily row of these contacts will hold, as far as trends are looked for in it. */
function sumsOf(contacts: readonly PlannedContact[]): Partial<Record<SumKey, number>> {
  const sums: Partial<Record<SumKey, number>> = {};
  const add = (key: SumKey, value: number | boolean | null): void => void (sums[key] = (sums[key] ?? 0) + Number(value));
  for (const contact of contacts) {
    const { waitSeconds, rating, resolved, firstContact } = contact;
    const answered = contact.outcome === 'answered';
    if (!contact.kind.outbound) add('slaEligible', 1);
    if (!answered) continue;
    add('withinTarget', waitSeconds !== null && waitSeconds <= targetSeconds(contact));
    add('waitCount', waitSeconds !== null);
    add('waitSeconds', waitSeconds);
    add('handleCount', 1);
    add('talkSeconds', contact.talkSeconds);
    add('holdSeconds', contact.holdSeconds);
    add('acwSeconds', contact.acwSeconds);
    add('resolutionCount', 1);
    add('resolutionResolved', resolved);
    add('firstContactEligible', 1);
    add('firstContactResolved', resolved && firstContact);
    add('ratingCount', rating !== null);
    add('ratingSum', rating);
  }
  return sums;
}

function targetSeconds({ kind, team }: PlannedContact): number {
  const { serviceLevelSeconds, firstResponseSeconds } = teamOf(team).settings;
  return kind.channel === 'voice' ? serviceLevelSeconds : firstResponseSeconds[kind.channel];
}

/** By the rule of the priority queue. */
function isTrending(table: DayTable, metric: TargetMetric): boolean {
  const values = Array.from({ length: table.length }, (_, row) => table.metricOn(row, metric)).filter((value) => value !== null);
  return values.length >= QUEUE_CONSTANTS.trendMinimumDays && mannKendall(values).p < QUEUE_CONSTANTS.trendSignificance;
}

const WATCHED = TARGET_METRICS.filter((metric) => metric !== 'sentiment');
