import { setImmediate } from 'node:timers/promises';
import type { ImportedPeople, KnownPerson } from '../agents/imported-people.service.ts';
import type { Clock } from '../db/clock.ts';
import type { Db } from '../db/db.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { FileStore } from '../storage/file-store.ts';
import { cut } from '../text/cut.ts';
import { Authorship } from './authorship.ts';
import type { ImportProgress, ImportRecord, ImportRepository } from './import.repository.ts';
import type { ImportRowsRepository, StagingRow } from './import-rows.repository.ts';
import type { ImportKind, Reading, RowReader } from './kinds/import-kind.ts';
import { withinReach, type ImportMapping } from './mapping/import-mapping.ts';
import type { MappingMemoryRepository } from './mapping/mapping-memory.repository.ts';
import { openOf } from './mapping/open-questions.ts';
import { headerAgain, isBlankRow, within } from './mapping/layout.ts';
import { proposeMapping, type Proposal } from './mapping/propose-mapping.ts';
import { unpivoted } from './mapping/unpivot.ts';
import { noRow } from './no-row.ts';
import type { ParsingLimits } from './parsing/limits.ts';
import { openSource } from './parsing/open-source.ts';
import { cellAddress, readUntil, type RowSource, type SourceRow } from './parsing/row-source.ts';
import { MOST_LISTED } from './missing-people.ts';
import { NearNames } from './near-names.ts';
import { mayTouch, PeopleResolver, type Resolution } from './people-resolver.ts';
import { throttle, type ProgressSink } from './progress.ts';
import { hiddenColumns, NoticedRows, recalledPeople, unreadColumns } from './remarks.ts';
import { asInFile, rawTexts } from './refused-rows.ts';
import { idOfPerson, type CellFault, type ParsedRow } from './rows.ts';
import type { RowCopy, StagingAttempts } from './staging-attempt.repository.ts';
import { isExampleRow } from './templates/example-row.ts';
import { textOf } from './values/text.ts';

/** Another mapping, a discard or another worker has overtaken this attempt; its work is thrown away. */
class Overtaken extends Error {}

/** The worker was asked to stop; the job will be run again. */
export class Interrupted extends Error {}

/** While nothing is said it is asked this often whether that is still wanted, in milliseconds. */
const wantedMs = 400;
const batchRows = 1_000;
/** So many rows that are refused when they are compared are shown as they stand in the file. */
const mostShown = 5_000;
const rawCharacters = 200;

export interface StagingDependencies {
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly imports: ImportRepository;
  readonly rows: ImportRowsRepository;
  readonly memory: MappingMemoryRepository;
  readonly attempts: StagingAttempts;
  readonly people: ImportedPeople;
  readonly files: FileStore;
  readonly kinds: Readonly<Record<ImportRecord['kind'], ImportKind>>;
  readonly progress: ProgressSink;
  readonly limits: ParsingLimits;
  readonly businessTimezone: string;
}

/**
 * Reads a stored file into the preview. An attempt is one transaction, from the first row that is copied to the preview that
 * has been compared: killed at any point it leaves nothing, and of two at once the second begins when the first has ended.
 */
export class StagingService {
  readonly #deps: StagingDependencies;

  constructor(deps: StagingDependencies) {
    this.#deps = deps;
  }

