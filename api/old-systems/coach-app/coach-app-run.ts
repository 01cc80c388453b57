import type { MigratedPerson } from '../../agents/migration/migrated-people.service.ts';
import type { MigratedTeam } from '../../teams/migrated-teams.service.ts';
import { cut } from '../../text/cut.ts';
import type { Carrier } from '../carrier.ts';
import type { MigrationReport } from '../migration-report.ts';
import type { Places } from '../places.ts';
import type { Reading, ThingStore } from '../things.ts';
import type { CoachAppOptions, CoachStores } from './coach-app-options.ts';
import { LEFT_COLUMNS, type CoachTable, type CoachTables } from './coach-tables.ts';
import { readAction, readNote, readPlanItem, readPreparation, readSession, type Plan } from './coaching.ts';
import { DaysOfFile, isOfDay, readDay, readScorecard } from './metrics.ts';
import { OldRow, plainName } from '../old-row.ts';
import { EmailsOfFile, leads, lookAtCrowd, readEmployeeId, readPerson, type Crowd } from './people.ts';
import type { ReadingContext } from './reading.ts';
import { DatesOfFile } from './when-written.ts';

type Fields = Readonly<Record<string, unknown>>;

const BATCH = 500;

/** One run over all tables, in the order in which they depend on each other. */
export class CoachAppRun {
  readonly #tables: CoachTables;
  readonly #carrier: Carrier;
  readonly #stores: CoachStores;
  readonly #report: MigrationReport;
  readonly #options: CoachAppOptions;
  readonly #context: ReadingContext;
  readonly #asked = new Map<string, Set<string>>();
  readonly #days: DaysOfFile;
  readonly #dates: DatesOfFile;
  #profiles: ReadonlyMap<string, string> = new Map();

  constructor(deps: { tables: CoachTables; carrier: Carrier; places: Places; stores: CoachStores; report: MigrationReport; options: CoachAppOptions; dayOf: (instant: Date) => string }) {
    const { system, rules } = deps.options;
    this.#tables = deps.tables;
    this.#carrier = deps.carrier;
    this.#days = new DaysOfFile(deps.places);
    this.#dates = new DatesOfFile(deps.places);
    this.#stores = deps.stores;
    this.#report = deps.report;
    this.#options = deps.options;
    const dateOf: ReadingContext['dateOf'] = (kind, oldId) => this.#dates.of(kind, oldId) ?? this.#dates.of(kind, this.#profiles.get(oldId) ?? '');
    this.#context = { system, rules, dayOf: deps.dayOf, asked: this.#asked, idOf: (kind, oldId) => this.#idOf(kind, oldId), dateOf };
  }

  async all(): Promise<void> {
    await this.#people();
    await this.#sessions();
    await this.#coaching();
    await this.#metrics();
    for (const sentence of this.#tables.left) this.#report.note(sentence);
    this.#nameColumns();
  }

  #idOf(kind: string, oldId: string): string | undefined {
    const profile = kind === 'User' ? this.#profiles.get(oldId) : undefined;
    return this.#carrier.idOf(kind, oldId) ?? (profile === undefined ? undefined : this.#carrier.idOf(kind, profile));
  }

  /** Whoever leads comes first, then their teams, then those who are in them. */
  async #people(): Promise<void> {
    const crowd = lookAtCrowd(this.#tables, this.#context);
    this.#profiles = crowd.profiles;
    const emails = new EmailsOfFile();
    const leading: { oldId: string; reading: Reading<MigratedPerson> }[] = [];
    const read = (place: string, fields: Fields): Reading<MigratedPerson> => {
      const reading = readPerson(this.#context, crowd, emails, (leader) => this.#carrier.idOf('User.teamLeaderId', leader), place, fields);
      if ('thing' in reading) this.#dates.remember('User', reading.oldId, reading.thing.createdAt ?? dayStart(reading.thing.joinedOn));
      return reading;
    };
    const first = (fields: Fields): boolean => leads(crowd, this.#row('User', fields).id('id') ?? '');
    await this.#each('User', this.#stores.people, (place, fields) => {
      if (!first(fields)) return null;
      const reading = read(place, fields);
      if (reading.oldId !== null) leading.push({ oldId: reading.oldId, reading });
      return reading;
    });
    await this.#carrier.carry('User.teamLeaderId', this.#stores.teams, leading.flatMap(({ oldId, reading }) => this.#teamOf(crowd, oldId, reading)));
    await this.#each('User', this.#stores.people, (place, fields) => (first(fields) ? null : read(place, fields)));
    if (this.#tables.get('Agent')) await this.#each('Agent', this.#stores.identities, (place, fields) => readEmployeeId(this.#context, place, fields), 'Agent.employeeId');
  }

  #teamOf(crowd: Crowd, oldId: string, reading: Reading<MigratedPerson>): Reading<MigratedTeam>[] {
    const place = `${crowd.leaders.get(oldId)} people`;
    const leaderId = this.#carrier.idOf('User', oldId);
    if ('refused' in reading || leaderId === undefined) return [{ oldId, place, refused: 'their leader was not brought along: they are in no team' }];
    const { fullName, department, role, isActive } = reading.thing;
    const remarks = isActive && role !== 'cs' && role !== 'viewer' ? [] : [`${fullName} is no active leader: the team has none`];
    return [{ oldId, place, thing: { name: cut(`Team ${fullName}`, 90), department, leaderId: Number(leaderId) }, remarks }];
  }

