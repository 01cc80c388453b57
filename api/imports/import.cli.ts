import { createWriteStream } from 'node:fs';
import { access, constants, readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { isManager, type Principal } from '../auth/principal.ts';
import { readEnv, toConfig } from '../config.ts';
import { createContext, type Context } from '../context.ts';
import { isDatabaseAway, isDiskFull } from '../db/failures.ts';
import { migrate } from '../db/migrate.ts';
import { Problem } from '../errors/problem.ts';
import { migrateQueues } from '../queues/queues.ts';
import { FileGone, StorageAway } from '../storage/file-store.ts';
import type { CommitRequest } from './commit-checks.service.ts';
import { exitCodeOf, watchEndings } from './cli-endings.ts';
import { readOptions, Refused, type Options } from './cli-options.ts';
import type { ImportRecord } from './import.repository.ts';
import { countsLine, previewReport, progressLine } from './import-report.ts';
import type { PartialMapping } from './mapping/import-mapping.ts';

/** The file can be read, and something about it has to be decided first. */
const undecided = 2;

/** How far the program is: what is true of the file should it end now. */
const nothingYet = 'Nothing was written.';
let outcome = nothingYet;
/** Stops the import as long as that can be done. */
let cancel: () => Promise<unknown> = () => Promise.resolve();
let stoppedBy: NodeJS.Signals | undefined;

async function run(ctx: Context, options: Options): Promise<number> {
  const by = await person(ctx, options.as);
  if (options.undo !== undefined) return undo(ctx, by, options.undo);
  const teamId = options.team === undefined ? null : await team(ctx, options.team);
  const { id } = await upload(ctx, by, options);
  cancel = () => ctx.imports.cancel(by, id);
  if (stoppedBy) await cancel();
  await follow(ctx, by, id, (generation) => ctx.imports.stage(by, id, generation));
  const staged = await ctx.imports.get(by, id);
  if (staged.status === 'cancelled') return stopped(ctx, by, id);
  if (staged.status === 'failed') throw new Refused(withOutcome(staged.error?.message ?? 'The file could not be read.'));
  const rejected = await ctx.imports.previews.page(by, id, { action: 'rejected' }, { offset: 0 }, 12);
  print(previewReport(staged, rejected.rows));
  if (options.rejected !== undefined) await giveBack(ctx, by, staged, options.rejected);
  if (options.dryRun || staged.questions.length > 0) return leave(ctx, by, staged, options.dryRun ? 'Nothing was written (dry run).' : 'Nothing was written: answer the questions with --map.');
  if (staged.missingAgents.length > 0 && !options.createMissingAgents) return leave(ctx, by, staged, 'Nothing was written: add --create-missing-agents, or map the people to others with --map.');
  return commit(ctx, by, id, { createMissingAgents: options.createMissingAgents, teamId });
}

async function commit(ctx: Context, by: Principal, id: string, request: CommitRequest): Promise<number> {
  await ctx.imports.confirm(by, id, request);
  outcome = `Its rows are written all or not at all; the worker brings import ${id} to its end.`;
  await follow(ctx, by, id, () => ctx.imports.commit(by, id));
  const done = await ctx.imports.get(by, id);
  if (done.status === 'cancelled') return stopped(ctx, by, id);
  if (done.status !== 'committed') throw new Refused(done.error?.message ?? done.notice?.message ?? 'The import was not committed.');
  print(`Committed ${countsLine(done).replace(/^Rows\s+/, '')}`);
  print(`To take it back: npm run import -- --undo ${id}`);
  if (done.period) print(`The queue of that time: /api/priority-queue?asOf=${done.period.to}`);
  return 0;
}

/** Writes the rejected rows as a file to be mended. */
async function giveBack(ctx: Context, by: Principal, { id, counts }: ImportRecord, path: string): Promise<void> {
  if (!counts?.rejected) return print('Rejected  none; no file was written');
  const { pieces } = await ctx.imports.previews.rejectedFile(by, id, path.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx');
  await pipeline(pieces, createWriteStream(path)).catch((error: unknown) => {
    throw new Refused(`The rejected rows could not be written: ${error instanceof Error ? error.message : String(error)}`);
  });
  print(`Rejected  rows are in ${path}`);
}

async function stopped(ctx: Context, by: Principal, id: string): Promise<number> {
  await ctx.imports.clear(by, id);
  process.stderr.write(`Stopped${stoppedBy ? ` by ${stoppedBy}` : ', as somebody else cancelled the import'}. ${nothingYet}\n`);
  return stoppedBy ? exitCodeOf(stoppedBy) : 1;
}

async function undo(ctx: Context, by: Principal, id: string): Promise<number> {
  outcome = `Import ${id} is taken back whole or not at all; the worker brings that to its end.`;
  try {
    await ctx.imports.rollBack(by, id);
  } catch (error) {
    const blockers = error instanceof Problem ? (error.details ?? []) : [];
    if (blockers.length === 0) throw error;
    throw new Refused(['Not taken back, something newer depends on it:', ...blockers.map(({ message }) => `  ${message}`)].join('\n'));
  }
  await follow(ctx, by, id, () => ctx.imports.undo(by, id));
  const done = await ctx.imports.get(by, id);
  if (done.status !== 'rolled_back') throw new Refused(done.notice?.message ?? 'The import was not taken back.');
  print(`Taken back ${countsLine(done).replace(/^Rows\s+/, '')}`);
  return 0;
}

async function upload(ctx: Context, by: Principal, { file, kind, source, map }: Options): Promise<ImportRecord> {
  await assertReadable(file);
  const mapping = map === undefined ? null : await mappingIn(map);
  const received = await ctx.imports.receiveFile(file, { kind, ...(source === undefined ? {} : { source }) });
  try {
    const created = await ctx.imports.create(by, received);
    if (mapping === null) return created;
    return await ctx.imports.remap(by, created.id, { ...(source === undefined ? {} : { source }), ...mapping });
  } finally {
    await received.file.discard();
  }
}

/** @throws Refused */
async function assertReadable(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new Refused(found ? `${file} is no file.` : `There is no file ${file}.`);
  await access(file, constants.R_OK).catch(() => {
    throw new Refused(`${file} may not be read.`);
  });
}

async function mappingIn(file: string): Promise<PartialMapping> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as PartialMapping;
  } catch (error) {
    throw new Refused(`${file} is no mapping: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Does the work here, whether or not a worker is doing it too, and draws how far it is. */
async function follow(ctx: Context, by: Principal, id: string, work: (generation: number) => Promise<void>): Promise<void> {
  let drawn = '';
  const draw = async (): Promise<void> => {
    const line = progressLine(await ctx.imports.get(by, id));
    if (line !== drawn && process.stderr.isTTY) process.stderr.write(`\r${line}`);
    drawn = line;
  };
  const timer = setInterval(() => void draw().catch(() => undefined), 200);
  try {
    let record = await ctx.imports.get(by, id);
    do {
      await work(record.generation);
      record = await ctx.imports.get(by, id);
    } while (record.status === 'queued' || record.status === 'parsing' || record.status === 'committing' || record.status === 'rolling_back');
  } finally {
    clearInterval(timer);
    if (process.stderr.isTTY) process.stderr.write(`\r${' '.repeat(drawn.length)}\r`);
  }
}

async function leave(ctx: Context, by: Principal, { id, questions, missingAgents }: ImportRecord, message: string): Promise<number> {
  await ctx.imports.discard(by, id);
  await ctx.imports.clear(by, id);
  print(message);
  return questions.length + missingAgents.length > 0 ? undecided : 0;
}

/** The person in whose name the file is imported, with the rights they have today. */
async function person(ctx: Context, username: string | undefined): Promise<Principal> {
  const admins = { role: 'admin', status: 'active' } as const;
  const { rows } = username === undefined ? await ctx.agents.list(admins, { page: 1, limit: 1 }) : await ctx.agents.search(username, { status: 'active' }, { page: 1, limit: 100 });
  const row = username === undefined ? rows[0] : rows.find((candidate) => candidate.username.toLowerCase() === username.toLowerCase());
  if (!row) throw new Refused(username === undefined ? 'There is no administrator yet: npm run admin:create.' : `There is no active person with the user name ${username}.`);
  const { rows: teams } = await ctx.teams.list(1, 100);
  const ledTeamIds = teams.filter(({ isActive, leaders }) => isActive && leaders.some(({ id }) => id === row.id)).map(({ id }) => id);
  const by: Principal = { kind: 'person', agentId: row.id, name: row.fullName, role: row.role, department: row.department, teamId: row.teamId, ledTeamIds, sessionId: null, requestId: 'cli:import', ip: null };
  if (!isManager(by) && by.role !== 'team_leader') throw new Refused(`${row.username} may not import.`);
  return by;
}

async function team(ctx: Context, name: string): Promise<string> {
  const { rows } = await ctx.teams.list(1, 100);
  const found = rows.find((row) => row.id === name || row.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new Refused(`There is no team ${name}. Teams: ${rows.map((row) => row.name).join(', ') || 'none'}.`);
  return found.id;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Cancels the import; where it is too late for that, or nothing to cancel, says so and goes on. */
function stop(signal: NodeJS.Signals): void {
  stoppedBy = signal;
  cancel().catch((error: unknown) => process.stderr.write(`\n${error instanceof Error ? error.message : String(error)} Ask once more to end without waiting.\n`));
}

async function main(): Promise<number> {
  const options = readOptions();
  const config = toConfig({ LOG_LEVEL: 'warn', ...readEnv() });
  await migrate(config.database.directUrl);
  if (!config.redisUrl) await migrateQueues(config.database.directUrl);
  const ctx = await createContext(config, 'import');
  try {
    return await run(ctx, options);
  } finally {
    await ctx.close();
  }
}

const withOutcome = (message: string): string => (message.includes('Nothing was') ? message : `${message} ${outcome}`);

/** In plain words what the person at the terminal can do something about, anything else with its stack. */
function messageOf(error: unknown): string {
  if (error instanceof Refused || error instanceof Problem) return error.message;
  if (isDatabaseAway(error) || error instanceof StorageAway) return `The ${error instanceof StorageAway ? 'storage for files' : 'database'} cannot be reached any more. ${outcome}`;
  if (isDiskFull(error)) return `The disk is full. ${outcome}`;
  if (error instanceof FileGone) return withOutcome(error.message);
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${outcome}`;
}

const hasEnded = watchEndings(stop, () => outcome);
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
hasEnded();
