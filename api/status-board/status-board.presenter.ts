import type { components } from '../http/contract.types.ts';
import { figureOf } from '../performance/metric-definitions.ts';
import { addSums, EMPTY_SUMS, type MetricSums } from '../performance/metric-sums.ts';
import { BOARD_DAYS, type Board } from './board.ts';
import { BOARD_SUMS, type PackedDay } from './status-board.repository.ts';

type Schemas = components['schemas'];

export const presentBoard = ({ asOf, from, to, people, teams }: Board): Schemas['StatusBoard'] => ({
  asOf,
  from,
  to,
  people: people.map(({ days, figuresHidden, ...person }) => ({ ...person, figures: figuresHidden ? null : presentFigures(days) })),
  teams: teams.map(({ reasonThresholds, ...team }) => ({ ...team, reasonThresholds: [...reasonThresholds] })),
});

/** Every figure by its metric's own arithmetic: over seven days too it is never a mean of means. */
function presentFigures(days: readonly PackedDay[]): Schemas['BoardFigures'] {
  const sums = Array.from({ length: BOARD_DAYS }, () => EMPTY_SUMS);
  const csatDays: (number | null)[] = Array.from({ length: BOARD_DAYS }, () => null);
  for (const day of days) {
    const [at, stored] = day;
    sums[at] = unpack(day);
    // An imported row may know a mean without the ratings behind it.
    csatDays[at] = figureOf('csat', sums[at]) ?? stored;
  }
  const [today, week] = [sums[BOARD_DAYS - 1] ?? EMPTY_SUMS, addSums(sums)];
  return {
    handledToday: today.handled,
    ahtToday: figureOf('aht', today),
    handleTimeN: today.handleCount,
    csat: figureOf('csat', week),
    ratings: week.ratingCount,
    csatDays,
  };
}

function unpack([, , ...packed]: PackedDay): MetricSums {
  return { ...EMPTY_SUMS, ...Object.fromEntries(BOARD_SUMS.map((key, i) => [key, packed[i] ?? 0])) };
}
