import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readEnv, toConfig } from '../config.ts';
import { Problem } from '../errors/problem.ts';

/** Something the person at the terminal has to put right. */
export class Refused extends Error {}

export interface CommandLine {
  readonly files: readonly string[];
  readonly dryRun: boolean;
  readonly source: string;
}

/**
 * `FILE … [--dry-run] [--source LABEL]`. Files are those of the folder npm was started in.
 * @throws Refused with the usage
 */
export function readCommandLine(usage: string, source: string, most: number): CommandLine {
  try {
    const options = { 'dry-run': { type: 'boolean', default: false }, source: { type: 'string', default: source }, help: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (values.help || positionals.length === 0 || positionals.length > most) throw new Refused(usage);
    if (!/^\S.{0,99}$/.test(values.source)) throw new Refused('--source must be a label of at most 100 characters.');
    const here = readEnv()['INIT_CWD'] ?? process.cwd();
    return { files: positionals.map((file) => resolve(here, file)), dryRun: values['dry-run'], source: values.source };
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** Draws one line again and again where somebody looks on. */
export function progressLine(): { draw: (text: string) => void; clear: () => void } {
  const { stderr } = process;
  let width = 0;
  return {
    draw: (text) => {
      if (!stderr.isTTY) return;
      stderr.write(`\r${text.padEnd(width)}`);
      width = text.length;
    },
    clear: () => {
      if (stderr.isTTY && width > 0) stderr.write(`\r${' '.repeat(width)}\r`);
    },
  };
}

export const configOfCommand = () => toConfig({ LOG_LEVEL: 'warn', ...readEnv() });

/** Ends the process with what went wrong: in plain words where somebody can put it right. */
export function failed(error: unknown, isPlain: (error: Error) => boolean): void {
  const plain = error instanceof Error && (error instanceof Refused || error instanceof Problem || error instanceof ConfigError || isPlain(error));
  process.stderr.write(`${plain ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
