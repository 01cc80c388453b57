import { expect } from 'chai';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { settleDataFolder } from '../../deploy/postgres-process.ts';
import { processIdentity } from '../../deploy/process-lock.mjs';
import { createDatabaseFromTemplate } from '../harness/postgres.ts';
import { QUICK_START } from '../harness/programs.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const START_MS = 150_000;
const STOP_MS = 40_000;
const PASSWORD = 'Correct-horse-1';
const PLACEHOLDER_LINES = 40;

/** A running `npm start`: its supervisor, as npm would run it. */
interface Running {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | string | null>;
}

const isGone = (pid: number): boolean => processIdentity(pid) === undefined;

async function until(condition: () => boolean | Promise<boolean>, what: string, timeoutMs: number, output = (): string => ''): Promise<void> {
  for (const deadline = Date.now() + timeoutMs; !(await condition()); await sleep(50)) {
    if (Date.now() > deadline) throw new Error(`timed out waiting until ${what}\n${output().split('\n').slice(-PLACEHOLDER_LINES).join('\n')}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

describe('npm start', function () {
  this.timeout(400_000);
  this.slow(20_000);
  let dataDir: string;
  let port: number;
  let token: string;
  let agentId: number;
  let running: Running | undefined;

  const url = (path: string): string => `http://127.0.0.1:${port}${path}`;

  function launch(env: Record<string, string> = {}, command: readonly string[] = [process.execPath, 'deploy/start.ts']): Running {
    const [file = '', ...args] = command;
    const inherited = { ...QUICK_START, PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
    const child = spawn(file, args, {
      cwd: ROOT,
      env: { ...inherited, PORT: String(port), DATA_DIR: dataDir, DEMO: 'off', RATE_LIMIT_FACTOR: '1000', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
    const ended = new Promise<number | string | null>((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
    return { process: child, output: () => output, ended };
  }

  /** Starts it and waits for its own word that it is ready. */
  async function start(env: Record<string, string> = {}): Promise<Running> {
    const started = launch(env);
    running = started;
    let over = false;
    void started.ended.then(() => (over = true));
    await until(() => over || /Sideline is ready/.test(started.output()), 'it is ready', START_MS, started.output);
    expect(over, started.output()).to.equal(false);
    return started;
  }

  async function children(): Promise<Record<string, number>> {
    const listed: { name: string; pid: number }[] = JSON.parse(await readFile(join(dataDir, 'run/children.json'), 'utf8'));
    return Object.fromEntries(listed.map(({ name, pid }) => [name, pid]));
  }

  const postmaster = async (): Promise<number> => Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);

  async function call(method: string, path: string, body?: object): Promise<{ status: number; body: any }> { // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of many shapes, each checked where it is used
    const response = await fetch(url(path), {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'content-type': 'application/json', 'idempotency-key': randomUUID() } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: await response.json().catch(() => undefined) };
  }

  /** Writes notes from several connections until told to stop; keeps what was acknowledged. */
  function writer(): { acknowledged: string[]; stop: () => Promise<void> } {
    const acknowledged: string[] = [];
    let going = true;
    const connections = Array.from({ length: 4 }, async () => {
      while (going) {
        const content = `note ${randomUUID()}`;
        const answer = await call('POST', '/api/quick-notes', { agentId, noteType: 'COACHING', content }).catch(() => undefined);
        if (answer?.status === 201) acknowledged.push(content);
        else await sleep(50);
      }
    });
    return {
      acknowledged,
      stop: async () => {
        going = false;
        await Promise.all(connections);
      },
    };
  }

  async function storedNotes(): Promise<string[]> {
    const contents: string[] = [];
    for (let page = 1; ; page += 1) {
      const { body } = await call('GET', `/api/quick-notes?agentId=${agentId}&limit=100&page=${page}`);
      contents.push(...body.quickNotes.map((note: { content: string }) => note.content));
      if (page >= body.pagination.totalPages) return contents;
    }
  }

  async function expectStoredOnce(acknowledged: readonly string[]): Promise<void> {
    const stored = await storedNotes();
    expect(new Set(stored).size, 'notes stored twice').to.equal(stored.length);
    expect(acknowledged.filter((content) => !stored.includes(content)), 'acknowledged and lost').to.deep.equal([]);
  }

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sideline-test-start-'));
    port = await freePort();
  });

  afterEach(async () => {
    if (!running) return;
    running.process.kill('SIGTERM');
    await running.ended;
    running = undefined;
  });

  after(async () => {
    await settleDataFolder(join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  });

  it('goes from an empty folder to a page, with a link to the first account when there is no demo', async () => {
    const { output } = await start();
    expect(await call('GET', '/health')).to.deep.include({ status: 200 });
    expect(output()).to.include(`http://127.0.0.1:${port}`);
    const secret = /#setup=(\S+)/.exec(output())?.[1];
    const person = { username: 'boss', email: 'boss@example.com', fullName: 'The Boss', password: PASSWORD };
    const first = await call('POST', '/api/auth/setup', { token: secret, ...person });
    expect(first.status, JSON.stringify(first.body)).to.equal(201);
    token = first.body.accessToken;
    const agent = await call('POST', '/api/agents', { username: 'ann', email: 'ann@example.com', fullName: 'Ann Agent', role: 'cs', department: 'Support', password: PASSWORD });
    expect(agent.status, JSON.stringify(agent.body)).to.equal(201);
    agentId = agent.body.id;
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    it(`stops everything on ${signal} and leaves no process`, async () => {
      const started = await start();
      await until(async () => 'worker' in (await children()), 'the worker runs', START_MS, started.output);
      const pids = [...Object.values(await children()), await postmaster()];
      expect(pids).to.have.length(3);
      started.process.kill(signal);
      expect(await started.ended, started.output()).to.equal(0);
      expect(pids.filter((pid) => !isGone(pid))).to.deep.equal([]);
      expect(started.output()).to.not.include('was killed');
      expect((await readdir(join(dataDir, 'run'))).filter((name) => name.endsWith('.lock'))).to.deep.equal([]);
    });
  }

  it('refuses a second start on the same data, naming the first', async () => {
    const first = await start();
    const second = launch({ PORT: String(await freePort()) });
    expect(await second.ended).to.equal(1);
    expect(second.output()).to.include(`already running at http://127.0.0.1:${port} (process ${first.process.pid})`);
    expect((await call('GET', '/health')).status).to.equal(200);
  });

  it('says so when the port is taken, and starts nothing', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    const started = launch();
    const code = await started.ended;
    await new Promise((resolve) => squatter.close(resolve));
    expect(code).to.equal(1);
    expect(started.output()).to.match(new RegExp(`Port ${port} on 127.0.0.1 is taken`));
    expect(started.output()).to.not.include('    at ');
  });

  it('names the variable that makes no sense', async () => {
    const started = launch({ PORT: 'lots' });
    expect(await started.ended).to.equal(1);
    expect(started.output().trim()).to.equal('PORT must be a number from 0 to 65535, not "lots"');
  });

  it('has every acknowledged write after kill -9 of the supervisor, and needs no waiting', async () => {
    const killed = await start();
    const writing = writer();
    await until(() => writing.acknowledged.length >= 50, 'notes are written', START_MS);
    killed.process.kill('SIGKILL');
    await start();
    await writing.stop();
    await expectStoredOnce(writing.acknowledged);
  });

  it('has every acknowledged write after kill -9 of PostgreSQL, which it starts again by itself', async () => {
    const started = await start();
    const before = await children();
    const writing = writer();
    await until(() => writing.acknowledged.length >= 50, 'notes are written', START_MS);
    process.kill(await postmaster(), 'SIGKILL');
    await until(() => started.output().includes('PostgreSQL is back'), 'PostgreSQL is back', START_MS, started.output);
    const already = writing.acknowledged.length;
    await until(() => writing.acknowledged.length >= already + 20, 'notes are written again', START_MS, started.output);
    await writing.stop();
    await expectStoredOnce(writing.acknowledged);
    expect((await children())['api'], 'the API reconnects instead of being restarted').to.equal(before['api']);
  });

  it('has every acknowledged write after kill -9 of all of its processes at once', async () => {
    const killed = await start();
    await until(async () => 'worker' in (await children()), 'the worker runs', START_MS, killed.output);
    const writing = writer();
    await until(() => writing.acknowledged.length >= 50, 'notes are written', START_MS);
    const all = [killed.process.pid ?? 0, await postmaster(), ...Object.values(await children())];
    for (const pid of all) process.kill(pid, 'SIGKILL');
    await killed.ended;
    await start();
    await writing.stop();
    await expectStoredOnce(writing.acknowledged);
  });

  for (const name of ['api', 'worker']) {
    it(`starts the ${name} again when it is killed`, async () => {
      const started = await start();
      await until(async () => name in (await children()), 'it runs', START_MS, started.output);
      const before = (await children())[name] ?? 0;
      process.kill(before, 'SIGKILL');
      await until(async () => ((await children())[name] ?? before) !== before, 'another one runs', START_MS, started.output);
      await until(async () => (await call('GET', '/health').catch(() => undefined))?.status === 200, 'it answers', START_MS, started.output);
      expect(started.output()).to.include(`The ${name} process ended unexpectedly (SIGKILL); starting it again in 0.5 s.`);
    });
  }

  it('ends when npm was killed and cannot pass anything on', async () => {
    const npm = launch({ npm_lifecycle_event: 'start' }, ['sh', '-c', `"${process.execPath}" deploy/start.ts & wait`]);
    await until(() => /Sideline is ready/.test(npm.output()), 'it is ready', START_MS, npm.output);
    const pids = [...Object.values(await children()), await postmaster()];
    npm.process.kill('SIGKILL');
    await until(() => pids.every(isGone), 'everything has ended', STOP_MS, npm.output);
    expect(npm.output()).to.include('Stopping (npm has ended)');
    await npm.ended;
  });

  it('runs on a PostgreSQL of one\'s own when DATABASE_URL is set', async () => {
    const database = await createDatabaseFromTemplate('supervisor');
    const own = await mkdtemp(join(tmpdir(), 'sideline-test-start-'));
    try {
      await start({ DATABASE_URL: database.url, DATA_DIR: own });
      expect((await call('GET', '/health')).status).to.equal(200);
      expect(await readdir(own)).to.not.include('postgres');
    } finally {
      running?.process.kill('SIGTERM');
      await running?.ended;
      await database.drop();
      await rm(own, { recursive: true, force: true });
    }
  });
});