  /**
   * @param generation of the mapping to stage by; does nothing when a newer one has come since
   * @throws FileRefused when the file is the reason that nothing can be imported
   * @throws Interrupted when `signal` is aborted
   */
  async stage(importId: string, generation: number, signal?: AbortSignal): Promise<void> {
    const { uow, imports, clock, files } = this.#deps;
    const record = await uow.read((db) => imports.beginParsing(db, importId, generation, clock.now()));
    if (!record) return;
    try {
      await files.withLocalFile(record.storageKey, (path) => this.#read(record, path, signal));
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }

  async #read(record: ImportRecord, path: string, signal: AbortSignal | undefined): Promise<void> {
    const source = await openSource(path, record.fileName, this.#deps.limits);
    try {
      const kind = this.#deps.kinds[record.kind];
      const people = await this.#deps.people.everybody();
      const proposal = await this.#whileWanted(record, signal, (gone) => this.#propose(record, readUntil(gone, source), kind, people));
      const reader = kind.reader(proposal.mapping, this.#reading(proposal));
      const probe = kind.reader(proposal.mapping, this.#reading(proposal));
      const resolver = new PeopleResolver(people, proposal.mapping.people, record.teamScope, kind.isAboutPeople !== true && isOptional(kind.needed, 'agent'));
      const authors = kind.isAuthored === true ? new Authorship(people, proposal.mapping.people, record.uploadedBy.id, record.teamScope !== null) : null;
      await this.#attempt({ record, source, kind, proposal, reader, probe, people, resolver, authors, noticed: new NoticedRows(), signal });
    } finally {
      await source.close();
    }
  }

  #propose(record: ImportRecord, source: RowSource, kind: ImportKind, people: readonly KnownPerson[]): Promise<Proposal> {
    const { uow, memory, kinds } = this.#deps;
    return proposeMapping(source, kind, record.givenMapping, async (signature) =>
      withinReach(await uow.read((db) => memory.recall(db, record.kind, signature, record.uploadedBy.id)), people, record.teamScope), Object.values(kinds));
  }

  #reading({ mapping, guessed }: Proposal): Reading {
    const business = this.#deps.businessTimezone;
    return { file: mapping.options.timezone ?? business, business, now: this.#deps.clock.now().getTime(), guessed };
  }

  async #attempt(run: Run): Promise<void> {
    const { record, proposal: { mapping }, signal } = run;
    const { uow, attempts } = this.#deps;
    const attempt = await attempts.begin();
    try {
      await this.#takeOver(attempt.db, record);
      const copy = attempt.copy(record.id, mapping.sheet);
      const rows = await this.#whileWanted(record, signal, (gone) => this.#readRows({ ...run, source: unpivoted(readUntil(gone, run.source), run.proposal.pivots) }, copy));
      await copy.finish();
      await this.#report(record, { phase: 'comparing', percent: 90, rows });
      await this.#whileWanted(record, signal, (gone) => uow.read((outside) => attempt.db.unlessGone(outside, gone, () => this.#compare(run, attempt.db))));
      await attempt.commit();
      this.#deps.progress.publish({ id: record.id, status: 'staged', progress: { phase: 'done', percent: 100, rows }, uploadedBy: record.uploadedBy.id });
    } finally {
      await attempt.end();
    }
  }

  /** Waits for other attempts, and makes room for this one's rows. */
  async #takeOver(db: Db, record: ImportRecord): Promise<void> {
    const { imports, rows } = this.#deps;
    await rows.takeYourTime(db);
    await imports.lockStaging(db, record.id);
    assertCurrent(record, await imports.byId(db, record.id));
    await rows.clear(db, record.id);
  }

  async #readRows({ record, source, kind, proposal: { mapping, detected: { block, headers } }, reader, probe, resolver, authors, noticed, signal }: Run, copy: RowCopy): Promise<number> {
    const due = throttle(() => performance.now());
    let batch: StagingRow[] = [];
    let rows = 0;
    const flush = async (): Promise<void> => {
      await copy.write(batch);
      rows += batch.length;
      batch = [];
      if (signal?.aborted) throw new Interrupted('The worker is stopping.');
      if (due()) await this.#report(record, { phase: 'parsing', percent: Math.round(source.fraction() * 90), rows });
    };
    if (mapping.headerRow === null) return 0;
    const isHeader = headerAgain(headers);
    for await (const whole of source.rows(mapping.sheet)) {
      const row = within(whole, block);
      if (row.rowNumber <= mapping.headerRow || isBlankRow(row)) continue;
      if (noticed.leavesOut(row, mapping.options.hidden)) continue;
      const skipped = isHeader(row) ? 'headers_skipped' : noRow(row, probe, resolver) ?? (isExampleRow(row, kind.name, mapping.columns) ? 'example_skipped' : null);
      const parsed = skipped === null ? reader.parse(row) : null;
      if (parsed === null || parsed.isEmpty === true) noticed.add(skipped ?? 'figures_missing', row.rowNumber);
      else {
        const read = authored(row, complete(row, parsed, mapping.columns['agent'], resolver, kind), mapping.columns, authors);
        if (read.hashed && read.data !== null) noticed.add('known_by_content', row.rowNumber);
        if (isNobodys(read, mapping.columns['agent'])) noticed.add('nobody_named', row.rowNumber);
        batch.push(read);
      }
      if (batch.length === batchRows) await flush();
    }
    await flush();
    return rows;
  }

