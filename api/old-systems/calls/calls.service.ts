import type { KnownPerson } from '../../agents/imported-people.service.ts';
import type { Principal } from '../../auth/principal.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { BusinessCalendar } from '../../performance/business-day.ts';
import { Carrier } from '../carrier.ts';
import type { MigratedIdRepository } from '../migrated-id.repository.ts';
import { MigrationReport } from '../migration-report.ts';
import { Places } from '../places.ts';
import type { CallsOptions, CallStores } from './calls-options.ts';
import { CallsRun } from './calls-run.ts';
import { WhoTookIt, type PeopleByOldId } from './who-took-it.ts';

/** Brings mongoexports of calls, recordings and transcripts to the interactions. */
export class CallsMigration {
  readonly #uow: UnitOfWork;
  readonly #ids: MigratedIdRepository;
  readonly #stores: CallStores;
  readonly #calendar: BusinessCalendar;
  readonly #everybody: () => Promise<readonly KnownPerson[]>;
  readonly #byOldId: PeopleByOldId;
  readonly #recompute: () => Promise<unknown>;

  constructor(deps: {
    uow: UnitOfWork; ids: MigratedIdRepository; stores: CallStores; calendar: BusinessCalendar;
    everybody: () => Promise<readonly KnownPerson[]>; byOldId: PeopleByOldId; recompute: () => Promise<unknown>;
  }) {
    this.#uow = deps.uow;
    this.#ids = deps.ids;
    this.#stores = deps.stores;
    this.#calendar = deps.calendar;
    this.#everybody = deps.everybody;
    this.#byOldId = deps.byOldId;
    this.#recompute = deps.recompute;
  }

  /**
   * The files may have one collection each or all of them mixed, in any order. Done again, or after it was killed, it goes on
   * where it was; however long they are, the memory it takes is that of one batch.
   *
   * @throws OldFileError where a file cannot be read
   */
  async run(by: Principal, paths: readonly string[], { system, dryRun, progress }: CallsOptions): Promise<MigrationReport> {
    const places = new Places();
    try {
      const report = new MigrationReport(dryRun);
      const carrier = new Carrier({ uow: this.#uow, ids: this.#ids, run: { system, by, dryRun, report, places } });
      const who = new WhoTookIt(await this.#everybody(), this.#byOldId);
      const run = new CallsRun({ uow: this.#uow, carrier, places, stores: this.#stores, who, report, system, dayOf: (instant) => this.#calendar.dayOf(instant), progress });
      await run.all(paths);
      if (!dryRun) await this.#recompute();
      return report;
    } finally {
      places.close();
    }
  }
}
