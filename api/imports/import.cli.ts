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
import { checkReadable, checkTarget, readMapping, writeWhole } from './cli-files.ts';
import { readOptions, Refused, usage, type Options } from './cli-options.ts';
import type { ImportRecord } from './import.repository.ts';
import { countsLine, previewReport, progressLine, rejectedShown } from './import-report.ts';
import type { PartialMapping } from './mapping/import-mapping.ts';
import { dayOfInstant } from './values/zoned.ts';

/** The file can be read, and something about it has to be decided first. */
const undecided = 2;

/** How far the program is: what is true of the file should it end now. */
const nothingYet = 'Nothing was written.';
let outcome = nothingYet;
/** Stops the import as long as that can be done. */
let cancel: () => Promise<unknown> = () => Promise.resolve();
let stoppedBy: NodeJS.Signals | undefined;
let hasReachedDatabase = false;

async function run(ctx: Context, options: Options, mapping: PartialMapping | undefined): Promise<number> {
  const by = await person(ctx, options.as);
  if (options.undo !== undefined) return undo(ctx, by, options.undo);
  const teamId = options.team === undefined ? null : await team(ctx, options.team);
  const { id } = await upload(ctx, by, options);
  try {
    return await bring(ctx, by, id, options, { mapping, teamId });
  } catch (error) {
    // Nobody will look at it. Where the database is away, it is discarded as abandoned some day.
    if (outcome === nothingYet) await discard(ctx, by, id).catch(() => undefined);
    throw error;
  }
}

async function bring(ctx: Context, by: Principal, id: string, options: Options, { mapping, teamId }: { mapping: PartialMapping | undefined; teamId: string | null }): Promise<number> {
  cancel = () => ctx.imports.cancel(by, id);
  if (stoppedBy) await cancel();
  if (mapping) await ctx.imports.remap(by, id, { ...(options.source === undefined ? {} : { source: options.source }), ...mapping });
  await follow(ctx, by, id, (generation) => ctx.imports.stage(by, id, generation));
  const staged = await ctx.imports.get(by, id);
  if (staged.status === 'cancelled') return stopped(ctx, by, id);
  if (staged.status === 'failed') throw new Refused(withOutcome(staged.error?.message ?? 'The file could not be read.'));
  const rejected = await ctx.imports.previews.page(by, id, { action: 'rejected' }, { offset: 0 }, rejectedShown);
  print(previewReport(staged, rejected.rows, options.rejected));
  if (options.rejected !== undefined) await giveBack(ctx, by, staged, options.rejected);
  const needs = needed(staged, options);
  if (!options.dryRun && needs === '') return commit(ctx, by, id, { createMissingAgents: options.createMissingAgents, teamId });
  await discard(ctx, by, id);
  print(`${options.dryRun ? 'Nothing was written (dry run).' : nothingYet}${needs === '' ? '' : ` To import the file, ${needs}.`}`);
  return needs === '' ? 0 : undecided;
}

/** What somebody has to do before the file can be imported; empty where nothing stands in the way. */
function needed({ questions, missingAgentCount }: ImportRecord, { createMissingAgents }: Options): string {
  const needs = [];
  if (questions.length > 0) needs.push('answer the questions with --map');
  if (missingAgentCount > 0 && !createMissingAgents) needs.push('add --create-missing-agents, or map the missing people to others with --map');
  return needs.join('; and ');
}

async function commit(ctx: Context, by: Principal, id: string, request: CommitRequest): Promise<number> {
  await ctx.imports.confirm(by, id, request);
  outcome = `Its rows are written all or not at all; the worker brings import ${id} to its end.`;
  await follow(ctx, by, id, () => ctx.imports.commit(by, id));
  const done = await ctx.imports.get(by, id);
  if (done.status === 'cancelled') return stopped(ctx, by, id);
  if (done.status !== 'committed') throw new Refused(done.error?.message ?? done.notice?.message ?? 'The import was not committed.');
  print(`Committed ${countsLine(done).replace(/^Rows\s+/, '')}`);
  if (done.notice) print(`Note      ${done.notice.message}`);
  print(`To take it back: npm run import -- --undo ${id}`);
  // What is due lies ahead: of then there is no queue yet.
  const today = dayOfInstant(Date.now(), ctx.config.businessTimezone);
  if (done.period && done.period.to <= today) print(`The queue of that time: /api/priority-queue?asOf=${done.period.to}`);
  return 0;
}

