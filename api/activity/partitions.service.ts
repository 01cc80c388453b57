import { DateTime } from 'luxon';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { systemPrincipal } from '../auth/principal.ts';
import type { PartitionsRepository } from './partitions.repository.ts';

/** Enough for a worker that was switched off over a long winter. */
const MONTHS_AHEAD = 3;
/** Whole months that stay readable; the API itself looks back 90 days. */
const MONTHS_KEPT = 13;

const KEEPER = systemPrincipal('partitions');

/** Keeps `agent_activities` in monthly pieces. Repeating it, or several at once, does no harm. */
export class PartitionsService {
  readonly #uow: UnitOfWork;
  readonly #partitions: PartitionsRepository;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; partitions: PartitionsRepository; clock: Clock }) {
    this.#uow = deps.uow;
    this.#partitions = deps.partitions;
    this.#clock = deps.clock;
  }

  /** Makes the months ahead and moves rows out of the default partition. @returns how many were made */
  keep(): Promise<number> {
    return this.#uow.write(KEEPER, (tx) => this.#partitions.keep(tx, this.#clock.now(), MONTHS_AHEAD));
  }

  /** Detaches months of which nothing has to be read any more. @returns the names of the tables that are left to archive */
  detachOld(): Promise<string[]> {
    const before = DateTime.fromJSDate(this.#clock.now(), { zone: 'utc' }).startOf('month').minus({ months: MONTHS_KEPT }).toJSDate();
    return this.#uow.write(KEEPER, (tx) => this.#partitions.detach(tx, before));
  }
}
