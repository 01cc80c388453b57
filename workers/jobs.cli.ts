import { parseArgs } from 'node:util';
import { ConfigError, readEnv, toConfig } from '../api/config.ts';
import { createContext, type Context } from '../api/context.ts';
import { migrate } from '../api/db/migrate.ts';
import { Problem } from '../api/errors/problem.ts';
import { eventJobs } from '../api/events.ts';
import { jobs } from '../api/jobs.ts';
import { migrateQueues } from '../api/queues/queues.ts';
import { declareSchedules } from '../api/schedules.ts';
import { jobLines, queueLines, toJobStates } from './job-list.ts';
import { processors } from './processors.ts';
import { buildRegistry, type AnyProcessor } from './registry.ts';
import { runJob } from './run-job.ts';

const USAGE = `Usage: npm run jobs -- list [--json]
       npm run jobs -- run NAME [--payload JSON]

list  what runs by the clock or after an event: schedule, next and last run, how it went, how long it took.
run   runs a job here and now, whatever the workers are doing, and says how it went. Jobs may be run at any time and
      more than once. Most need no payload; one that follows from an event takes {"payload": PAYLOAD OF THE EVENT}.
`;

/** Something the person at the terminal has to put right. */
class Refused extends Error {}

interface Request {
  readonly command: 'list' | 'run';
  readonly name: string | undefined;
  readonly payload: string | undefined;
  readonly json: boolean;
}

function readRequest(): Request {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { payload: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } } });
    const [command, name, ...more] = positionals;
    if (values.help || more.length > 0 || (command !== 'list' && command !== 'run') || (command === 'run') !== (name !== undefined)) throw new Refused(USAGE);
    return { command, name, payload: values.payload, json: values.json ?? false };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

/** The processor of a job, and what it is given. @throws Refused for a name or a payload that is none */
function prepare({ name, payload }: Request): { processor: AnyProcessor; payload: unknown } {
  const processor = buildRegistry(processors, jobs).get(name ?? '');
  if (!processor) throw new Refused(`There is no job ${name}. The jobs are: ${jobs.map((job) => job.name).sort().join(', ')}`);
  const cause = eventJobs.find(({ job }) => job.name === name)?.event;
  if (payload === undefined) {
    if (cause !== undefined && !processor.job.alone) throw new Refused(`${name} follows from the event ${cause} and needs its payload: --payload '{"payload": …}'`);
    return { processor, payload: {} };
  }
  try {
    return { processor, payload: JSON.parse(payload) as unknown };
  } catch {
    throw new Refused('--payload is not JSON.');
  }
}

async function list(ctx: Context, json: boolean): Promise<void> {
  // As a worker does when it starts: then it is known when what runs next.
  await declareSchedules(ctx);
  const [states, counts] = [toJobStates(jobs, eventJobs, await ctx.queues.schedules(), await ctx.jobRuns.list()), await ctx.queues.counts()];
  const text = json ? `${JSON.stringify({ jobs: states, queues: counts }, null, 2)}\n` : `${[...jobLines(states), '', ...queueLines(counts)].join('\n')}\n`;
  process.stdout.write(text);
}

async function run(ctx: Context, { processor, payload }: ReturnType<typeof prepare>): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  try {
    const ms = await runJob(ctx, processor, { id: `operator-${Date.now()}`, payload, signal: stop.signal, deaths: 0, attempt: 1 });
    process.stdout.write(`${processor.job.name} succeeded in ${ms} ms.\n`);
  } catch (error) {
    process.stderr.write(`${processor.job.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function main(): Promise<void> {
  const request = readRequest();
  const prepared = request.command === 'run' ? prepare(request) : undefined;
  const config = toConfig({ LOG_LEVEL: 'warn', ...readEnv() });
  if (!config.redisUrl) await migrateQueues(config.database.directUrl);
  await migrate(config.database.directUrl);
  const ctx = await createContext(config, 'jobs');
  try {
    await (prepared ? run(ctx, prepared) : list(ctx, request.json));
  } finally {
    await ctx.close();
  }
}

try {
  await main();
} catch (error) {
  const plain = error instanceof Refused || error instanceof Problem || error instanceof ConfigError;
  process.stderr.write(`${plain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
