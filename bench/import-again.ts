import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineBench, whole, type Measurement } from './bench.ts';
import { clearImported } from './import-clearing.ts';
import { writeCalls, type CallsFile } from './import-files.ts';
import { Importer, type ImportSteps } from './importer.ts';
import { install, type Installation } from './installation.ts';

const PEOPLE = 1042;
const ROWS = 100_000;
const EVERY = 10;
const CALLS = 30_000;
const NOTES = 60_000;
/** After each step, until the jobs that follow it are done; milliseconds. */
const SETTLE_MS = 2000;

const STEPS = ['first', 'nothing new', 'changed', 'changes taken back', 'all taken back', 'taken back beside notes'] as const;
type Step = (typeof STEPS)[number];

const LABELS: Readonly<Record<Step, string>> = {
  first: `${whole(ROWS)} rows for the first time`,
  'nothing new': 'the same file again, nothing new in it',
  changed: `again, one row in ${EVERY} changed`,
  'changes taken back': `those ${whole(ROWS / EVERY)} changes taken back`,
  'all taken back': `all ${whole(ROWS)} rows taken back`,
  'taken back beside notes': `${whole(CALLS)} calls taken back beside ${whole(NOTES)} notes on other calls`,
};

interface Files {
  readonly same: CallsFile;
  readonly changed: CallsFile;
  readonly few: CallsFile;
}

/** What comes after the first import: the same file, one that differs, and the way back. */
export const importAgain = defineBench({
  name: 'import-again',
  about: `A CSV of ${whole(ROWS)} calls × 10 columns of ${whole(PEOPLE)} people imported again, and taken back, by the API and the worker as they run, daily figures included; seconds from the request until it is done. Nothing to compare with. One round after one that does not count, either beginning with no calls in the database.`,
  async run(note): Promise<readonly Measurement[]> {
    const folder = await mkdtemp(join(tmpdir(), 'sideline-bench-files-'));
    const installation = await install(PEOPLE);
    try {
      return await measure(installation, await write(installation, folder), note);
    } finally {
      await installation.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
});

async function write({ query }: Installation, folder: string): Promise<Files> {
  const names = (await query<{ name: string }>(`select full_name as name from agents where role = 'cs' order by id`)).map(({ name }) => name);
  const file = (name: string, rows: number, more: Partial<CallsFile> = {}): CallsFile => ({ path: join(folder, `${name}.csv`), format: 'csv', rows, names, ...more });
  const files = { same: file('calls', ROWS), changed: file('changed', ROWS, { changedEvery: EVERY }), few: file('few', CALLS) };
  for (const one of Object.values(files)) await writeCalls(one);
  return files;
}

async function measure(installation: Installation, files: Files, note: (line: string) => void): Promise<Measurement[]> {
  const api = await installation.startApi({ UPLOAD_LIMIT_MB: '2000' });
  const worker = await installation.startWorker();
  try {
    const importer = new Importer(api, installation.tokenOf(1));
    const round = async (): Promise<Map<Step, number>> => {
      const took = await once(installation, importer, files);
      note([...took].map(([step, seconds]) => `${step} ${seconds.toFixed(1)} s`).join(', '));
      return took;
    };
    // Servers that were just started are slow.
    await round();
    const took = await round();
    return STEPS.map((step) => ({ what: LABELS[step], ours: `${took.get(step)?.toFixed(1)} s`, bare: '', target: '', met: null }));
  } finally {
    for (const child of [worker, api]) await child.stop();
  }
}

async function once(installation: Installation, importer: Importer, { same, changed, few }: Files): Promise<Map<Step, number>> {
  const took = new Map<Step, number>();
  const settled = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work;
    await sleep(SETTLE_MS);
    return done;
  };
  const imported = async (step: Step, file: CallsFile, source: string, expected?: Parameters<Importer['run']>[2]): Promise<ImportSteps> => {
    const steps = await settled(importer.run(file, source, expected));
    took.set(step, (steps.committed - steps.began) / 1000);
    return steps;
  };
  await sleep(SETTLE_MS);
  await clearImported(installation);
  const first = await imported('first', same, 'bench');
  await imported('nothing new', same, 'bench', { new: 0, changed: 0, unchanged: ROWS });
  const changes = await imported('changed', changed, 'bench', { new: 0, changed: ROWS / EVERY });
  took.set('changes taken back', await settled(importer.undo(changes.id)));
  const others = await settled(importer.run(few, 'others'));
  await addNotes(installation, first.id);
  took.set('taken back beside notes', await settled(importer.undo(others.id)));
  await installation.query('truncate quick_notes cascade');
  took.set('all taken back', await settled(importer.undo(first.id)));
  return took;
}

/** Notes on calls of that import. */
async function addNotes({ query }: Installation, importId: string): Promise<void> {
  await query(
    `insert into quick_notes (id, agent_id, author_id, note_type, priority, content, interaction_id)
     select uuidv7(), i.agent_id, 1, 'COACHING', 'LOW', 'A note on this call', i.id from interactions i where i.import_id = $1 and i.agent_id is not null order by i.id limit ${NOTES}`,
    [importId],
  );
}