/** Writes the rejected rows as a file to be mended. */
async function giveBack(ctx: Context, by: Principal, { id, counts }: ImportRecord, path: string): Promise<void> {
  if (!counts?.rejected) return print('Rejected  none; no file was written');
  const { pieces } = await ctx.imports.previews.rejectedFile(by, id, path.toLowerCase().endsWith('.csv') ? 'csv' : 'xlsx');
  await writeWhole(path, pieces).catch((error: unknown) => {
    throw error instanceof Refused ? new Refused(`${error.message} Nothing was imported.`) : error;
  });
  print(`Rejected  rows are in ${path}`);
}

async function stopped(ctx: Context, by: Principal, id: string): Promise<number> {
  await ctx.imports.clear(by, id);
  process.stderr.write(`Stopped${stoppedBy ? ` by ${stoppedBy}` : ', as somebody else cancelled the import'}. ${nothingYet}\n`);
  return stoppedBy ? exitCodeOf(stoppedBy) : 1;
}

async function undo(ctx: Context, by: Principal, id: string): Promise<number> {
  try {
    await ctx.imports.rollBack(by, id);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) throw new Refused(`There is no import ${id}.`);
    const blockers = error instanceof Problem ? (error.details ?? []) : [];
    if (blockers.length === 0) throw error;
    throw new Refused(['Not taken back, something newer depends on it:', ...blockers.map(({ message }) => `  ${message}`)].join('\n'));
  }
  outcome = `Import ${id} is taken back whole or not at all; the worker brings that to its end.`;
  await follow(ctx, by, id, () => ctx.imports.undo(by, id));
  const done = await ctx.imports.get(by, id);
  if (done.status !== 'rolled_back') throw new Refused(done.notice?.message ?? 'The import was not taken back.');
  print(`Taken back ${countsLine(done).replace(/^Rows\s+/, '')}`);
  if (done.notice) print(`Note      ${done.notice.message}`);
  return 0;
}

async function upload(ctx: Context, by: Principal, { file, kind, source }: Options): Promise<ImportRecord> {
  const received = await ctx.imports.receiveFile(file, { kind, ...(source === undefined ? {} : { source }) });
  try {
    return await ctx.imports.create(by, received);
  } finally {
    await received.file.discard();
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

async function discard(ctx: Context, by: Principal, id: string): Promise<void> {
  await ctx.imports.discard(by, id);
  await ctx.imports.clear(by, id);
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
  if (options === 'help') {
    print(usage.trimEnd());
    return 0;
  }
  const mapping = await filesOf(options);
  const config = toConfig({ LOG_LEVEL: 'warn', ...readEnv() });
  await migrate(config.database.directUrl);
  if (!config.redisUrl) await migrateQueues(config.database.directUrl);
  hasReachedDatabase = true;
  const ctx = await createContext(config, 'import');
  try {
    return await run(ctx, options, mapping);
  } finally {
    await ctx.close();
  }
}

const withOutcome = (message: string): string => (message.includes('Nothing was') ? message : `${message} ${outcome}`);

/** Looks at the files before anything begins: who mistypes a name need not wait for it. @throws Refused */
async function filesOf({ file, map, rejected, undo }: Options): Promise<PartialMapping | undefined> {
  if (undo !== undefined) return undefined;
  await checkReadable(file);
  if (rejected !== undefined) await checkTarget(rejected, file);
  return map === undefined ? undefined : readMapping(map);
}

/** In plain words what the person at the terminal can do something about, anything else with its stack. */
function messageOf(error: unknown): string {
  if (error instanceof Refused || error instanceof Problem) return error.message;
  if (isDatabaseAway(error) || error instanceof StorageAway) return `The ${error instanceof StorageAway ? 'storage for files' : 'database'} cannot be reached${hasReachedDatabase ? ' any more' : ''}. ${outcome}`;
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
