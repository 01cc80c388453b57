import type { ActivityService, NewActivity } from '../activity/activity.service.ts';
import type { Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import type { FieldError } from '../errors/problem.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import { performanceUpdate } from '../performance/performance.events.ts';
import type { RecomputationService } from '../performance/recomputation.service.ts';
import { activitiesOf } from './host-activity.ts';
import type { HostInteractionRepository, Key, StoredInteraction, Written } from './host-interaction.repository.ts';
import { begin, lacking, merge, readReport, sameFacts, type Facts, type HostReport, type Told } from './host-report.ts';
import { interactionsChanged } from './interactions.events.ts';
import { ReportNames, type ResolveIdentities } from './report-names.ts';

/** What became of one report; the paths of errors begin at the report. */
export type ReportResult =
  | { readonly result: 'created' | 'updated' | 'unchanged'; readonly id: string }
  | { readonly result: 'refused'; readonly errors: readonly FieldError[] };

interface Pending {
  readonly index: number;
  readonly key: Key;
  readonly told: Told;
}

/** An interaction on its way through a request: as it was before, and as it is by now. */
interface Course {
  readonly before: StoredInteraction | undefined;
  after: StoredInteraction;
}

/** More activities than these are nothing anybody follows live: they are read, but not announced one by one. */
const ANNOUNCED = 20;

/** Takes what host systems tell of interactions, and lets everything that follows from it follow. */
export class RecordingService {
  readonly #uow: UnitOfWork;
  readonly #interactions: HostInteractionRepository;
  readonly #recomputation: RecomputationService;
  readonly #activity: ActivityService;
  readonly #calendar: BusinessCalendar;
  readonly #resolveIdentities: ResolveIdentities;

  constructor(deps: {
    uow: UnitOfWork;
    interactions: HostInteractionRepository;
    recomputation: RecomputationService;
    activity: ActivityService;
    calendar: BusinessCalendar;
    resolveIdentities: ResolveIdentities;
  }) {
    this.#uow = deps.uow;
    this.#interactions = deps.interactions;
    this.#recomputation = deps.recomputation;
    this.#activity = deps.activity;
    this.#calendar = deps.calendar;
    this.#resolveIdentities = deps.resolveIdentities;
  }

  /**
   * Stores reports in one transaction: counters of open work and activities with them, daily figures right behind. A
   * report that cannot be taken does not keep the others from it; repeated, or in another order, they end the same.
   *
   * @returns one result per report, in their order
   */
  record(by: Principal, reports: readonly HostReport[]): Promise<ReportResult[]> {
    return this.#uow.write(by, async (tx) => {
      const results = new Map<number, ReportResult>();
      const courses = await this.#store(tx, await this.#read(tx, reports, results), results);
      const changed = [...courses].filter(({ before, after }) => !before || !sameFacts(before.facts, after.facts));
      if (changed.length > 0) await this.#follow(tx, changed);
      return reports.map((_report, index) => results.get(index) ?? fail(index));
    });
  }

  /** The reports with their names looked up; those that name what is not there are refused. */
  async #read(tx: Tx, reports: readonly HostReport[], results: Map<number, ReportResult>): Promise<Pending[]> {
    const names = await ReportNames.lookUp(tx, reports, this.#interactions, this.#resolveIdentities);
    return reports.flatMap((report, index) => {
      const { told, errors } = readReport(report, tx.now);
      const named = names.apply(report, told);
      errors.push(...named.errors);
      if (errors.length === 0) return [{ index, key: { source: report.source, externalId: report.externalId }, told: named.told }];
      results.set(index, { result: 'refused', errors });
      return [];
    });
  }

  /** Merges and writes. Somebody else may store the same interaction at the same moment: then theirs is merged with. */
  async #store(tx: Tx, pending: readonly Pending[], results: Map<number, ReportResult>): Promise<Course[]> {
    const done: Course[] = [];
    for (let waiting = pending; waiting.length > 0; ) {
      const keys = [...new Map(waiting.map(({ key }) => [nameOf(key), key])).values()];
      const stored = new Map((await this.#interactions.lock(tx, keys)).map((row) => [nameOf(row), row]));
      const courses = this.#merge(waiting, stored, results);
      const lost = await this.#write(tx, courses);
      done.push(...[...courses.values()].filter((course) => !lost.has(course.after.id)));
      waiting = waiting.filter(({ key }) => lost.has(courses.get(nameOf(key))?.after.id ?? ''));
    }
    return done;
  }

  #merge(pending: readonly Pending[], stored: ReadonlyMap<string, StoredInteraction>, results: Map<number, ReportResult>): Map<string, Course> {
    const courses = new Map<string, Course>();
    for (const { index, key, told } of pending) {
      const name = nameOf(key);
      const course = courses.get(name);
      const before = stored.get(name);
      const current = course?.after ?? before;
      const missing = current ? [] : lacking(told);
      if (missing.length > 0) {
        results.set(index, { result: 'refused', errors: missing });
        continue;
      }
      const timed = current ? merge(current, told) : begin(told);
      const after = { ...key, id: current?.id ?? newId(), ...timed, date: this.#calendar.dayOf(new Date(timed.facts.startedAt)) };
      results.set(index, { id: after.id, result: !current ? 'created' : sameFacts(current.facts, after.facts) ? 'unchanged' : 'updated' });
      if (course) course.after = after;
      else courses.set(name, { before, after });
    }
    return courses;
  }

  /** @returns the ids of those that were to be new and are somebody else's */
  async #write(tx: Tx, courses: ReadonlyMap<string, Course>): Promise<Set<string>> {
    const provenance = { host: { requestId: tx.by.requestId, by: tx.by.name } };
    const fresh: Written[] = [];
    const changed: Written[] = [];
    const confirmed: StoredInteraction[] = [];
    for (const { before, after } of courses.values()) {
      if (!before) fresh.push({ ...after, provenance });
      else if (sameFacts(before.facts, after.facts)) confirmed.push(after);
      else changed.push({ ...after, provenance });
    }
    const inserted = await this.#interactions.insert(tx, fresh, tx.now);
    await this.#interactions.update(tx, changed, tx.now);
    await this.#interactions.confirm(tx, confirmed);
    return new Set(fresh.filter((row) => !inserted.has(row.id)).map((row) => row.id));
  }

  async #follow(tx: Tx, courses: readonly Course[]): Promise<void> {
    const timestamp = tx.now.toISOString();
    for (const { agentId, count } of await this.#interactions.countOpen(tx, peopleWhoseOpenWorkChanged(courses))) {
      tx.record(performanceUpdate.record(agentId, { agentId, metric: 'currentTickets', value: count, timestamp }, { agentId }));
    }
    const activities = courses.flatMap(({ before, after }): NewActivity[] => activitiesOf(before?.facts, after, tx.now));
    await this.#activity.record(tx, activities, { quiet: activities.length > ANNOUNCED });
    const stands = courses.flatMap(({ before, after }) => (before ? [before, after] : [after]));
    await this.#recomputation.markStale(tx, stands.flatMap(({ facts: { agentId }, date }) => (agentId === null ? [] : [{ agentId, date }])));
    await this.#announce(tx, stands, timestamp);
    const sources = [...new Set(stands.map((row) => row.source))].sort();
    const created = courses.filter((course) => !course.before).length;
    tx.audit({ action: 'interactions.record', targetType: 'interactions', targetId: sources.join(', ').slice(0, 60), after: { sources, created, updated: courses.length - created } });
  }

  /** By the team people are in today, as interactions are read; by its own where nobody took it. */
  async #announce(tx: Tx, stands: readonly StoredInteraction[], timestamp: string): Promise<void> {
    const people = await this.#interactions.people(tx, stands.flatMap(({ facts: { agentId } }) => agentId ?? []), []);
    const teamOf = ({ agentId, teamId }: Facts): string | null => (agentId === null ? teamId : (people.get(`#${agentId}`)?.teamId ?? null));
    for (const [teamId, rows] of Map.groupBy(stands, ({ facts }) => teamOf(facts))) {
      const dates = rows.map((row) => row.date).sort();
      const agentIds = [...new Set(rows.flatMap(({ facts: { agentId } }) => agentId ?? []))].sort((a, b) => a - b);
      tx.record(interactionsChanged.record(teamId ?? 'none', { teamId, agentIds, from: dates[0]!, to: dates.at(-1)!, timestamp }, teamId === null ? {} : { teamId }));
    }
  }
}

function peopleWhoseOpenWorkChanged(courses: readonly Course[]): number[] {
  const holder = (facts: Facts | undefined): number | null => (facts?.outcome === 'open' ? facts.agentId : null);
  const people = courses.flatMap(({ before, after }) => (holder(before?.facts) === holder(after.facts) ? [] : [holder(before?.facts), holder(after.facts)]));
  return [...new Set(people)].filter((id) => id !== null).sort((a, b) => a - b);
}

/** NUL cannot be in either part. */
const nameOf = ({ source, externalId }: Key): string => `${source}\0${externalId}`;

function fail(index: number): never {
  throw new Error(`Report ${index} came to no result.`);
}
