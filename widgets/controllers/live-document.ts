import type { components } from '../../api/http/contract.types.ts';
import { mergeList, mergeText, mergeWhole, same, type Merged } from '../shared/three-way.ts';

type Schemas = components['schemas'];
export type CoachingSession = Schemas['CoachingSession'];
export type LiveField = keyof Schemas['DocumentUpdates'];
export type LiveValues = Pick<CoachingSession, LiveField>;
export type LiveVersions = Schemas['DocumentVersions'];
export type DocumentUpdate = Schemas['DocumentUpdate'];

/** What is to be sent, and on which versions it was written. */
export interface Writing {
  /** Sent again under the same name it is written once, and answered as the first time. */
  readonly id: string;
  readonly updates: Schemas['DocumentUpdates'];
  readonly versions: LiveVersions;
}

/** Two people wrote the same; somebody has to say what stays. */
export interface Clash<F extends LiveField = LiveField> {
  readonly field: F;
  readonly mine: LiveValues[F];
  readonly theirs: LiveValues[F];
}

/** What was written here and is not stored yet. */
export interface Draft {
  /** What it was written on. */
  readonly base: unknown;
  readonly version: number;
  readonly mine: unknown;
}

/** What has to survive a reload so that nothing written is lost: it goes through JSON. */
export interface Unsaved {
  readonly drafts: Readonly<Partial<Record<LiveField, Draft>>>;
  /** On its way when the page was left. */
  readonly writing?: Writing | undefined;
  /** What it says, as it was written here. */
  readonly sent?: Readonly<Partial<Record<LiveField, unknown>>> | undefined;
}

export const LIVE_FIELDS: readonly LiveField[] = ['discussionNotes', 'topicsCovered', 'engagementScore', 'agenda', 'focusMetrics', 'summary', 'commitments'];

/**
 * The document of a session as one of its writers has it: what is stored, what was written here on top, and what is on
 * its way. What others write is merged into it; where that cannot be, it waits for a decision, and nothing is lost.
 */
export class LiveDocument {
  #session: CoachingSession;
  readonly #drafts = new Map<LiveField, Draft>();
  readonly #clashes = new Map<LiveField, unknown>();
  /** On its way, and as it was written here. Whether it is stored is known only with the answer. */
  #inFlight: { readonly writing: Writing; readonly sent: ReadonlyMap<LiveField, unknown>; again: boolean } | undefined;
  /** Heard of meanwhile. */
  #waiting: CoachingSession | undefined;
  readonly #newId: () => string;

  /** @param unsaved what was not stored when the page was left */
  constructor(session: CoachingSession, unsaved: Unsaved = { drafts: {} }, newId = (): string => crypto.randomUUID()) {
    this.#session = session;
    this.#newId = newId;
    const { drafts, writing, sent = {} } = unsaved;
    for (const field of LIVE_FIELDS) {
      const draft = drafts[field];
      if (draft) this.#drafts.set(field, draft);
      if (draft && !(field in sent)) this.#meet(field, session[field], draft.base);
    }
    if (!writing) return;
    this.#inFlight = { writing, sent: new Map(Object.entries(sent) as [LiveField, unknown][]), again: true };
    // What is stored now may hold it or not.
    this.#waiting = session;
    for (const [field, version] of Object.entries(writing.versions) as [LiveField, number][]) {
      const draft = this.#drafts.get(field);
      this.#know(field, draft ? draft.base : session[field], version);
    }
  }

  /** As it is stored, as far as it is known here. */
  get session(): CoachingSession {
    return this.#session;
  }

