/**
 * `npm run test:mocha`: the suites in two processes side by side, each with a PostgreSQL of its own. Much of their time is
 * waiting, for processes to start and for clocks to move on, so two take little more than half as long as one. The
 * first is shown as it runs, the second when it is done; the last line counts both.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Outcome {
  readonly code: number;
  readonly counts: readonly [passed: number, failed: number, skipped: number];
}

const MOCHA = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));
const COUNTS = /^(\d+) passed, (\d+) failed, (\d+) skipped$/gm;

/** What stands beside its code, and pages; then the suites that go across rooms. */
const isBesideCode = (file: string): boolean => !file.startsWith(`test${sep}`) || /^test.(browser|checks)./.test(file);

const files = globSync(['api/**/*.test.ts', 'workers/**/*.test.ts', 'widgets/**/*.test.ts', 'test/**/*.test.ts']).sort();
const [shown, held] = [files.filter(isBesideCode), files.filter((file) => !isBesideCode(file))].map((part, index) => run(part, index === 0));
const outcomes = [await shown, await held].filter((outcome) => outcome !== undefined);
const total = [0, 1, 2].map((at) => outcomes.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0));
console.log(`\n${total[0]} passed, ${total[1]} failed, ${total[2]} skipped`);
process.exitCode = outcomes.every(({ code }) => code === 0) ? 0 : 1;

/** Runs one part; what a part says that never came to its counts is one failure. */
function run(part: readonly string[], isShown: boolean): Promise<Outcome> {
  const child = spawn(process.execPath, [MOCHA, ...process.argv.slice(2), ...part], { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (isShown) process.stdout.write(chunk);
    });
  }
  return new Promise((done) => {
    child.once('close', (status, signal) => {
      const text = Buffer.concat(chunks).toString();
      if (!isShown) process.stdout.write(text);
      const found = [...text.matchAll(COUNTS)].at(-1);
      const code = signal ? 1 : (status ?? 1);
      done({ code, counts: found ? [Number(found[1]), Number(found[2]), Number(found[3])] : [0, 1, 0] });
    });
  });
}
