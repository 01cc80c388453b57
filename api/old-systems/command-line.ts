import { constants } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readEnv, toConfig } from '../config.ts';
import { isDatabaseAway } from '../db/failures.ts';
import { Problem } from '../errors/problem.ts';
import { prose } from '../imports/values/text.ts';

/** Something the person at the terminal has to put right. */
export class Refused extends Error {}

export interface CommandLine {
  readonly files: readonly string[];
  readonly dryRun: boolean;
  readonly source: string;
}

/**
 * `FILE … [--dry-run] [--source LABEL]`. Files are those of the folder npm was started in. `--help` is answered here.
 * @throws Refused with the usage
 */
export function readCommandLine(usage: string, source: string, most: number): CommandLine {
  try {
    const options = { 'dry-run': { type: 'boolean', default: false }, source: { type: 'string', default: source }, help: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help) {
      process.stdout.write(usage);
      process.exit(0);
    }
    if (positionals.length === 0 || positionals.length > most) throw new Refused(usage);
    if (!/^\S.{0,99}$/.test(values.source)) throw new Refused('--source must be a label of at most 100 characters.');
    const here = readEnv()['INIT_CWD'] ?? process.cwd();
    return { files: positionals.map((file) => resolve(here, file)), dryRun: values['dry-run'], source: values.source };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** Where nobody looks on, but somebody may read it later, a sign of life comes as seldom as that, in milliseconds. */
const SIGN_MS = 5_000;

/** Draws one line again and again where somebody looks on; elsewhere writes a line now and then. */
export function progressLine(): { draw: (text: string) => void; clear: () => void } {
  const { stderr } = process;
  let width = 0;
  let saidAt = performance.now();
  return {
    draw: (text) => {
      if (!stderr.isTTY) {
        if (performance.now() - saidAt < SIGN_MS) return;
        saidAt = performance.now();
        stderr.write(`${text}\n`);
        return;
      }
      stderr.write(`\r${text.padEnd(width)}`);
      width = text.length;
    },
    clear: () => {
      if (stderr.isTTY && width > 0) stderr.write(`\r${' '.repeat(width)}\r`);
    },
  };
}

/** Whoever ends it is told what is there. Batches are written whole: what one has begun is rolled back with the connection. */
export function tellWhenStopped({ dryRun }: Pick<CommandLine, 'dryRun'>): void {
  const told = dryRun ? 'Nothing was written (dry run).' : 'What was brought until now stays. Start again with the same file: it goes on from there.';
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      process.stderr.write(`\nStopped by ${signal}. ${told}\n`);
      process.exit(128 + constants.signals[signal]);
    });
  }
}

export const configOfCommand = () => toConfig({ LOG_LEVEL: 'warn', ...readEnv() });

/** Ends the process with what went wrong: in plain words where somebody can put it right. */
export function failed(error: unknown, isPlain: (error: Error) => boolean): void {
  const plain = error instanceof Error && (error instanceof Refused || error instanceof Problem || error instanceof ConfigError || isPlain(error));
  const away = isDatabaseAway(error) ? 'The database cannot be reached.' : undefined;
  process.stderr.write(`${away ?? (plain ? prose(error.message) : error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
  process.exitCode = 1;
}
