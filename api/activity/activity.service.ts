import { scopeOf, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors/problem.ts';
import { agentActivity } from './activity.events.ts';
import type { ActivityRepository, ActivityRow, ActivityType } from './activity.repository.ts';

export type { ActivityType } from './activity.repository.ts';

/** Something that has just happened, or happened `at` a time a host system tells. */
export interface NewActivity {
  readonly agentId: number;
  readonly type: ActivityType;
  /** One sentence for people. */
  readonly description: string;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly at?: Date;
}

export interface ActivityQuery {
  readonly days: number;
  readonly limit: number;
  readonly type?: ActivityType | undefined;
  readonly cursor?: string | undefined;
}

const DAY_MS = 86_400_000;

/** What people did: written by whatever room it happens in, read by the person and whoever leads them. */
export class ActivityService {
  readonly #uow: UnitOfWork;
  readonly #activities: ActivityRepository;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; activities: ActivityRepository; clock: Clock }) {
    this.#uow = deps.uow;
    this.#activities = deps.activities;
    this.#clock = deps.clock;
  }

  /**
   * Writes activities in the caller's unit of work and announces each as `agent_activity`.
   * @param options.quiet writes without announcing: for history that comes late and in bulk
   */
  async record(tx: Tx, entries: readonly NewActivity[], { quiet = false }: { quiet?: boolean } = {}): Promise<void> {
    if (entries.length === 0) return;
    const rows = entries.map((entry): ActivityRow => ({
      id: newId(),
      agentId: entry.agentId,
      type: entry.type,
      description: entry.description,
      timestamp: (entry.at ?? tx.now).toISOString(),
      metadata: entry.metadata ?? null,
    }));
    await this.#activities.insert(tx, rows);
    if (!quiet) for (const row of rows) tx.record(agentActivity.record(row.agentId, row, { agentId: row.agentId }));
  }

  /**
   * What a person did in the last `days` times 24 hours, newest first.
   * @returns the cursor of the next page, where there is one
   * @throws Problem 404 outside the caller's scope.
   */
  list(by: Principal, agentId: number, query: ActivityQuery): Promise<{ rows: ActivityRow[]; next: string | undefined }> {
    return this.#uow.read(async (db) => {
      if (!(await this.#activities.inScope(db, scopeOf(by), agentId))) throw notFound('Agent');
      const since = new Date(this.#clock.now().getTime() - query.days * DAY_MS);
      const found = await this.#activities.list(db, agentId, { since, type: query.type, before: toPosition(query.cursor) }, query.limit + 1);
      const page = found.slice(0, query.limit);
      const last = page.at(-1);
      return { rows: page.map(({ activity }) => activity), next: found.length > page.length && last ? `${last.micros}_${last.activity.id}` : undefined };
    });
  }
}

/** The contract's pattern has made sure of the form. */
function toPosition(cursor: string | undefined): { micros: string; id: string } | undefined {
  const [micros, id] = cursor?.split('_') ?? [];
  return micros === undefined || id === undefined ? undefined : { micros, id };
}
