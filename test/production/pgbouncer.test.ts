import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startTestApp, type TestApp } from '../harness/app.ts';
import { createDatabaseFromTemplate, type TestDatabase } from '../harness/postgres.ts';
import { skip } from '../harness/skip.ts';
import { until } from '../harness/until.ts';

const MISSING = 'needs pgbouncer on the PATH (Debian, Ubuntu: apt-get install pgbouncer)';

describe('behind PgBouncer in transaction mode', function () {
  this.timeout(30_000);
  let folder: string;
  let bouncer: ChildProcess | undefined;
  let app: TestApp | undefined;
  let database: TestDatabase | undefined;

  before(async function () {
    database = await createDatabaseFromTemplate('bounced');
    const port = await freePort();
    folder = await mkdtemp(join(tmpdir(), 'sideline-bouncer-'));
    const target = new URL(database.url);
    await writeFile(join(folder, 'users.txt'), `"${target.username}" "${decodeURIComponent(target.password)}"\n`);
    await writeFile(
      join(folder, 'pgbouncer.ini'),
      `[databases]\n* = host=127.0.0.1 port=${target.port}\n[pgbouncer]\nlisten_addr=127.0.0.1\nlisten_port=${port}\nunix_socket_dir=\nauth_type=scram-sha-256\nauth_file=${join(folder, 'users.txt')}\npool_mode=transaction\ndefault_pool_size=4\nmax_client_conn=100\n`,
    );
    await chmod(folder, 0o755);
    bouncer = await start(join(folder, 'pgbouncer.ini'));
    if (!bouncer) skip(this, MISSING);
    target.port = String(port);
    app = await startTestApp('bouncer', { DATABASE_URL: target.href, DATABASE_DIRECT_URL: database.url }, {}, database);
  });
  after(async () => {
    await app?.close();
    bouncer?.kill('SIGTERM');
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('writes, replays and tells sockets with fewer server connections than requests', async () => {
    if (!app) throw new Error('not started');
    const org = await app.people.organisation();
    const socket = await app.socket(org.agent.token);
    const heard: string[] = [];
    socket.on('quickNote:created', (note: { id: string }) => heard.push(note.id));
    const request = app.request(org.leader.token);
    const body = (n: number) => ({ agentId: org.agent.id, noteType: 'COACHING', content: `Note ${n}` });
    const written = await Promise.all(
      Array.from({ length: 40 }, (_, n) => request.post('/api/quick-notes').set('Idempotency-Key', `k${n % 20}`).send(body(n % 20))),
    );
    const stored = new Set(written.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
    expect(written.every((answer) => answer.status === 201 || answer.body.code === 'still_running')).to.equal(true);
    expect(stored.size).to.equal(20);
    await until(() => new Set(heard).size === 20);
  });
});

async function start(config: string): Promise<ChildProcess | undefined> {
  // PgBouncer refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const [command, ...args] = asRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--pdeathsig', 'TERM', 'pgbouncer', config] : ['pgbouncer', config];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const failed = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(true));
    child.once('exit', () => resolve(true));
  });
  const up = until(() => said.includes('process up')).then(() => false, () => true);
  return (await Promise.race([failed, up])) ? undefined : child;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
