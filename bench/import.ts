import { once } from 'node:events';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compared, defineBench, median, whole, type Bench, type Measurement } from './bench.ts';
import { startChild, type Child } from './children.ts';
import { writeCalls, type CallsFile } from './import-files.ts';
import { install, type Installation } from './installation.ts';
import { askProbe, PROBE } from './probe.ts';
import { forgetPeak, peakMegabytes } from './processes.ts';
import type { BareAnswer, BareQuestion } from './servers/bare-import.ts';

/** With an administrator and one leader in 25, so many make 1,000 front-line people. */
const PEOPLE = 1042;
const POLL_MS = 50;
const LOOP_MS = 50;
const TARGET = 0.5;
const FORMATS = ['csv', 'xlsx'] as const;

const bare = 'bare: the same reader alone, and then a COPY of the same rows into a table without index or key';

/** A workbook of the usual size, from upload to committed. */
export const importRows = importBench('import', 100_000, 3, ({ rows, rounds }) =>
  `${whole(rows)} calls × 10 columns of ${whole(PEOPLE)} people, uploaded, read, staged, compared, committed, daily figures of 60 days included, by the API and the worker as they run; ${bare}. Medians of ${rounds} interleaved rounds, each adding new calls to those of the rounds before.`);

/** The largest workbook there can be. */
export const importMillion = importBench('import-million', 1_000_000, 1, ({ rows }) => `The same with ${whole(rows)} rows, once; ${bare}.`);

function importBench(name: string, rows: number, rounds: number, about: (size: { rows: number; rounds: number }) => string): Bench {
  return defineBench({
    name,
    about: about({ rows, rounds }),
    async run(note): Promise<readonly Measurement[]> {
      const folder = await mkdtemp(join(tmpdir(), 'sideline-bench-files-'));
      const installation = await install(PEOPLE);
      try {
        const files = await write(installation, folder, rows);
        note(`the files: ${files.map(({ path }) => basename(path)).join(', ')}`);
        return await measure(installation, files, rounds, note);
      } finally {
        await installation.close();
        await rm(folder, { recursive: true, force: true });
      }
    },
  });
}

async function write({ query }: Installation, folder: string, rows: number): Promise<CallsFile[]> {
  const names = (await query<{ name: string }>(`select full_name as name from agents where role = 'cs' order by id`)).map(({ name }) => name);
  const files = FORMATS.map((format) => ({ path: join(folder, `calls.${format}`), format, rows, names }));
  for (const file of files) await writeCalls(file);
  return files;
}

/** One import, or one bare run, of one file. */
interface Round {
  readonly seconds: number;
  readonly peakMegabytes: number;
}

interface Imported extends Round {
  readonly heapMegabytes: number;
  readonly apiLoopMs: number;
}

async function measure(installation: Installation, files: readonly CallsFile[], rounds: number, note: (line: string) => void): Promise<Measurement[]> {
  const api = await installation.startApi({ UPLOAD_LIMIT_MB: '2000' }, PROBE);
  const worker = await installation.startWorker(PROBE);
  const reader = await startChild(new URL('./servers/bare-import.ts', import.meta.url), { DATABASE_URL: installation.databaseUrl });
  const importer = new Importer(api, worker, installation.tokenOf(1), note);
  try {
    const found = files.map((file) => ({ file, ours: [] as Imported[], bare: [] as Round[] }));
    for (let round = 1; round <= rounds; round += 1) {
      for (const { file, ours, bare } of found) {
        bare.push(await readAndCopy(reader, file, note));
        ours.push(await importer.run(file, `bench-${round}-${file.format}`));
      }
    }
    return found.flatMap(({ file, ours, bare }) => linesOf(file, ours, bare));
  } finally {
    for (const child of [reader, worker, api]) await child.stop();
  }
}

