import { basename } from 'node:path';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { Carrier } from '../carrier.ts';
import type { MigrationReport } from '../migration-report.ts';
import { plainName } from '../old-row.ts';
import type { Places } from '../places.ts';
import type { CallStores } from './calls-options.ts';
import { collectionOf, rowOf, type Collection } from './documents.ts';
import { readExport, type Document } from './export-file.ts';
import { callIdOf, KNOWN_FIELDS, LEFT_FIELDS, readCall, readRecording, readTranscript, type CallContext } from './reading.ts';
import { namedIn, type WhoTookIt } from './who-took-it.ts';

interface Entry {
  readonly place: string;
  readonly document: Document;
}

/** Documents in one transaction. */
const BATCH = 1000;
const COLLECTIONS: readonly Collection[] = ['calls', 'recordings', 'transcripts'];
/** Lines that are no document of any collection. */
const NONE = 'others';
/** Under these a call is known besides its own id. */
const ALIASES = 'calls by another id';

/** One run over all files: the calls first, then what belongs to them. */
export class CallsRun {
  readonly #uow: UnitOfWork;
  readonly #carrier: Carrier;
  readonly #places: Places;
  readonly #stores: CallStores;
  readonly #who: WhoTookIt;
  readonly #report: MigrationReport;
  readonly #context: CallContext;
  readonly #progress: (text: string) => void;
  /** Names of the fields of documents, as far as there have been some. */
  readonly #fields: Readonly<Record<Collection, Map<string, string>>> = { calls: new Map(), recordings: new Map(), transcripts: new Map() };

  constructor(deps: {
    uow: UnitOfWork; carrier: Carrier; places: Places; stores: CallStores; who: WhoTookIt; report: MigrationReport; system: string;
    dayOf: (instant: Date) => string; progress: ((text: string) => void) | undefined;
  }) {
    this.#uow = deps.uow;
    this.#carrier = deps.carrier;
    this.#places = deps.places;
    this.#stores = deps.stores;
    this.#who = deps.who;
    this.#report = deps.report;
    this.#context = { system: deps.system, dayOf: deps.dayOf, asked: { calls: knownIn('calls'), recordings: knownIn('recordings'), transcripts: knownIn('transcripts') } };
    this.#progress = deps.progress ?? (() => undefined);
  }

  async all(paths: readonly string[]): Promise<void> {
    for (const collection of COLLECTIONS) this.#report.table(collection);
    for (const path of paths) await this.#pass(path, ['calls'], paths.length > 1);
    for (const path of paths) await this.#pass(path, ['recordings', 'transcripts'], paths.length > 1);
    for (const sentence of this.#who.sentences()) this.#report.note(sentence);
    this.#nameFields();
  }

  /** Reads a file for the documents of these collections. What is none of any is counted with the calls. */
  async #pass(path: string, wanted: readonly Collection[], named: boolean): Promise<void> {
    const batches = new Map(wanted.map((collection): [Collection, Entry[]] => [collection, []]));
    const file = basename(path);
    let read = 0;
    for await (const item of readExport(path)) {
      read += 1;
      const place = named ? `${file} ${item.place}` : item.place;
      const collection = 'broken' in item ? null : collectionOf(item.document, file);
      if (collection === null) {
        if (wanted.includes('calls')) this.#report.table(NONE).add('refused', place, null, 'broken' in item ? item.broken : 'it is neither a call, nor a recording, nor a transcript');
        continue;
      }
      const batch = batches.get(collection);
      if (!batch || 'broken' in item) continue;
      batch.push({ place, document: item.document });
      if (batch.length < BATCH) continue;
      await this.#carry(collection, batch.splice(0));
      this.#progress(`${file}: ${collection}, ${read} documents read`);
    }
    for (const [collection, batch] of batches) if (batch.length > 0) await this.#carry(collection, batch);
  }

  async #carry(collection: Collection, batch: readonly Entry[]): Promise<void> {
    for (const { document } of batch) for (const name of Object.keys(document)) this.#fields[collection].set(plainName(name), name);
    if (collection === 'calls') return this.#calls(batch);
    const calls = await this.#callsOf(collection, batch);
    if (collection === 'recordings') return this.#carrier.carry(collection, this.#stores.recordings, batch.map(({ place, document }, index) => readRecording(this.#context, place, document, calls[index])));
    return this.#carrier.carry(collection, this.#stores.transcripts, batch.map(({ place, document }, index) => readTranscript(this.#context, place, document, calls[index])));
  }

  async #calls(batch: readonly Entry[]): Promise<void> {
    const rows = batch.map(({ document }) => rowOf(document, this.#context.asked.calls));
    const named = rows.map(namedIn);
    await this.#uow.read((db) => this.#who.meet(db, named));
    await this.#carrier.carry('calls', this.#stores.calls, batch.map(({ place, document }, index) => readCall(this.#context, place, document, this.#who.of(named[index] ?? { id: null, email: null, name: null }))));
    for (const row of rows) {
      const oldId = callIdOf(row);
      const id = oldId === null ? undefined : this.#carrier.idOf('calls', oldId);
      if (id === undefined) continue;
      for (const alias of [row.id('_id'), row.id('conversationId')]) if (alias !== null && alias !== oldId) this.#places.set(ALIASES, alias, { id, content: '', place: '' });
    }
  }

  /** Our ids of the calls that documents belong to: of this run, else of an earlier one. */
  async #callsOf(collection: Collection, batch: readonly Entry[]): Promise<(string | undefined)[]> {
    const named = batch.map(({ document }) => {
      const row = rowOf(document, this.#context.asked[collection]);
      return [row.id('callSid'), row.id('callId'), row.id('conversationId')].filter((id) => id !== null);
    });
    const found = named.map((ids) => ids.map((id) => this.#carrier.idOf('calls', id) ?? this.#places.get(ALIASES, id)?.id ?? undefined).find((id) => id !== undefined));
    const missing = named.flatMap((ids, index) => (found[index] === undefined && ids[0] !== undefined ? [ids[0]] : []));
    if (missing.length === 0) return found;
    const stored = await this.#uow.read((db) => this.#stores.calls.idsIn(db, this.#context.system, missing));
    const earlier = new Map(missing.map((id, index) => [id, stored[index]]));
    return found.map((id, index) => id ?? earlier.get(named[index]?.[0] ?? ''));
  }

  /** Every field that nobody asked for: known and left, or not known. */
  #nameFields(): void {
    const left = new Map<string, string[]>();
    for (const collection of COLLECTIONS) {
      for (const [plain, name] of this.#fields[collection]) {
        if (this.#context.asked[collection].has(plain) || plain === 'id') continue;
        const why = LEFT_FIELDS.get(plain);
        if (why === undefined) this.#report.note(`Field ${collection}.${name} is not known and stays behind.`);
        else left.set(why, [...(left.get(why) ?? []), `${collection}.${name}`]);
      }
    }
    for (const [why, fields] of left) this.#report.note(`${fields.join(', ')} ${fields.length === 1 ? 'stays' : 'stay'} behind: ${why}.`);
  }
}

const knownIn = (collection: Collection): Set<string> => new Set(KNOWN_FIELDS[collection].split(' ').map(plainName));
