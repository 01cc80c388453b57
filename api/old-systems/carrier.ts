import { createHash } from 'node:crypto';
import type { Principal } from '../auth/principal.ts';
import type { Db } from '../db/db.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { MigratedId, MigratedIdRepository } from './migrated-id.repository.ts';
import type { MigrationReport, Outcome } from './migration-report.ts';
import type { Places } from './places.ts';
import type { Placed, Reading, ThingStore } from './things.ts';

export interface Run {
  /** Label of the old system. */
  readonly system: string;
  readonly by: Principal;
  readonly dryRun: boolean;
  readonly report: MigrationReport;
  readonly places: Places;
}

type Read<Thing> = Extract<Reading<Thing>, { readonly thing: Thing }> & { readonly content: string };

interface Decision<Thing> {
  readonly row: Read<Thing>;
  readonly what: Outcome;
  readonly because: string | null;
  readonly id: string;
}

const THERE_BEFORE = 'there already, and stays as it is';
const CHANGED_HERE = 'changed there, but here as well since: it stays as it is here';
const GONE_HERE = 'changed there, but it is not here any more';

/**
 * Brings rows of an old system to the rooms they belong to, a batch in a transaction: what was new there is new here, what
 * was changed there and not here is changed, and everything else is left alone. Killed between two batches, the next run
 * finds what this one has done and goes on.
 */
export class Carrier {
  readonly #uow: UnitOfWork;
  readonly #ids: MigratedIdRepository;
  readonly #run: Run;

  constructor(deps: { uow: UnitOfWork; ids: MigratedIdRepository; run: Run }) {
    this.#uow = deps.uow;
    this.#ids = deps.ids;
    this.#run = deps.run;
  }

  /** Our id of a row this run has met; undefined where there is none, or it was refused. */
  idOf(kind: string, oldId: string): string | undefined {
    return this.#run.places.get(kind, oldId)?.id ?? undefined;
  }

  /** @param kind the table there; @param name its line of the report, where that is another */
  async carry<Thing extends object>(kind: string, store: ThingStore<Thing>, readings: readonly Reading<Thing>[], name = kind): Promise<void> {
    const { by, dryRun, report, places } = this.#run;
    const table = report.table(name);
    const rows = this.#sift(kind, readings, (what, row, because) => table.add(what, row.place, row.oldId, because));
    if (rows.length === 0) return;
    const decisions = dryRun ? await this.#uow.read((db) => this.#decide(db, kind, store, rows, null)) : await this.#write(by, kind, store, rows);
    for (const { row, what, because, id } of decisions) {
      const said = [because, ...(what === 'unchanged' ? [] : row.remarks)].filter((text) => text !== null);
      table.add(what, row.place, row.oldId, said.length > 0 ? said.join('; ') : null);
      places.set(kind, row.oldId, { id: what === 'refused' ? null : id, content: row.content, place: row.place });
    }
  }

