import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compared, defineBench, median, whole, type Bench, type Measurement } from './bench.ts';
import { startChild, type Child } from './children.ts';
import { clearImported } from './import-clearing.ts';
import { writeCalls, type CallsFile } from './import-files.ts';
import { beginCounting, phasesOf, STATEMENT_SETTINGS, type Phases } from './import-phases.ts';
import { Importer } from './importer.ts';
import { install, type Installation } from './installation.ts';
import { askProbe, PROBE } from './probe.ts';
import { forgetPeak, machineSeconds, peakMegabytes, processorSeconds } from './processes.ts';
import type { BareAnswer, BareQuestion } from './servers/bare-import.ts';

/** With an administrator and one leader in 25, so many make 1,000 front-line people. */
const PEOPLE = 1042;
const LOOP_MS = 50;
/** After a round, until the jobs that follow it are done; milliseconds. */
const SETTLE_MS = 3000;
const TARGET = 0.5;
const FORMATS = ['csv', 'xlsx'] as const;

const bare = 'bare: the same reader alone, and then a COPY of the same rows into a table without index or key; below it the same with a table that has the columns, checks, keys and indexes of interactions, into which what was imported is copied, as whoever wants to find these rows must store them';

/** A workbook of the usual size, from upload to committed. */
export const importRows = importBench('import', { rows: 100_000, rounds: 3, warmUp: true }, ({ rows, rounds }) =>
  `${whole(rows)} calls × 10 columns of ${whole(PEOPLE)} people, uploaded, read, compared, committed, daily figures of 60 days included, by the API and the worker as they run; ${bare}. Medians of ${rounds} interleaved rounds after one that does not count; each begins with no calls in the database. Of the middle round, where the time went.`);

/** The largest workbook there can be. */
export const importMillion = importBench('import-million', { rows: 1_000_000, rounds: 1, warmUp: false }, ({ rows }) => `The same with ${whole(rows)} rows, once; ${bare}.`);

interface Size {
  readonly rows: number;
  readonly rounds: number;
  /** A round before them: servers that were just started are slow. */
  readonly warmUp: boolean;
}

