import type { Db } from '../db/db.ts';
import { unprocessable } from '../errors/problem.ts';
import { thresholdMinutes, type StatusReason, type TeamSettings } from '../performance/team-settings.ts';
import type { StatusNow } from './presence.repository.ts';

/** What teams have set; the teams room lends it. */
export type SettingsOf = (db: Db, teamId: string | null) => Promise<TeamSettings>;

/** Reasons, each with the minutes after which it stands out. */
export interface OfferedReasons {
  reasons: StatusReason[];
  thresholds: { awayMinutes: number; busyMinutes: number };
}

/** Brings what somebody gives as their reason and what their team calls reasons together. */
export class StatusReasons {
  readonly #settingsOf: SettingsOf;

  constructor(settingsOf: SettingsOf) {
    this.#settingsOf = settingsOf;
  }

  async offered(db: Db, teamId: string | null): Promise<OfferedReasons> {
    const settings = await this.#settingsOf(db, teamId);
    const reasons = settings.statusReasons.map((reason) => ({ ...reason, thresholdMinutes: thresholdMinutes(settings, reason.status, reason.code) }));
    return { reasons, thresholds: { ...settings.thresholds } };
  }

  /**
   * A code brings its label along; words that are a label bring its code along; other words stay words.
   * @throws Problem 422 for a code that the team does not have for this status.
   */
  async resolve(db: Db, teamId: string | null, { status, reason, reasonCode }: StatusNow): Promise<StatusNow> {
    const words = reason?.trim() || null;
    if (words === null && !reasonCode) return { status, reason: null, reasonCode: null };
    const known = (await this.#settingsOf(db, teamId)).statusReasons.filter((candidate) => candidate.status === status);
    if (!reasonCode) return { status, reason: words, reasonCode: known.find(({ label }) => label.toLowerCase() === words?.toLowerCase())?.code ?? null };
    const found = known.find(({ code }) => code === reasonCode);
    if (!found) throw unprocessable('unknown_reason', `The team has no reason ${reasonCode} for ${status}.`, [{ path: '/body/reasonCode', message: 'is not a reason of the team for this status' }]);
    return { status, reason: words ?? found.label, reasonCode: found.code };
  }
}
