/**
 * `npm run test:mocha`: every test file, as many at a time as there are processors, each process with a PostgreSQL and a browser of
 * its own. With one process more the run is a minute shorter, and what waits for something on a page waits too long now and then. Whoever is
 * free takes the next file; what takes longest begins first, so that nobody waits for it at the end. Arguments go to Mocha.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { QUICK_START } from './harness/programs.ts';

const MOCHA = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));

/** Files that take longer than 20 s, the longest first. */
const LONGEST = [
  'test/crash/presence.test.ts',
  'test/browser/gallery.test.ts',
  'test/runtime/supervisor.test.ts',
  'test/contract/contract.test.ts',
  'test/permissions/operations.test.ts',
  'api/agents/migration/migrate-agents.cli.test.ts',
  'test/runtime/postgres.test.ts',
  'test/crash/live-session.test.ts',
  'test/crash/sessions.test.ts',
  'test/crash/notes.test.ts',
].map((file) => join(...file.split('/')));

const files = new Set([...LONGEST, ...globSync(['api/**/*.test.ts', 'workers/**/*.test.ts', 'widgets/**/*.test.ts', 'test/**/*.test.ts']).sort()]);
const args = ['--parallel', '--jobs', String(availableParallelism()), ...process.argv.slice(2), ...files];
const mocha = spawn(process.execPath, [MOCHA, ...args], { stdio: 'inherit', env: { ...QUICK_START, ...process.env } });
mocha.once('close', (code) => (process.exitCode = code ?? 1));