  /** What the person sees: what they wrote, else what is stored. */
  value<F extends LiveField>(field: F): LiveValues[F] {
    const draft = this.#drafts.get(field);
    return (draft ? draft.mine : this.#session[field]) as LiveValues[F];
  }

  get kept(): Unsaved {
    const { writing, sent } = this.#inFlight ?? {};
    return { drafts: Object.fromEntries(this.#drafts), ...(writing && sent && { writing, sent: Object.fromEntries(sent) }) };
  }

  get clashes(): readonly Clash[] {
    return [...this.#clashes].map(([field, theirs]) => ({ field, mine: this.value(field), theirs }) as Clash);
  }

  /** Whether something written here is not stored yet. */
  get unsaved(): boolean {
    return this.#drafts.size > 0;
  }

  edit<F extends LiveField>(field: F, value: LiveValues[F]): void {
    const draft = this.#drafts.get(field) ?? { base: this.#session[field], version: this.#version(field), mine: undefined };
    if (same(value, draft.base) && !this.#inFlight?.sent.has(field) && !this.#clashes.has(field)) this.#drafts.delete(field);
    else this.#drafts.set(field, { ...draft, mine: value });
  }

  /** The person said what is to stay where both wrote. */
  decide<F extends LiveField>(field: F, value: LiveValues[F]): void {
    this.#clashes.delete(field);
    this.#drafts.set(field, { base: this.#session[field], version: this.#version(field), mine: value });
    if (same(value, this.#session[field])) this.#drafts.delete(field);
  }

  /** What is to be sent now, once; undefined while something is on its way or there is nothing. */
  take(): Writing | undefined {
    if (this.#inFlight) {
      if (!this.#inFlight.again) return undefined;
      this.#inFlight.again = false;
      return this.#inFlight.writing;
    }
    const ready = [...this.#drafts].filter(([field]) => !this.#clashes.has(field));
    if (ready.length === 0) return undefined;
    const writing: Writing = {
      id: this.#newId(),
      updates: Object.fromEntries(ready.map(([field, { mine }]) => [field, sendable(field, mine)])),
      versions: Object.fromEntries(ready.map(([field, { version }]) => [field, version])),
    };
    this.#inFlight = { writing, sent: new Map(ready.map(([field, { mine }]) => [field, mine])), again: false };
    return writing;
  }

  /** What was sent was answered. */
  answered({ applied, refused }: DocumentUpdate): void {
    const sent = this.#inFlight?.sent ?? new Map<LiveField, unknown>();
    this.#inFlight = undefined;
    for (const [field, value] of sent) {
      const version = applied[field];
      const other = refused[field];
      if (version !== undefined) this.#stored(field, value, version);
      else if (other) this.#refused(field, other.value, other.version);
    }
    this.#catchUp();
  }

  /** No answer came; whether it was stored, nobody knows. The same is sent again. */
  unanswered(): void {
    if (this.#inFlight) this.#inFlight.again = true;
  }

  /** It was refused as a whole, and would be again. What was written stays here. */
  rejected(): void {
    this.#inFlight = undefined;
    this.#catchUp();
  }

  /** The session as it was just read or heard of. What is older than what is known changes nothing. */
  receive(session: CoachingSession): void {
    if (this.#inFlight && session.version >= (this.#waiting?.version ?? 0)) this.#waiting = session;
    const before = this.#session;
    const isNewer = session.version >= before.version;
    for (const field of LIVE_FIELDS) if (!this.#inFlight?.sent.has(field)) this.#theirs(field, session[field], session.versions[field] ?? 0);
    const document = Object.fromEntries(LIVE_FIELDS.map((field) => [field, this.#session[field]]));
    this.#session = { ...(isNewer ? session : before), ...document, versions: this.#session.versions };
  }

  #catchUp(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.receive(waiting);
  }

  #version(field: LiveField): number {
    return this.#session.versions[field] ?? 0;
  }

  #know(field: LiveField, value: unknown, version: number): void {
    const { [field]: _known, ...versions } = this.#session.versions;
    this.#session = { ...this.#session, [field]: value, versions: version > 0 ? { ...versions, [field]: version } : versions };
  }

  /** What was written here is stored; what was written since is written on that. */
  #stored(field: LiveField, value: unknown, version: number): void {
    if (version >= this.#version(field)) this.#know(field, value, version);
    const draft = this.#drafts.get(field);
    if (!draft) return;
    if (same(draft.mine, value)) this.#drafts.delete(field);
    else this.#drafts.set(field, { ...draft, base: value, version });
  }

  /** Whatever was known of it here, the draft goes on from what it was refused for: else the same would be sent for ever. */
  #refused(field: LiveField, value: unknown, version: number): void {
    if (version >= this.#version(field)) this.#know(field, value, version);
    this.#meet(field, this.#session[field], this.#drafts.get(field)?.base);
  }

  #theirs(field: LiveField, value: unknown, version: number): void {
    const known = this.#version(field);
    // The same version once more is what was stored from here, as the server has put it.
    if (version < known || (version === known && same(value, this.#session[field]))) return;
    const before = this.#session[field];
    this.#know(field, value, version);
    this.#meet(field, value, this.#drafts.get(field)?.base ?? before);
  }

  /** Brings together what was written here and what is stored. */
  #meet(field: LiveField, theirs: unknown, base: unknown): void {
    const draft = this.#drafts.get(field);
    if (!draft) return;
    const { value, clash } = merge(field, base, draft.mine, theirs);
    if (clash) this.#clashes.set(field, theirs);
    else this.#clashes.delete(field);
    // A clash is decided about on what it was written on, however often the other side goes on writing meanwhile.
    if (clash) this.#drafts.set(field, { ...draft, base, version: this.#version(field) });
    else if (same(value, theirs)) this.#drafts.delete(field);
    else this.#drafts.set(field, { base: theirs, version: this.#version(field), mine: value });
  }
}

const entryId = (entry: { readonly id: string }): string => entry.id;

function merge(field: LiveField, base: unknown, mine: unknown, theirs: unknown): Merged<unknown> {
  switch (field) {
    case 'discussionNotes':
    case 'summary':
      return mergeText(base as string, mine as string, theirs as string);
    case 'topicsCovered':
    case 'focusMetrics':
      return mergeList(base as string[], mine as string[], theirs as string[], (entry) => entry);
    case 'agenda':
    case 'commitments':
      return mergeList(base as { id: string }[], mine as { id: string }[], theirs as { id: string }[], entryId);
    case 'engagementScore':
      return mergeWhole(base, mine, theirs);
  }
}

/** Who added a point is the server's to say. */
function sendable(field: LiveField, value: unknown): unknown {
  if (field !== 'agenda') return value;
  return (value as CoachingSession['agenda']).map(({ addedBy: _by, ...point }) => point);
}
