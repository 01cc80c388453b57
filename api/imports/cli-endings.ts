import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm, and whoever started this, pass on what a terminal, `timeout` or systemd tells all of them at once: so long it is one asking. */
const onceMs = 1_000;

/** What a shell makes of a signal that ended a program. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];

/**
 * Lets a program at a terminal end in one of its own ways only: nobody is left to guess what became of their file.
 *
 * @param stop called when the program is asked to end, once; whoever asks again does not want to wait
 * @param outcome what is true of the import, in a sentence, should the program end here and now
 * @returns to be called when the program has said how it ended
 */
export function watchEndings(stop: (signal: NodeJS.Signals) => void, outcome: () => string): () => void {
  let askedAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (askedAt !== undefined && performance.now() - askedAt > onceMs) end(signal, exitCodeOf(signal));
    if (askedAt === undefined) stop(signal);
    askedAt ??= performance.now();
  };
  // Nothing is left to wait for, and yet the import is not over: Node would end with a remark for programmers.
  const onExit = (): void => end('it had nothing left to wait for', 1);
  const end = (reason: string, code: number): never => {
    process.off('exit', onExit);
    process.stderr.write(`\nEnded too early (${reason}). ${outcome()}\n`);
    process.exit(code);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  process.on('exit', onExit);
  // Nobody reads on: the terminal was closed, or what comes after a pipe has ended. That is no reason to break off.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    process.off('exit', onExit);
  };
}
