import { execFile, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { endWithParent } from '../../deploy/postgres-account.ts';

const HOST = '127.0.0.1';
const START_MS = 10_000;

/** What a suite that needs Redis says when it is skipped. */
export const REDIS_MISSING = 'needs redis-server on the PATH (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis)';

/** A Redis of one's own. */
export interface TestRedis {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Starts `redis-server` on a free port with nothing stored on disk.
 * @param port a port to come back on, for suites that stop and start it
 * @param dir where it looks for a snapshot to begin with
 * @returns `undefined` when the machine has no `redis-server`: skip and say {@link REDIS_MISSING}
 * @throws Error when it is there but does not start
 */
export async function startRedis(port?: number, dir: string = tmpdir()): Promise<TestRedis | undefined> {
  const installed = await promisify(execFile)('redis-server', ['--version']).then(() => true, () => false);
  if (!installed) return undefined;
  const chosen = port ?? (await freePort());
  const options = ['--port', String(chosen), '--bind', HOST, '--dir', dir, '--save', '', '--appendonly', 'no'];
  const command = await endWithParent('redis-server', options, 'TERM');
  const child = spawn(command.file, [...command.args], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  let gone = false;
  void ended.then(() => {
    gone = true;
  });
  for (const deadline = Date.now() + START_MS; Date.now() < deadline && !gone; await sleep(20)) {
    if (child.pid !== undefined && (await answersPing(chosen))) return { url: `redis://${HOST}:${chosen}`, pid: child.pid, stop };
  }
  await stop();
  throw new Error(`redis-server did not start on port ${chosen}.`);
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: HOST });
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port'))));
    });
  });
}
