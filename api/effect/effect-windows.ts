import { addDays, datesFrom } from '../performance/business-day.ts';
import { EFFECT_CONSTANTS } from './effect-constants.ts';

/** Inclusive business days on one side of a session. */
export interface EffectWindow {
  readonly from: string;
  readonly to: string;
  /** Calendar days from `from` to `to`. */
  readonly days: number;
  /** Why it is shorter than it could be: the neighbouring session, or because its days are still to come. */
  readonly cutBy: 'session' | 'today' | null;
}

/** What lies around a session. Days are business days. */
export interface Neighbourhood {
  /** The day it was held, or is to be held. */
  readonly day: string;
  /** The nearest days before and after on which the person had another session. */
  readonly previousOn: string | null;
  readonly nextOn: string | null;
  readonly today: string;
}

/** The two sides of a session; null for a side without a single day. */
export interface EffectWindows {
  readonly before: EffectWindow | null;
  readonly after: EffectWindow | null;
}

/** Up to 28 days on each side of a session, cut at its neighbours; days that are not over are left out. */
export function effectWindows({ day, previousOn, nextOn, today }: Neighbourhood): EffectWindows {
  const { windowDays } = EFFECT_CONSTANTS;
  const [earliest, latest, yesterday] = [addDays(day, -windowDays), addDays(day, windowDays), addDays(today, -1)];
  const from = previousOn === null ? earliest : later(earliest, addDays(previousOn, 1));
  const to = nextOn === null ? latest : earlier(latest, addDays(nextOn, -1));
  return {
    before: windowOf(from, earlier(addDays(day, -1), yesterday), from > earliest),
    after: windowOf(addDays(day, 1), earlier(to, yesterday), to < latest, to > yesterday),
  };
}

function windowOf(from: string, to: string, isCut: boolean, isRunning = false): EffectWindow | null {
  if (from > to) return null;
  return { from, to, days: datesFrom(from, to).length, cutBy: isRunning ? 'today' : isCut ? 'session' : null };
}

// Dates of one form compare like the days they name.
const earlier = (a: string, b: string): string => (a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);