  /** What was refused only now is shown as it stands in the file, like the rest. Rows that were put together have no one place there. */
  async #showRefused({ record, source, proposal: { mapping, detected: { block }, pivots } }: Run, db: Db): Promise<void> {
    const { rows } = this.#deps;
    const refused = pivots.has(mapping.sheet) ? [] : await rows.refusedByComparing(db, record.id, mostShown);
    const whole = source.rows(mapping.sheet);
    const read = async function* (): AsyncGenerator<SourceRow> {
      for await (const row of whole) yield within(row, block);
    };
    await rows.showRefused(db, record.id, refused.length > 0 ? await asInFile(read(), refused) : []);
  }

  /** Who is missing, and who may be meant. */
  async #missing(db: Db, { id, teamScope }: ImportRecord, people: readonly KnownPerson[]): Promise<Pick<ImportRecord, 'missingAgents' | 'missingAgentCount'>> {
    const missing = await this.#deps.rows.missingAgents(db, id, MOST_LISTED);
    if (missing.missingAgentCount === 0) return missing;
    const near = new NearNames(people.filter((person) => mayTouch(teamScope, person)));
    const missingAgents = [];
    for (const person of missing.missingAgents) {
      missingAgents.push({ ...person, suggestions: near.of(person.name) });
      // Among ten thousands of people each takes its milliseconds: what else the worker does is not to wait for all.
      await setImmediate();
    }
    return { ...missing, missingAgents };
  }

  async #report(record: ImportRecord, progress: ImportProgress): Promise<void> {
    const { uow, imports, clock } = this.#deps;
    const current = await uow.read((db) => imports.saveProgress(db, record.id, record.generation, progress, clock.now()));
    if (!current) throw new Overtaken();
    this.#deps.progress.publish({ id: record.id, status: 'parsing', progress, uploadedBy: record.uploadedBy.id });
  }

  /** Looking into a file, reading rows that are blank, and comparing say nothing for a while: meanwhile it is looked whether anybody still waits for it. */
  async #whileWanted<T>(record: ImportRecord, signal: AbortSignal | undefined, work: (gone: AbortSignal) => Promise<T>): Promise<T> {
    const { uow, imports } = this.#deps;
    const gone = new AbortController();
    const stop = (): void => gone.abort(new Interrupted('The worker is stopping.'));
    const look = async (): Promise<void> => {
      const now = await uow.read((db) => imports.byId(db, record.id));
      if (!isCurrent(record, now)) gone.abort(new Overtaken());
    };
    // What cannot be asked now is asked again.
    const timer = setInterval(() => void look().catch(() => undefined), wantedMs);
    signal?.addEventListener('abort', stop);
    try {
      if (signal?.aborted) stop();
      return await work(gone.signal);
    } finally {
      clearInterval(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  async #compare(run: Run, db: Db): Promise<void> {
    const { record, kind, proposal, reader, people, resolver, authors, noticed } = run;
    const { imports, rows, clock, businessTimezone } = this.#deps;
    const { mapping, detected } = proposal;
    const source = mapping.source ?? `file:${record.fileSha256.slice(0, 16)}`;
    // The planner has not met these rows yet: comparing looks them up, and so does the commit. Other attempts wait for this one
    // here; they would compare each row with each instead.
    await rows.analyze(db);
    await kind.classify(db, { importId: record.id, source, columns: mapping.columns, teamIds: record.teamScope });
    await this.#showRefused(run, db);
    const counts = await rows.counts(db, record.id);
    const missing = await this.#missing(db, record, people);
    const period = await kind.period(db, record.id, businessTimezone);
    const questions = openOf([...proposal.questions, ...reader.questions(), ...resolver.questions(), ...(authors?.questions() ?? [])], record.givenMapping);
    const remarks = [...proposal.remarks, ...unreadColumns(detected.headers, mapping.columns), ...hiddenColumns(noticed.hiddenColumns, detected.headers, mapping.columns), ...recalledPeople(resolver.recalled(record.givenMapping.people ?? {})), ...noticed.remarks(), ...((await kind.remarks?.(db, record.id)) ?? [])];
    // Only now: who wants to cancel it need not wait for all of this.
    assertCurrent(record, await imports.forUpdate(db, record.id));
    await imports.markStaged(db, record.id, { source, mapping: { ...mapping, source }, detected: { ...detected, remarks }, questions, counts, ...missing, period }, clock.now());
  }
}

