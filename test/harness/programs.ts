import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { readEnv } from '../../api/config.ts';
import { COMPILE_CACHE } from '../../deploy/environment.ts';

/** How a program ended, and what it said until then. */
export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** What every program of a test is given besides its own variables: what was compiled before, unless coverage is measured. */
export const QUICK_START: Readonly<Record<string, string>> = readEnv()['NODE_V8_COVERAGE'] ? {} : { NODE_COMPILE_CACHE: COMPILE_CACHE };

/**
 * Runs a program to its end, in a process of its own.
 * @param args Node's own options, the script, and what the script takes
 * @param env all it gets of an environment
 * @param input what comes in at its standard input, to the end; nothing by default
 * @param bounds a command of the shell that sets its limits, such as `ulimit -f 200`
 */
export async function runProgram(args: readonly string[], env: Readonly<Record<string, string | undefined>>, input = '', bounds = ':'): Promise<Ended> {
  const child = spawn('/bin/sh', ['-c', `${bounds} && exec "$@"`, 'sh', process.execPath, ...args], { env: { ...QUICK_START, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  // One that refuses its arguments ends before it reads.
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number>((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? -1)));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output, errors };
}
