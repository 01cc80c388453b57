import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { toApiError, type ApiError } from '../shared/api-error.ts';
import { changed, merge, type Change, type Flat } from './merge.ts';

/** What somebody else saved meanwhile. */
export interface Clash {
  readonly by: string | undefined;
  /** ISO 8601. */
  readonly at: string | undefined;
  readonly changes: readonly Change[];
}

/** The refusal of a field: the server's words, and the rule that was broken. */
export interface FieldProblem {
  readonly message: string;
  readonly code: string | undefined;
}

/**
 * One thing being edited: what it was, what it is here, what the server said to it. Knows nothing of what it edits.
 */
export class Form implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #base: Flat | undefined;
  #draft: Flat = {};
  #problems: ReadonlyMap<string, FieldProblem> = new Map();
  #error: ApiError | undefined;
  #clash: Clash | undefined;
  #saving = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  get draft(): Flat {
    return this.#draft;
  }

  /** Whether `start` was called. */
  get started(): boolean {
    return this.#base !== undefined;
  }

  get saving(): boolean {
    return this.#saving;
  }

  /** Fields that differ from what is stored. */
  get changes(): Flat {
    return this.#base ? changed(this.#base, this.#draft) : {};
  }

  get dirty(): boolean {
    return Object.keys(this.changes).length > 0;
  }

  /** Why the last save failed; also set when every fault is told on its field. */
  get error(): ApiError | undefined {
    return this.#error;
  }

  /** Faults by field; those of a group or a list also stand for what is inside it. */
  get problems(): ReadonlyMap<string, FieldProblem> {
    return this.#problems;
  }

  get clash(): Clash | undefined {
    return this.#clash;
  }

  /** Fields that both changed and that nobody has decided on: saving now would overwrite what was never seen. */
  get undecided(): boolean {
    return this.#clash?.changes.some((change) => change.clash) ?? false;
  }

  /** Begins anew with what is stored. */
  start(base: object): void {
    this.#base = base as Flat;
    this.#draft = this.#base;
    this.#problems = new Map();
    this.#error = undefined;
    this.#clash = undefined;
    this.#host.requestUpdate();
  }

  set(key: string, value: unknown): void {
    this.#draft = { ...this.#draft, [key]: value };
    if (this.#problems.has(key)) this.#problems = new Map([...this.#problems].filter(([other]) => other !== key));
    this.#host.requestUpdate();
  }

  /** Edits nothing any more. */
  forget(): void {
    this.start({});
    this.#base = undefined;
  }

  reset(): void {
    if (this.#base) this.start(this.#base);
  }

  /** Says locally that a field will not do. */
  refuse(problems: ReadonlyMap<string, FieldProblem>): void {
    this.#problems = problems;
    this.#host.requestUpdate();
  }

  /** Somebody else saved: their changes come in, what was written here stays. */
  rebase(theirs: object, by?: string, at?: string): void {
    const next = theirs as Flat;
    if (!this.#base || !this.dirty) return this.start(next);
    const { draft, changes } = merge(this.#base, this.#draft, next);
    this.#base = next;
    this.#draft = draft;
    if (changes.length > 0) this.#clash = { by, at, changes: [...this.#stillTold(changes), ...changes] };
    this.#error = undefined;
    this.#host.requestUpdate();
  }

  /** Takes the other's value of a field that both changed. */
  takeTheirs({ key, to }: Change): void {
    this.set(key, to);
    this.#settle(key);
  }

  /** What was written here stays; the other's change has been seen. */
  keepMine({ key }: Change): void {
    this.#settle(key);
  }

  dismissClash(): void {
    this.#clash = undefined;
    this.#host.requestUpdate();
  }

  /**
   * Saves; faults of fields (`/body/fullName`) are kept for them.
   * @returns the error, or undefined when it was saved
   */
  async save(work: () => Promise<unknown>): Promise<ApiError | undefined> {
    if (this.#saving) return undefined;
    this.#saving = true;
    this.#error = undefined;
    this.#problems = new Map();
    this.#host.requestUpdate();
    try {
      await work();
      this.#clash = undefined;
      return undefined;
    } catch (thrown) {
      this.#error = toApiError(thrown);
      this.#problems = fieldProblems(this.#error);
      return this.#error;
    } finally {
      this.#saving = false;
      this.#host.requestUpdate();
    }
  }

  #stillTold(newer: readonly Change[]): Change[] {
    return (this.#clash?.changes ?? []).filter(({ key }) => !newer.some((change) => change.key === key));
  }

  #settle(key: string): void {
    if (!this.#clash) return;
    const changes = this.#clash.changes.filter((change) => change.key !== key);
    this.#clash = changes.length > 0 ? { ...this.#clash, changes } : undefined;
    this.#host.requestUpdate();
  }
}

/** The faults of a problem by field: `/body/targets/csat` is `targets/csat`. The first fault of a field is told. */
export function fieldProblems(error: ApiError): Map<string, FieldProblem> {
  const problems = new Map<string, FieldProblem>();
  for (const { path, message, code } of error.details) {
    const key = path.replace(/^\/(body\/?)?/, '').replaceAll('~1', '/').replaceAll('~0', '~');
    if (key && !problems.has(key)) problems.set(key, { message, code });
  }
  return problems;
}
