import { systemPrincipal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notification, type Notification } from '../notifications/notifications.events.ts';
import { resolveTeamSettings, thresholdMinutes } from '../performance/team-settings.ts';
import type { LastingInterval, ThresholdsRepository } from './thresholds.repository.ts';

const WATCHER = systemPrincipal('presence');
const MINUTE_MS = 60_000;

/** Tells leaders who has been in one status for longer than their team allows. */
export class ThresholdsService {
  readonly #uow: UnitOfWork;
  readonly #thresholds: ThresholdsRepository;

  constructor(deps: { uow: UnitOfWork; thresholds: ThresholdsRepository }) {
    this.#uow = deps.uow;
    this.#thresholds = deps.thresholds;
  }

  /**
   * Tells of every interval that has passed its threshold, once, however often and by however many workers it is called.
   * @returns of how many was told
   */
  watch(): Promise<number> {
    return this.#uow.write(WATCHER, async (tx) => {
      const passed = (await this.#thresholds.lasting(tx, tx.now)).flatMap((interval) => {
        const minutes = thresholdMinutes(resolveTeamSettings(interval.settings), interval.status, interval.reasonCode);
        return minutes !== null && tx.now.getTime() - Date.parse(interval.since) >= minutes * MINUTE_MS ? [{ interval, minutes }] : [];
      });
      if (passed.length === 0) return 0;
      const claimed = new Set(await this.#thresholds.claim(tx, passed.map(({ interval }) => interval.id), tx.now));
      for (const { interval, minutes } of passed) {
        if (claimed.has(interval.id)) tx.record(notification.record(interval.id, tell(interval, minutes), { agentId: interval.agentId }));
      }
      return claimed.size;
    });
  }
}

function tell({ id, settings: _settings, ...interval }: LastingInterval, minutes: number): Notification {
  const { agentName, status, reason } = interval;
  const what = reason === null ? status : `${status} (${reason})`;
  const time = minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return {
    id: newId(),
    type: 'presence_threshold',
    title: `${agentName}: ${what}`,
    message: `${agentName} has been ${what} for more than ${time}.`,
    data: { ...interval, intervalId: id, thresholdMinutes: minutes },
  };
}
