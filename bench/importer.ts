import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { whole } from './bench.ts';
import type { CallsFile } from './import-files.ts';
import type { Child } from './children.ts';

const POLL_MS = 20;

export interface ImportAnswer {
  readonly id: string;
  readonly status: string;
  readonly counts: Counts | null;
  readonly questions: readonly unknown[];
  readonly error: unknown;
}

/** How many rows are what. */
type Counts = Readonly<Record<'rows' | 'new' | 'changed' | 'unchanged' | 'rejected', number>>;

/** When the client knew of each step; milliseconds since 1970. */
export interface ImportSteps {
  readonly id: string;
  readonly began: number;
  readonly uploaded: number;
  readonly staged: number;
  /** The server has taken note of the agreement. */
  readonly confirmed: number;
  readonly committed: number;
}

const now = (): number => performance.timeOrigin + performance.now();

/** Imports files as a client of the API does. */
export class Importer {
  readonly #api: Child;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(api: Child, token: string) {
    this.#api = api;
    this.#headers = { Authorization: `Bearer ${token}` };
  }

  /**
   * @param source where the rows come from; what the headers say by default
   * @param expected what its rows are to come out as; all of them as new by default
   * @throws when they come out otherwise
   */
  async run({ path, rows }: CallsFile, source?: string, expected: Partial<Counts> = { new: rows }): Promise<ImportSteps> {
    const began = now();
    const { id } = await this.#upload(path, source);
    const uploaded = now();
    const preview = await this.#settled(id);
    const staged = now();
    const differs = Object.entries(expected).some(([what, count]) => preview.counts?.[what as keyof Counts] !== count);
    if (preview.status !== 'staged' || differs || preview.questions.length > 0) throw new Error(`of ${whole(rows)} rows staged otherwise than ${JSON.stringify(expected)}: ${JSON.stringify(preview)}`);
    await this.#ask(`/${id}/commit`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
    const confirmed = now();
    const done = await this.#settled(id);
    if (done.status !== 'committed') throw new Error(`not committed: ${JSON.stringify(done)}`);
    return { id, began, uploaded, staged, confirmed, committed: now() };
  }

  /** Takes a committed import back. @returns seconds */
  async undo(id: string): Promise<number> {
    const began = now();
    await this.#ask(`/${id}/rollback`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
    const done = await this.#settled(id);
    if (done.status !== 'rolled_back') throw new Error(`not rolled back: ${JSON.stringify(done)}`);
    return (now() - began) / 1000;
  }

  async #upload(path: string, source: string | undefined): Promise<ImportAnswer> {
    const form = new FormData();
    form.set('kind', 'interactions');
    if (source !== undefined) form.set('source', source);
    form.set('file', await openAsBlob(path), basename(path));
    return this.#ask('', { method: 'POST', body: form });
  }

  /** Waits until nothing moves any more. */
  async #settled(id: string): Promise<ImportAnswer> {
    for (;;) {
      const found = await this.#ask(`/${id}`, {});
      if (!['queued', 'parsing', 'committing', 'rolling_back'].includes(found.status)) return found;
      await sleep(POLL_MS);
    }
  }

  async #ask(path: string, init: RequestInit): Promise<ImportAnswer> {
    const response = await fetch(`${this.#api.url}/api/imports${path}`, { ...init, headers: { ...this.#headers, ...init.headers } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text) as ImportAnswer;
  }
}
