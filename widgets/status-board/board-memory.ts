import { STATUSES } from '../shared/icons.ts';
import { defaultChoice, type BoardChoice, type Grouping, type Order } from './board-model.ts';

const ORDERS: readonly Order[] = ['name', 'time'];
const GROUPINGS: readonly Grouping[] = ['team', 'department', 'none'];
const key = (viewer: number): string => `sideline.board.${viewer}`;

/** What this viewer chose last on this machine. Only choices are kept, nothing about people. */
export function recallChoice(viewer: number): BoardChoice {
  try {
    return choiceFrom(JSON.parse(localStorage.getItem(key(viewer)) ?? 'null'));
  } catch {
    return defaultChoice; // storage is closed to frames of other sites, or holds what is not ours
  }
}

export function rememberChoice(viewer: number, choice: BoardChoice): void {
  try {
    localStorage.setItem(key(viewer), JSON.stringify(choice));
  } catch {
    // Not remembered then; the board works without.
  }
}

/** Whatever was stored, by whichever version, as a choice that can be shown. */
export function choiceFrom(stored: unknown): BoardChoice {
  if (typeof stored !== 'object' || stored === null) return defaultChoice;
  const { order, groupBy, statuses, teamId, department } = stored as Record<string, unknown>;
  return {
    order: ORDERS.find((known) => known === order) ?? defaultChoice.order,
    groupBy: GROUPINGS.find((known) => known === groupBy) ?? defaultChoice.groupBy,
    statuses: Array.isArray(statuses) ? STATUSES.filter((status) => statuses.includes(status)) : [],
    teamId: typeof teamId === 'string' ? teamId : null,
    department: typeof department === 'string' ? department : null,
  };
}
