import { systemPrincipal } from '../auth/principal.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { NewNotification, NotificationsService } from '../notifications/notifications.service.ts';
import { resolveTeamSettings, thresholdMinutes } from '../performance/team-settings.ts';
import type { LastingInterval, ThresholdsRepository } from './thresholds.repository.ts';

const WATCHER = systemPrincipal('presence');
const MINUTE_MS = 60_000;

/** Tells leaders who has been in one status for longer than their team allows. */
export class ThresholdsService {
  readonly #uow: UnitOfWork;
  readonly #thresholds: ThresholdsRepository;
  readonly #notifications: NotificationsService;

  constructor(deps: { uow: UnitOfWork; thresholds: ThresholdsRepository; notifications: NotificationsService }) {
    this.#uow = deps.uow;
    this.#thresholds = deps.thresholds;
    this.#notifications = deps.notifications;
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
        if (claimed.has(interval.id)) await this.#notifications.notify(tx, tell(interval, minutes));
      }
      return claimed.size;
    });
  }
}

function tell({ id, settings: _settings, ...interval }: LastingInterval, minutes: number): NewNotification {
  const { agentName, status, reason } = interval;
  const what = reason === null ? status : `${status} (${reason})`;
  const time = minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return {
    to: { leadersOf: interval.agentId },
    type: 'presence_threshold',
    title: `${agentName}: ${what}`,
    message: `${agentName} has been ${what} for more than ${time}.`,
    data: { ...interval, intervalId: id, thresholdMinutes: minutes },
  };
}
