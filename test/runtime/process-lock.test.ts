import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acquireLock, isSameProcess, lockHolder, processIdentity } from '../../deploy/process-lock.mjs';
import { skip } from '../harness/skip.ts';

const MODULE = new URL('../../deploy/process-lock.mjs', import.meta.url).href;

/** Takes the lock, stays in the guarded part for a while, and writes down when it was there. */
const CONTENDER = `
  import { appendFileSync } from 'node:fs';
  import { acquireLock } from ${JSON.stringify(MODULE)};
  const [directory, journal] = process.argv.slice(1);
  const { lock } = await acquireLock(directory, 'turn', { waitMs: 20000 });
  appendFileSync(journal, 'in ' + process.pid + '\\n');
  await new Promise((resolve) => setTimeout(resolve, 20));
  appendFileSync(journal, 'out ' + process.pid + '\\n');
  lock.release();
`;

/** Takes the lock and keeps it until it is killed. */
const HOLDER = `
  import { acquireLock } from ${JSON.stringify(MODULE)};
  await acquireLock(process.argv[1], 'turn', { info: { url: 'http://127.0.0.1:3000' } });
  console.log('held');
  setInterval(() => {}, 1000);
`;

function runScript(source: string, ...args: string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, ['--input-type=module', '-e', source, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('The lock between processes', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sideline-test-lock-'));
  });

  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('is free again after it was released, and tells others what its holder says', async () => {
    const first = await acquireLock(directory, 'turn', { info: 'a' });
    expect((await acquireLock(directory, 'turn')).holder).to.include({ pid: process.pid, info: 'a' });
    first.lock?.update('b');
    expect(lockHolder(directory, 'turn')?.info).to.equal('b');
    first.lock?.release();
    expect(lockHolder(directory, 'turn')).to.equal(undefined);
    const again = await acquireLock(directory, 'turn');
    expect(again.lock).to.not.equal(undefined);
    again.lock?.release();
    expect(await readdir(directory)).to.deep.equal([]);
  });

  it('is taken over from a holder that was killed', async () => {
    const child = runScript(HOLDER, directory);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    expect(lockHolder(directory, 'turn')?.pid).to.equal(child.pid);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect((await acquireLock(directory, 'turn')).lock).to.not.equal(undefined);
  });

  it('is not fooled by another process that got the number of the dead holder', async function () {
    const identity = processIdentity(process.pid);
    if (identity === 'unknown') skip(this, 'this machine does not tell when a process began');
    const flag = { pid: process.pid, identity: `${identity}-of-an-earlier-process`, held: true };
    await writeFile(join(directory, 'turn.1.lock'), JSON.stringify(flag));
    expect(isSameProcess(flag.pid, flag.identity)).to.equal(false);
    expect((await acquireLock(directory, 'turn')).lock).to.not.equal(undefined);
  });

  it('lets one process in at a time when many arrive together, after a holder was killed', async () => {
    const journal = join(directory, 'journal');
    await writeFile(join(directory, 'turn.1.lock'), JSON.stringify({ pid: 2 ** 22 + 1, identity: 'gone', held: true }));
    const children = Array.from({ length: 6 }, () => runScript(CONTENDER, directory, journal));
    const codes = await Promise.all(
      children.map((child) => new Promise<number | null>((resolve) => child.once('exit', resolve))),
    );
    expect(codes).to.deep.equal([0, 0, 0, 0, 0, 0]);
    const lines = (await readFile(journal, 'utf8')).trim().split('\n');
    expect(lines).to.have.length(12);
    for (let index = 0; index < lines.length; index += 2) {
      expect(lines[index]).to.match(/^in /);
      expect(lines[index + 1]).to.equal(lines[index]?.replace('in', 'out'));
    }
  });

  it('counts a zombie as dead', async function () {
    if (process.platform !== 'linux') skip(this, 'only Linux tells of zombies in a file');
    // The shell's child ends once the shell is replaced, by a sleep that never collects it; ended before, the shell itself might.
    const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 30'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data))));
    const pid = Number(line);
    while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, 'utf8'))) await sleep(10);
    expect(processIdentity(pid)).to.equal(undefined);
    parent.kill();
  });
});
