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
  readonly counts: { readonly rows: number; readonly new: number } | null;
  readonly questions: readonly unknown[];
  readonly error: unknown;
}

/** When the client knew of each step; milliseconds since 1970. */
export interface ImportSteps {
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

  /** @throws when anything but every row comes out as new */
  async run({ path, rows }: CallsFile): Promise<ImportSteps> {
    const began = now();
    const { id } = await this.#upload(path);
    const uploaded = now();
    const preview = await this.#settled(id);
    const staged = now();
    if (preview.status !== 'staged' || preview.counts?.new !== rows || preview.questions.length > 0) throw new Error(`staged otherwise than ${whole(rows)} new: ${JSON.stringify(preview)}`);
    await this.#ask(`/${id}/commit`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
    const confirmed = now();
    const done = await this.#settled(id);
    if (done.status !== 'committed') throw new Error(`not committed: ${JSON.stringify(done)}`);
    return { began, uploaded, staged, confirmed, committed: now() };
  }

  async #upload(path: string): Promise<ImportAnswer> {
    const form = new FormData();
    form.set('kind', 'interactions');
    form.set('file', await openAsBlob(path), basename(path));
    return this.#ask('', { method: 'POST', body: form });
  }

  /** Waits until nothing moves any more. */
  async #settled(id: string): Promise<ImportAnswer> {
    for (;;) {
      const found = await this.#ask(`/${id}`, {});
      if (!['queued', 'parsing', 'committing'].includes(found.status)) return found;
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
