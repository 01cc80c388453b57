import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Env } from '../api/config.ts';
import { NODE_ARGUMENTS } from './node-arguments.ts';

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** After this long without a crash the next one is a first one again. */
const STEADY_MS = 60_000;

export interface ManagedChildOptions {
  readonly name: string;
  /** Full path of the module it runs. */
  readonly script: string;
  /** Asked at each start. */
  readonly env: () => Env;
  /** Receives each line it prints. */
  readonly onLine: (line: string) => void;
  readonly onMessage?: (message: unknown) => void;
  /** Told of each start and each end. */
  readonly onChange: () => void;
  /** Told when it ended unasked, and how soon it will be started again. */
  readonly onCrash: (reason: string, delayMs: number, crashes: number) => void;
}

/** A Node process that is started again, with growing delays, whenever it ends unasked. */
export class ManagedChild {
  readonly #options: ManagedChildOptions;
  #process: ChildProcess | undefined;
  #timer: NodeJS.Timeout | undefined;
  #crashes = 0;
  #stopping = false;
  #restarting = false;

  constructor(options: ManagedChildOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    const { script, env, onLine, onMessage, onChange } = this.#options;
    const started = Date.now();
    // A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops its
    // children in the right order. The channel tells a child when the supervisor was killed.
    const child = fork(script, { env: { ...env() }, execArgv: [...NODE_ARGUMENTS], detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', onLine);
    if (onMessage) child.on('message', onMessage);
    child.once('error', (error) => {
      onLine(error.message);
      if (child.pid === undefined) this.#ended(child, started, 'an error before it began');
    });
    child.once('exit', (code, signal) => this.#ended(child, started, signal ?? `code ${code}`));
    onChange();
  }

  /** Asks it to end (SIGTERM), and ends it by force when it has not within `graceMs`. */
  async stop(graceMs: number): Promise<'stopped' | 'killed'> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    const child = this.#process;
    if (!child) return 'stopped';
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    let forced = false;
    const force = setTimeout(() => {
      forced = true;
      child.kill('SIGKILL');
    }, graceMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(force);
    return forced ? 'killed' : 'stopped';
  }

  /** Ends it (by force after `graceMs`) so that it starts again at once, with the environment of now. */
  restart(graceMs: number): void {
    this.#crashes = 0;
    const child = this.#process;
    if (!child || this.#restarting) return;
    this.#restarting = true;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => clearTimeout(force));
  }

  #ended(child: ChildProcess, started: number, reason: string): void {
    if (this.#process !== child) return;
    this.#process = undefined;
    this.#options.onChange();
    if (this.#stopping) return;
    if (this.#restarting) {
      this.#restarting = false;
      this.start();
      return;
    }
    this.#crashes = Date.now() - started > STEADY_MS ? 1 : this.#crashes + 1;
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (this.#crashes - 1), LONGEST_DELAY_MS);
    this.#options.onCrash(reason, delay, this.#crashes);
    // Told of the crash, the supervisor may have decided to give up.
    if (!this.#stopping) this.#timer = setTimeout(() => this.start(), delay);
  }
}