  /** Counts what cannot be brought, and what the file has twice. */
  #sift<Thing extends object>(kind: string, readings: readonly Reading<Thing>[], add: (what: Outcome, row: Reading<Thing>, because: string) => void): Read<Thing>[] {
    const { places } = this.#run;
    const batch = new Map<string, Read<Thing>>();
    return readings.flatMap((row) => {
      if ('refused' in row) {
        add('refused', row, row.refused);
        return [];
      }
      const content = createHash('sha256').update(JSON.stringify(row.thing)).digest('hex');
      const earlier = batch.get(row.oldId) ?? places.get(kind, row.oldId);
      if (!earlier) {
        const read = { ...row, content };
        batch.set(row.oldId, read);
        return [read];
      }
      if (earlier.content === content) add('unchanged', row, `the same as ${earlier.place}`);
      else add('refused', row, `${earlier.place} has the same id and says something else`);
      return [];
    });
  }

  /** What the database itself refuses keeps the rest of its batch from nothing: the batch is halved until it stands alone. */
  async #write<Thing extends object>(by: Principal, kind: string, store: ThingStore<Thing>, rows: readonly Read<Thing>[]): Promise<Decision<Thing>[]> {
    try {
      return await this.#uow.write(by, (tx) => this.#apply(tx, kind, store, rows));
    } catch (error) {
      const [row] = rows;
      if (!isRefusal(error) || !row) throw error;
      if (rows.length === 1) return [{ row, what: 'refused', because: `the database refuses it: ${error.message}`, id: '' }];
      const half = Math.ceil(rows.length / 2);
      return [...(await this.#write(by, kind, store, rows.slice(0, half))), ...(await this.#write(by, kind, store, rows.slice(half)))];
    }
  }

  async #apply<Thing extends object>(tx: Tx, kind: string, store: ThingStore<Thing>, rows: readonly Read<Thing>[]): Promise<Decision<Thing>[]> {
    const { system } = this.#run;
    await this.#ids.lock(tx, system);
    const decisions = await this.#decide(tx, kind, store, rows, tx);
    const placed = (what: Outcome): Placed<Thing>[] => decisions.filter((decision) => decision.what === what).map(({ row, id }) => ({ ...row.thing, id }));
    const [fresh, changed] = [placed('new'), placed('changed')];
    await store.insert(tx, fresh);
    const refusals = (changed.length > 0 && (await store.update(tx, changed))) || new Map<string, string>();
    const written = [...fresh, ...changed].map(({ id }) => id).filter((id) => !refusals.has(id));
    const versions = await store.versions(tx, written, { lock: false });
    const results = decisions.map((decision) => (refusals.has(decision.id) ? { ...decision, what: 'refused' as const, because: refusals.get(decision.id) ?? '' } : decision));
    const saved = results.flatMap(({ row, what, id, because }): MigratedId[] => {
      const left = versions.get(id) ?? null;
      if (what !== 'new' && what !== 'changed' && because !== THERE_BEFORE) return [];
      return [{ oldId: row.oldId, targetType: store.type, targetId: id, content: row.content, leftVersion: because === THERE_BEFORE ? null : left }];
    });
    await this.#ids.save(tx, system, kind, saved, tx.now);
    if (written.length > 0) tx.audit({ action: 'migration.write', targetType: store.type, targetId: system.slice(0, 60), after: { system, kind, new: fresh.length, changed: written.length - fresh.length } });
    return results;
  }

  async #decide<Thing extends object>(db: Db, kind: string, store: ThingStore<Thing>, rows: readonly Read<Thing>[], tx: Tx | null): Promise<Decision<Thing>[]> {
    const known = await this.#ids.find(db, this.#run.system, kind, rows.map(({ oldId }) => oldId));
    const strangers = rows.filter(({ oldId }) => !known.has(oldId));
    const found = (await store.present?.(db, strangers.map(({ thing }) => thing))) ?? [];
    const present = new Map(strangers.flatMap(({ oldId }, index) => (found[index] === undefined ? [] : [[oldId, found[index]] as const])));
    const versions = await store.versions(db, [...known.values()].map(({ targetId }) => targetId), { lock: tx !== null });
    const fresh = await store.ids(tx, strangers.length - present.size);
    return rows.map((row) => {
      const id = known.get(row.oldId);
      const here = present.get(row.oldId);
      if (id) return { row, id: id.targetId, ...verdict(row, id, versions.get(id.targetId)) };
      if (here !== undefined) return { row, id: here, what: 'unchanged', because: THERE_BEFORE };
      return { row, id: fresh.shift() ?? '', what: 'new', because: null };
    });
  }
}

/** PostgreSQL: data exceptions and violated constraints. */
const isRefusal = (error: unknown): error is Error => error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));

/** @param version ours today; undefined where it is gone */
function verdict({ content }: { readonly content: string }, id: MigratedId, version: number | undefined): { what: Outcome; because: string | null } {
  if (id.content === content || id.leftVersion === null) return { what: 'unchanged', because: null };
  if (version === undefined) return { what: 'kept', because: GONE_HERE };
  return version === id.leftVersion ? { what: 'changed', because: null } : { what: 'kept', because: CHANGED_HERE };
}