  async #sessions(): Promise<void> {
    const scores = new Map<string, string[]>();
    for (const batch of this.#tables.batches('SessionMetric', BATCH)) {
      for (const fields of batch) {
        const row = this.#row('SessionMetric', fields);
        const [session, metric, score, comments] = [row.id('sessionId'), row.text('metricName', 'metric'), row.number('score'), row.text('comments')];
        row.instant('createdAt');
        if (session === null || metric === null) continue;
        const lines = scores.get(session) ?? [];
        scores.set(session, lines);
        lines.push(`${metric}: ${score ?? '–'}${comments === null ? '' : ` (${comments})`}`);
      }
    }
    for (const lines of scores.values()) lines.sort();
    if (this.#tables.get('SessionMetric')) this.#report.note('Table SessionMetric is read with the sessions: what was scored stands in their notes.');
    const around = { attendees: this.#tables.joined('CoachingSession', 'User'), scores };
    await this.#each('CoachingSession', this.#stores.sessions, (place, fields) => {
      const reading = readSession(this.#context, around, place, fields);
      if ('thing' in reading) this.#dates.remember('CoachingSession', reading.oldId, reading.thing.startedAt ?? reading.thing.scheduledAt);
      return reading;
    });
  }

  async #coaching(): Promise<void> {
    const sessionOf = (table: CoachTable) => {
      const joined = this.#tables.joined(table, 'CoachingSession');
      return (oldId: string): string | undefined => joined.get(oldId)?.find((id) => this.#carrier.idOf('CoachingSession', id) !== undefined);
    };
    const [ofNote, ofAction] = [sessionOf('QuickNote'), sessionOf('ActionItem')];
    await this.#each('CoachingSession', this.#stores.notes, (place, fields) => readPreparation(this.#context, place, fields), 'CoachingSession.preparationNotes');
    await this.#each('QuickNote', this.#stores.notes, (place, fields) => readNote(this.#context, ofNote, place, fields));
    await this.#each('ActionItem', this.#stores.actions, (place, fields) => readAction(this.#context, ofAction, place, fields));
    const plans = this.#plans();
    if (this.#tables.get('ActionPlan')) this.#report.note('Table ActionPlan is read with its items: the title of a plan is their category; its dates (but for items that have none), status and approval stay behind.');
    await this.#each('ActionPlanItem', this.#stores.actions, (place, fields) => readPlanItem(this.#context, plans, place, fields));
  }

  #plans(): Map<string, Plan> {
    const plans = new Map<string, Plan>();
    for (const batch of this.#tables.batches('ActionPlan', BATCH)) {
      for (const fields of batch) {
        const row = this.#row('ActionPlan', fields);
        plans.set(row.id('id') ?? '', { agent: row.id('agentId'), createdBy: row.id('createdBy', 'createdById'), title: row.text('title'), at: row.instant('createdAt', 'startDate') });
      }
    }
    return plans;
  }

  async #metrics(): Promise<void> {
    if (isOfDay(this.#tables.get('AgentMetric')?.columns ?? [])) await this.#each('AgentMetric', this.#stores.days, (place, fields) => this.#days.once(readDay(this.#context, place, fields)));
    else await this.#each('AgentMetric', this.#stores.scorecards, (place, fields) => readScorecard(this.#context, 'AgentMetric', place, fields));
    await this.#each('Performance', this.#stores.scorecards, (place, fields) => readScorecard(this.#context, 'Performance', place, fields));
  }

  /** Carries what is read of a table over, batch by batch; null is for another pass, or nothing. */
  async #each<Thing extends object>(table: CoachTable, store: ThingStore<Thing>, read: (place: string, fields: Fields) => Reading<Thing> | null, kind: string = table): Promise<void> {
    if (!this.#tables.get(table)) return;
    this.#report.table(kind);
    let rows = 0;
    for (const batch of this.#tables.batches(table, BATCH)) {
      const readings = batch.map((fields, index) => read(`row ${rows + index + 1}`, fields)).filter((reading) => reading !== null);
      await this.#carrier.carry(kind, store, readings);
      rows += batch.length;
      this.#options.progress?.(kind, rows);
    }
  }

  #row(table: CoachTable, fields: Fields): OldRow {
    const asked = this.#asked.get(table) ?? new Set(['id', 'createdat']);
    this.#asked.set(table, asked);
    return new OldRow(fields, asked);
  }

  /** Every column with something in it that stays behind: known, and why, or not known. */
  #nameColumns(): void {
    const left = new Map<string, string[]>();
    for (const [table, asked] of this.#asked) {
      for (const { column, rows } of this.#tables.strangers(table as CoachTable, asked)) {
        const why = LEFT_COLUMNS.get(plainName(column));
        if (why === undefined) this.#report.note(`Column ${table}.${column} (something in ${rows} rows) is not known and stays behind.`);
        else left.set(why, [...(left.get(why) ?? []), `${table}.${column}`]);
      }
    }
    for (const [why, columns] of left) this.#report.note(`${columns.join(', ')} ${columns.length === 1 ? 'stays' : 'stay'} behind: ${why}.`);
  }
}

const dayStart = (day: string | null): string | null => (day === null ? null : `${day}T00:00:00.000Z`);
