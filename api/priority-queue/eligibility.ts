import type { PersonFacts } from './queue-facts.ts';
import type { Params } from './signals.ts';

/** Why somebody is not to be picked now. */
export interface Ineligibility {
  readonly code: 'absent' | 'session_running' | 'session_booked' | 'snoozed';
  /** The day or instant on which it ends, where that is known. */
  readonly until: string | null;
  readonly params: Params;
}

/** The first ground, in this order, for which a person is not to be picked; null when there is none. */
export function eligibility(facts: PersonFacts): Ineligibility | null {
  const { absence, snooze, nextSessionAt, sessionRunning } = facts;
  if (absence) return { code: 'absent', until: absence.endsOn, params: { kind: absence.kind, endsOn: absence.endsOn } };
  if (sessionRunning) return { code: 'session_running', until: null, params: {} };
  if (nextSessionAt) return { code: 'session_booked', until: nextSessionAt, params: { at: nextSessionAt, on: facts.nextSessionOn } };
  if (snooze) return { code: 'snoozed', until: snooze.until, params: { until: snooze.until, on: snooze.on, reason: snooze.reason } };
  return null;
}
