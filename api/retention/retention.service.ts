import type { PartitionsService } from '../activity/partitions.service.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { RetentionRepository } from './retention.repository.ts';

/** Keeps the tables that only grow from growing for ever. Running it twice, or twice at once, does no harm. */
export class RetentionService {
  readonly #uow: UnitOfWork;
  readonly #retention: RetentionRepository;
  readonly #partitions: PartitionsService;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; retention: RetentionRepository; partitions: PartitionsService; clock: Clock }) {
    this.#uow = deps.uow;
    this.#retention = deps.retention;
    this.#partitions = deps.partitions;
    this.#clock = deps.clock;
  }

  /** @returns how many rows of what were cleared away, and how many months of activities were detached. */
  async clearExpired(): Promise<Record<string, number>> {
    const cleared = await this.#retention.clear((work) => this.#uow.read(work), this.#clock.now());
    return { ...cleared, 'months of activities': (await this.#partitions.detachOld()).length };
  }
}
