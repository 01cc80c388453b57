import type { DayTable } from '../performance/day-table.ts';
import type { TeamSettings } from '../performance/team-settings.ts';

export type NoteType = 'COACHING' | 'POSITIVE' | 'URGENT';
export type NotePriority = 'LOW' | 'MEDIUM' | 'HIGH';

/** Who an entry of the queue is about, as it is shown. */
export interface QueuePerson {
  readonly id: number;
  readonly name: string;
  readonly avatar: string | null;
  readonly teamId: string | null;
  readonly teamName: string | null;
  readonly onlineStatus: 'online' | 'offline' | 'away' | 'busy';
  readonly performanceLevel: 'high' | 'medium' | 'low' | null;
}

/** Everything the score of one person is made of, as of one instant. */
export interface PersonFacts {
  readonly person: QueuePerson;
  /** Day of joining, `YYYY-MM-DD`. */
  readonly joinedOn: string;
  /** The days of the window that have figures. */
  readonly days: DayTable;
  /** Notes not private and not yet addressed; age in days. */
  readonly notes: readonly { readonly type: NoteType; readonly priority: NotePriority; readonly ageDays: number }[];
  readonly overdueActions: number;
  /** End of the last completed session. */
  readonly lastSessionAt: string | null;
  /** Business day of {@link lastSessionAt}. */
  readonly lastSessionOn: string | null;
  readonly nextSessionAt: string | null;
  /** Business day of {@link nextSessionAt}. */
  readonly nextSessionOn: string | null;
  readonly sessionRunning: boolean;
  readonly absence: { readonly kind: string; readonly endsOn: string } | null;
  /** `on`: business day of `until`. */
  readonly snooze: { readonly until: string; readonly on: string; readonly reason: string } | null;
  /** Notes of praise, not private, written within the window. */
  readonly praise: number;
  /** Action items finished within the window by their due day. */
  readonly actionsDone: number;
}

/** A team, or the people without one (`id` null). */
export interface TeamFacts {
  readonly id: string | null;
  readonly name: string | null;
  readonly settings: TeamSettings;
  /** 0 while the default settings are in force. */
  readonly settingsVersion: number;
  readonly people: readonly PersonFacts[];
}

/** The moment a queue is read as of. */
export interface Moment {
  /** ISO instant. */
  readonly asOf: string;
  /** First and last business day of the window; the last is that of `asOf`. */
  readonly from: string;
  readonly to: string;
}
