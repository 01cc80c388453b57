import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { settleDataFolder } from '../../deploy/postgres-process.ts';
import { QUICK_START } from '../harness/programs.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PG = import.meta.resolve('pg');

/** Adds a row to a table of its own, waits as long as it is told, and says how many rows there are. */
const PROGRAM = `
  import pg from ${JSON.stringify(PG)};
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('create table if not exists runs (n int)');
  await client.query('insert into runs values (1)');
  const { rows } = await client.query('select count(*)::int as n, inet_server_port() as port from runs');
  console.log(JSON.stringify(rows[0]));
  await new Promise((resolve) => setTimeout(resolve, Number(process.argv[2])));
  await client.end();
  process.exit(Number(process.argv[3] ?? 0));
`;

describe('A program that needs the database', function () {
  this.timeout(60_000);
  this.slow(10_000);
  let dataDir: string;
  let program: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sideline-test-with-'));
    program = join(dataDir, 'program.mjs');
    await writeFile(program, PROGRAM);
  });

  afterEach(async () => {
    await settleDataFolder(join(dataDir, 'postgres'));
    await rm(dataDir, { recursive: true, force: true });
  });

  async function run(...args: string[]): Promise<{ code: number | null; output: string; errors: string }> {
    const child = spawn(process.execPath, [join(ROOT, 'deploy/with-database.ts'), ...args], {
      env: { ...QUICK_START, PATH: process.env['PATH'], DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const code = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, output, errors };
  }

  it('gets one started and stopped for it, always with the same data', async () => {
    const first = await run(program, '0');
    expect(first.errors).to.equal('');
    expect(JSON.parse(first.output)).to.include({ n: 1 });
    expect(await readdir(join(dataDir, 'postgres'))).to.not.include('postmaster.pid');
    expect(JSON.parse((await run(program, '0')).output)).to.include({ n: 2 });
    expect(await readdir(join(dataDir, 'run'))).to.deep.equal([]);
  });

  it('uses the one that runs already, and leaves it running', async () => {
    await run(program, '0');
    const slow = run(program, '3000');
    while (!(await readdir(join(dataDir, 'postgres'))).includes('postmaster.pid')) await sleep(20);
    while (!/ready/.test(await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8'))) await sleep(20);
    const second = await run(program, '0');
    const [one, two] = [await slow, second].map(({ output }) => JSON.parse(output) as { n: number; port: number });
    expect(two?.port).to.equal(one?.port);
    expect(JSON.parse((await run(program, '0')).output)).to.include({ n: 4 });
  });

  it('ends with the code of the program', async () => {
    expect(await run(program, '0', '3')).to.include({ code: 3 });
    expect(await run()).to.include({ code: 1, output: '' });
  });
});
