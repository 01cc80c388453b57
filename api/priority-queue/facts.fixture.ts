import { DayTable, type TableDay } from '../performance/day-table.ts';
import { DEFAULT_TEAM_SETTINGS, SIGNAL_CODES, type SignalCode, type TeamSettings } from '../performance/team-settings.ts';
import type { Moment, PersonFacts, TeamFacts } from './queue-facts.ts';

/** Facts for tests: nothing has happened unless a test says so. */
export const MOMENT: Moment = { asOf: '2026-03-31T15:00:00.000Z', from: '2026-03-04', to: '2026-03-31' };

export function person(id: number, facts: Partial<Omit<PersonFacts, 'person' | 'days'>> & { days?: readonly TableDay[] } = {}): PersonFacts {
  const { days = [], ...rest } = facts;
  return {
    person: { id, name: `Person ${id}`, avatar: null, teamId: 't', teamName: 'Team', onlineStatus: 'online', performanceLevel: null },
    joinedOn: '2026-03-31',
    days: DayTable.of(days),
    notes: [],
    overdueActions: 0,
    lastSessionAt: null,
    lastSessionOn: null,
    nextSessionAt: null,
    nextSessionOn: null,
    sessionRunning: false,
    absence: null,
    snooze: null,
    praise: 0,
    actionsDone: 0,
    ...rest,
  };
}

export const team = (people: readonly PersonFacts[], settings: Partial<TeamSettings> = {}): TeamFacts => ({
  id: 't',
  name: 'Team',
  settings: { ...DEFAULT_TEAM_SETTINGS, ...settings },
  settingsVersion: 1,
  people,
});

/** All weight on some signals, in equal parts. */
export function weightsOn(...codes: SignalCode[]): TeamSettings['weights'] {
  return Object.fromEntries(SIGNAL_CODES.map((code) => [code, codes.includes(code) ? 100 / codes.length : 0])) as Record<SignalCode, number>;
}

/** One day with ratings whose mean is `mean`. */
export const ratings = (mean: number, count = 25, day = 0): TableDay => ({ day, sums: { ratingSum: mean * count, ratingCount: count } });

/** A mean rating for each day in turn. */
export const ratingsPerDay = (means: readonly number[], count = 5): TableDay[] => means.map((mean, day) => ratings(mean, count, day));
