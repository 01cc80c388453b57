import type { Principal } from '../../auth/principal.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { BusinessCalendar } from '../../performance/business-day.ts';
import { Carrier } from '../carrier.ts';
import type { MigratedIdRepository } from '../migrated-id.repository.ts';
import { MigrationReport } from '../migration-report.ts';
import { Places } from '../places.ts';
import type { CoachAppOptions, CoachStores } from './coach-app-options.ts';
import { CoachTables } from './coach-tables.ts';
import { CoachAppRun } from './coach-app-run.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Brings what a Coach App (Prisma on SQLite) has to the rooms it belongs to. */
export class CoachAppMigration {
  readonly #uow: UnitOfWork;
  readonly #ids: MigratedIdRepository;
  readonly #stores: CoachStores;
  readonly #calendar: BusinessCalendar;
  readonly #recompute: () => Promise<unknown>;

  constructor(deps: { uow: UnitOfWork; ids: MigratedIdRepository; stores: CoachStores; calendar: BusinessCalendar; recompute: () => Promise<unknown> }) {
    this.#uow = deps.uow;
    this.#ids = deps.ids;
    this.#stores = deps.stores;
    this.#calendar = deps.calendar;
    this.#recompute = deps.recompute;
  }

  /**
   * Done again, or after it was killed, it goes on where it was. Nobody is mailed or notified.
   * @throws OldFileError where the file cannot be read
   */
  async run(by: Principal, path: string, options: CoachAppOptions): Promise<MigrationReport> {
    const file = new SqliteFile(path, options.patienceMs);
    const places = new Places();
    try {
      const { system, dryRun } = options;
      const report = new MigrationReport(dryRun);
      const carrier = new Carrier({ uow: this.#uow, ids: this.#ids, run: { system, by, dryRun, report, places } });
      const tables = new CoachTables(file);
      await new CoachAppRun({ tables, carrier, places, stores: this.#stores, report, options, dayOf: (instant) => this.#calendar.dayOf(instant) }).all();
      if (!dryRun) {
        options.progress?.('figures', 0);
        await this.#recompute();
      }
      return report;
    } finally {
      places.close();
      file.close();
    }
  }
}