function importBench(name: string, size: Size, about: (size: Size) => string): Bench {
  return defineBench({
    name,
    about: about(size),
    async run(note): Promise<readonly Measurement[]> {
      const folder = await mkdtemp(join(tmpdir(), 'sideline-bench-files-'));
      const installation = await install(PEOPLE, { settings: STATEMENT_SETTINGS });
      try {
        const files = await write(installation, folder, size.rows);
        note(`the files: ${files.map(({ path }) => basename(path)).join(', ')}`);
        return await measure(installation, files, size, note);
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
  readonly phases: Phases;
  /** Processors in use meanwhile, on average: by API, worker, PostgreSQL, and other programs. */
  readonly processors: readonly number[];
}

interface Servers {
  readonly api: Child;
  readonly worker: Child;
}

async function measure(installation: Installation, files: readonly CallsFile[], { rounds, warmUp }: Size, note: (line: string) => void): Promise<Measurement[]> {
  const api = await installation.startApi({ UPLOAD_LIMIT_MB: '2000' }, PROBE);
  const worker = await installation.startWorker(PROBE);
  const reader = await startChild(new URL('./servers/bare-import.ts', import.meta.url), { DATABASE_URL: installation.databaseUrl });
  try {
    const found = files.map((file) => ({ file, ours: [] as Imported[], bare: [] as Round[], kept: [] as number[] }));
    for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
      for (const { file, ours, bare, kept } of found) {
        const alone = await readAndCopy(reader, file, note);
        const imported = await importOnce(installation, { api, worker }, file, note);
        const copied = await copyKept(installation, reader, file, note);
        if (round === 0) continue;
        bare.push(alone);
        ours.push(imported);
        kept.push(alone.readSeconds + copied);
      }
    }
    return found.flatMap(({ file, ours, bare, kept }) => linesOf(file, ours, bare, kept));
  } finally {
    for (const child of [reader, worker, api]) await child.stop();
  }
}

async function importOnce(installation: Installation, { api, worker }: Servers, file: CallsFile, note: (line: string) => void): Promise<Imported> {
  await sleep(SETTLE_MS);
  await clearImported(installation);
  await beginCounting(installation);
  const processes = [api.process, worker.process];
  await Promise.all(processes.map(askProbe));
  forgetPeak(worker.process.pid);
  const used = (): number[] => [...processes.map(({ pid }) => processorSeconds(pid)), processorSeconds(installation.postgresPid), machineSeconds()];
  const before = used();
  const steps = await new Importer(api, installation.tokenOf(1)).run(file);
  const spent = used().map((after, index) => after - (before[index] ?? NaN));
  const seconds = (steps.committed - steps.began) / 1000;
  const peak = peakMegabytes(worker.process.pid);
  const [{ loopP99Ms }, { heapMegabytes }] = await Promise.all([askProbe(api.process), askProbe(worker.process)]);
  const phases = await phasesOf(installation, steps);
  const [ofApi = NaN, ofWorker = NaN, ofPostgres = NaN, ofAll = NaN] = spent;
  const processors = [ofApi, ofWorker, ofPostgres, ofAll - ofApi - ofWorker - ofPostgres].map((one) => one / seconds);
  note(`${file.format}: ${seconds.toFixed(1)} s, ${whole(file.rows / seconds)} rows/s, ${whole(peak)} MB, heap ${whole(heapMegabytes)} MB, processors ${processors.map((one) => one.toFixed(2)).join(' ')}; ${[...phases].map(([phase, took]) => `${phase} ${took.toFixed(2)}`).join(', ')}`);
  return { seconds, peakMegabytes: peak, heapMegabytes, apiLoopMs: loopP99Ms, phases, processors };
}

function linesOf({ format, rows }: CallsFile, ours: readonly Imported[], bare: readonly Round[], kept: readonly number[]): Measurement[] {
  const rate = (all: readonly Round[]): number => rows / median(all.map(({ seconds }) => seconds));
  const keeping = rows / median(kept);
  const most = (values: readonly number[]): string => `${whole(Math.max(...values))} MB`;
  const loop = Math.max(...ours.map(({ apiLoopMs }) => apiLoopMs));
  const middle = ours.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(ours.length / 2)];
  const told = (what: string, value: string): Measurement => ({ what: `${format}, ${what}`, ours: value, bare: '', target: '', met: null });
  return [
    compared(`${format}, upload to committed`, rate(ours), rate(bare), 'rows/s', TARGET),
    { ...told('beside a COPY into a table with the same keys and indexes', `${whole(rate(ours))} rows/s`), bare: `${whole(keeping)} rows/s`, ratio: rate(ours) / keeping },
    { ...told('most memory of the worker (reader)', most(ours.map((round) => round.peakMegabytes))), bare: most(bare.map((round) => round.peakMegabytes)) },
    told('of it the heap', most(ours.map((round) => round.heapMegabytes))),
    { ...told('event loop of the API meanwhile, p99', `${loop.toFixed(0)} ms`), target: `≤ ${LOOP_MS} ms`, met: loop <= LOOP_MS },
    ...[...(middle?.phases ?? [])].map(([phase, took]) => told(`seconds of ${middle?.seconds.toFixed(1)}: ${phase}`, took.toFixed(2))),
    told('processors used by API, worker, PostgreSQL; by other programs', (middle?.processors ?? []).map((one) => one.toFixed(2)).join(', ').replace(/, ([^,]*)$/, '; $1')),
  ];
}

async function ask(reader: Child, question: BareQuestion): Promise<BareAnswer> {
  const answer = once(reader.process, 'message') as Promise<[BareAnswer]>;
  reader.process.send(question);
  return (await answer)[0];
}

/** Seconds in which what was imported gets into a table of the same make. */
async function copyKept({ superuserQuery }: Installation, reader: Child, { path, format }: CallsFile, note: (line: string) => void): Promise<number> {
  await sleep(SETTLE_MS);
  await superuserQuery('checkpoint');
  const { copySeconds } = await ask(reader, { path, kept: true });
  note(`${format}: COPY with keys and indexes ${copySeconds.toFixed(1)} s`);
  return copySeconds;
}

async function readAndCopy(reader: Child, { path, format, rows }: CallsFile, note: (line: string) => void): Promise<Round & { readSeconds: number }> {
  forgetPeak(reader.process.pid);
  const found = await ask(reader, { path });
  if (found.rows !== rows + 1) throw new Error(`the reader found ${found.rows} rows`);
  const peak = peakMegabytes(reader.process.pid);
  note(`${format}: reader ${found.readSeconds.toFixed(1)} s, COPY ${found.copySeconds.toFixed(1)} s, ${whole(peak)} MB`);
  return { seconds: found.readSeconds + found.copySeconds, readSeconds: found.readSeconds, peakMegabytes: peak };
}