/** Whether the import is what this attempt began with. */
const isCurrent = ({ generation }: ImportRecord, now: ImportRecord | undefined): boolean => now?.status === 'parsing' && now.generation === generation;

/** @throws Overtaken */
function assertCurrent(record: ImportRecord, now: ImportRecord | undefined): void {
  if (!isCurrent(record, now)) throw new Overtaken();
}

interface Run {
  readonly record: ImportRecord;
  readonly source: RowSource;
  readonly kind: ImportKind;
  readonly proposal: Proposal;
  readonly reader: RowReader;
  /** Reads what may be no row at all, and counts nothing. */
  readonly probe: RowReader;
  readonly people: readonly KnownPerson[];
  readonly resolver: PeopleResolver;
  /** Null where nobody has written the rows. */
  readonly authors: Authorship | null;
  readonly noticed: NoticedRows;
  readonly signal: AbortSignal | undefined;
}

/** Adds to a parsed row who its person is, or why it cannot have that one. */
function complete(read: SourceRow, row: ParsedRow, column: number | null | undefined, resolver: PeopleResolver, { isAboutPeople, needed }: ImportKind): StagingRow {
  const resolution = resolver.resolveAny([row.person, ...(row.alsoKnownAs ?? [])]);
  const faults = resolution.kind === 'refused' ? [...row.faults, personFault(row, column, resolution)] : row.faults;
  if (row.data === null || resolution.kind === 'refused') return { ...row, data: null, faults, raw: rawTexts(read) };
  // Somebody who is not there is what the row is about, not whom it lacks.
  if (isAboutPeople) return { ...row, data: { ...row.data, ...(resolution.kind === 'known' ? { agentId: resolution.id } : {}) }, raw: [] };
  if (typeof column !== 'number') return { ...row, raw: [] };
  if (resolution.kind === 'nobody' && !isOptional(needed, 'agent')) return { ...row, data: null, faults: [personFault(row, column, NOBODY)], raw: rawTexts(read) };
  return { ...row, externalId: idOf(row, resolution, resolver), data: { ...row.data, agent: resolution.kind === 'missing' ? resolution.name : row.person, ...personOf(resolution) }, raw: [] };
}

/** A row that goes by its person goes by the same id whatever it calls them. */
function idOf({ externalId, ofPerson, person }: ParsedRow, resolution: Resolution, resolver: PeopleResolver): string {
  if (ofPerson === undefined || person === null) return externalId;
  if (resolution.kind === 'known') return idOfPerson(resolver.firstNameOf(resolution.id, person), ofPerson);
  return resolution.kind === 'missing' ? idOfPerson(resolution.name, ofPerson) : externalId;
}

/** Adds to a row that somebody has written who that is, or why it cannot be: what is here already stays whose it is. */
function authored({ cells }: SourceRow, row: StagingRow, columns: ImportMapping['columns'], authors: Authorship | null): StagingRow {
  if (authors === null || row.data === null) return row;
  const { author: name, agentId } = row.data;
  const author = authors.of(typeof name === 'string' ? name : null, typeof agentId === 'number' ? agentId : null);
  if ('id' in author) return { ...row, data: { ...row.data, authorId: author.id } };
  const column = columns[author.field];
  const place = typeof column === 'number' ? { cell: cellAddress(column, row.rowNumber), value: cut(textOf(cells[column]), rawCharacters) } : { cell: null, value: null };
  return { ...row, data: { ...row.data, notIfNew: { ...author, ...place } } };
}

const NOBODY = { code: 'missing', message: 'The row names nobody.' };

/** Whether rows can do without the column. */
const isOptional = (needed: ImportKind['needed'], field: string): boolean => !needed.some(({ fields, none }) => fields.includes(field) && none === undefined);

/** Of a file that names people. */
const isNobodys = ({ data }: StagingRow, column: number | null | undefined): boolean => typeof column === 'number' && data !== null && data['agentId'] === null && !('agentKey' in data);

function personFault(row: ParsedRow, column: number | null | undefined, { code, message }: { code: string; message: string }): CellFault {
  const cell = typeof column === 'number' ? cellAddress(column, row.rowNumber) : null;
  return { field: 'agent', cell, value: row.person, code, message };
}

function personOf(resolution: Exclude<Resolution, { kind: 'refused' }>): Record<string, unknown> {
  if (resolution.kind === 'missing') return { agentKey: resolution.key };
  return { agentId: resolution.kind === 'known' ? resolution.id : null };
}