function linesOf({ format, rows }: CallsFile, ours: readonly Imported[], bare: readonly Round[]): Measurement[] {
  const rate = (all: readonly Round[]): number => rows / median(all.map(({ seconds }) => seconds));
  const most = (values: readonly number[]): string => `${whole(Math.max(...values))} MB`;
  const loop = Math.max(...ours.map(({ apiLoopMs }) => apiLoopMs));
  return [
    compared(`${format}, upload to committed`, rate(ours), rate(bare), 'rows/s', TARGET),
    { what: `${format}, most memory of the worker (reader)`, ours: most(ours.map((round) => round.peakMegabytes)), bare: most(bare.map((round) => round.peakMegabytes)), target: '', met: null },
    { what: `${format}, of it the heap`, ours: most(ours.map((round) => round.heapMegabytes)), bare: '', target: '', met: null },
    { what: `${format}, event loop of the API meanwhile, p99`, ours: `${loop.toFixed(0)} ms`, bare: '', target: `≤ ${LOOP_MS} ms`, met: loop <= LOOP_MS },
  ];
}

async function readAndCopy(reader: Child, { path, format, rows }: CallsFile, note: (line: string) => void): Promise<Round> {
  forgetPeak(reader.process.pid);
  const answer = once(reader.process, 'message') as Promise<[BareAnswer]>;
  const question: BareQuestion = { path };
  reader.process.send(question);
  const [found] = await answer;
  if (found.rows !== rows + 1) throw new Error(`the reader found ${found.rows} rows`);
  const peak = peakMegabytes(reader.process.pid);
  note(`${format}: reader ${found.readSeconds.toFixed(1)} s, COPY ${found.copySeconds.toFixed(1)} s, ${whole(peak)} MB`);
  return { seconds: found.readSeconds + found.copySeconds, peakMegabytes: peak };
}

interface ImportAnswer {
  readonly id: string;
  readonly status: string;
  readonly counts: { readonly rows: number; readonly new: number } | null;
  readonly questions: readonly unknown[];
  readonly error: unknown;
}

/** Imports files as a client of the API does. */
class Importer {
  readonly #api: Child;
  readonly #worker: Child;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #note: (line: string) => void;

  constructor(api: Child, worker: Child, token: string, note: (line: string) => void) {
    this.#api = api;
    this.#worker = worker;
    this.#headers = { Authorization: `Bearer ${token}` };
    this.#note = note;
  }

  /** @param source a label of its own for each run: the same calls of another source are new ones */
  async run({ path, format, rows }: CallsFile, source: string): Promise<Imported> {
    const [api, worker] = [this.#api.process, this.#worker.process];
    await Promise.all([askProbe(api), askProbe(worker)]);
    forgetPeak(worker.pid);
    const started = performance.now();
    const since = (): number => (performance.now() - started) / 1000;
    const { id } = await this.#upload(path, source);
    const uploaded = since();
    const preview = await this.#settled(id);
    const staged = since();
    if (preview.status !== 'staged' || preview.counts?.new !== rows || preview.questions.length > 0) throw new Error(`staged otherwise: ${JSON.stringify(preview)}`);
    await this.#ask(`/${id}/commit`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
    const done = await this.#settled(id);
    const seconds = since();
    if (done.status !== 'committed') throw new Error(`not committed: ${JSON.stringify(done)}`);
    const peak = peakMegabytes(worker.pid);
    const [{ loopP99Ms }, { heapMegabytes }] = await Promise.all([askProbe(api), askProbe(worker)]);
    this.#note(`${format}: uploaded ${uploaded.toFixed(1)} s, staged ${(staged - uploaded).toFixed(1)} s, committed ${(seconds - staged).toFixed(1)} s: ${whole(rows / seconds)} rows/s, ${whole(peak)} MB, heap ${whole(heapMegabytes)} MB`);
    return { seconds, peakMegabytes: peak, heapMegabytes, apiLoopMs: loopP99Ms };
  }

  async #upload(path: string, source: string): Promise<ImportAnswer> {
    const form = new FormData();
    form.set('kind', 'interactions');
    form.set('source', source);
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
