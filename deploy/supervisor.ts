import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from './environment.ts';
import { ROOT } from './environment.ts';
import { endLeftovers, rememberChildren } from './leftovers.ts';
import { ManagedChild } from './managed-child.ts';
import { EmbeddedPostgresServer } from './postgres.ts';
import { StartError } from './start-error.ts';

/** What the API tells its parent once it is migrated, seeded and listening. */
export interface ReadyMessage {
  readonly type: 'ready';
  readonly url: string;
  /** The one-time link to the first account, while there is none. */
  readonly setupUrl?: string;
  /** Whether the demo's people can sign in. */
  readonly demo: boolean;
}

/** Where what happens is told: `who` is the process that says it. */
export type Tell = (who: string, line: string) => void;

/** A little more than they give themselves to finish what they have begun. */
const API_GRACE_MS = 12_000;
const WORKER_GRACE_MS = 22_000;
const ATTEMPTS_BEFORE_GIVING_UP = 3;
const HEALTH_MS = 250;
const POSTGRES_RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];

/** Runs PostgreSQL, the API and the worker, and keeps them running. */
export class Supervisor {
  readonly #settings: Settings;
  readonly #tell: Tell;
  readonly #runDir: string;
  readonly #api: ManagedChild;
  readonly #worker: ManagedChild;
  #postgres: EmbeddedPostgresServer | undefined;
  #databaseUrl: string;
  #ready: PromiseWithResolvers<ReadyMessage> = Promise.withResolvers();
  #up = false;
  #stopping: Promise<void> | undefined;

  /** @param runDir where the processes that run are written down */
  constructor(settings: Settings, runDir: string, tell: Tell) {
    this.#settings = settings;
    this.#runDir = runDir;
    this.#tell = tell;
    this.#databaseUrl = settings.config.database.url;
    this.#api = this.#child('api', 'api/main.ts', (message) => this.#heard(message));
    this.#worker = this.#child('worker', 'workers/main.ts');
    // Awaited only once PostgreSQL runs; a failure before that must not end the process by itself.
    this.#ready.promise.catch(() => undefined);
  }

  /** Ends what an earlier supervisor left when it was killed. */
  async clearUp(): Promise<void> {
    for (const sentence of await endLeftovers(this.#runDir)) this.#tell('sideline', sentence);
  }

  /**
   * Starts everything, in order.
   * @returns what the API said, once `GET /health` answers 200
   * @throws Error when PostgreSQL or the API cannot be started
   */
  async start(): Promise<ReadyMessage> {
    if (this.#settings.embedded) await this.#startPostgres();
    if (this.#stopping) throw new Error('stopped while starting');
    this.#api.start();
    const ready = await this.#ready.promise;
    await this.#untilHealthy(ready.url);
    this.#up = true;
    this.#worker.start();
    return ready;
  }

  /** Stops the API and the worker, which finish what they have begun, then PostgreSQL. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** Starts the API and the worker again: their code or their environment has changed. */
  restartChildren(): void {
    this.#api.restart(API_GRACE_MS);
    this.#worker.restart(WORKER_GRACE_MS);
  }

  /** Does not wait any longer for what the API and the worker have begun. */
  hurry(): void {
    for (const child of [this.#api, this.#worker]) void child.stop(0);
  }

  async #stopAll(): Promise<void> {
    this.#ready.reject(new Error('stopped while starting'));
    const graces = [[this.#api, API_GRACE_MS], [this.#worker, WORKER_GRACE_MS]] as const;
    await Promise.all(
      graces.map(async ([child, graceMs]) => {
        const outcome = await child.stop(graceMs);
        if (outcome === 'killed') this.#tell('sideline', `The ${child.name} process did not end within ${graceMs / 1000} s and was killed.`);
      }),
    );
    await this.#postgres?.stop();
  }

  #child(name: string, script: string, onMessage?: (message: unknown) => void): ManagedChild {
    return new ManagedChild({
      name,
      script: join(ROOT, script),
      env: () => ({ ...this.#settings.env, DATABASE_URL: this.#databaseUrl }),
      onLine: (line) => this.#tell(name, line),
      onChange: () => rememberChildren(this.#runDir, [this.#api, this.#worker]),
      onCrash: (reason, delayMs, crashes) => this.#crashed(name, reason, delayMs, crashes),
      ...(onMessage ? { onMessage } : {}),
    });
  }

  #crashed(name: string, reason: string, delayMs: number, crashes: number): void {
    if (!this.#up && crashes >= ATTEMPTS_BEFORE_GIVING_UP) {
      this.#ready.reject(new StartError(`The ${name} process does not start (${reason}); what it said is above.`));
      return;
    }
    this.#tell('sideline', `The ${name} process ended unexpectedly (${reason}); starting it again in ${delayMs / 1000} s.`);
  }

  #heard(message: unknown): void {
    if (isReady(message)) this.#ready.resolve(message);
  }

  async #startPostgres(): Promise<void> {
    const log = (sentence: string): void => this.#tell('postgres', sentence);
    this.#postgres = new EmbeddedPostgresServer({ dataDir: this.#settings.config.dataDir, log });
    this.#databaseUrl = await this.#postgres.start();
    this.#postgres.onUnexpectedExit(() => void this.#revivePostgres());
  }

  /** PostgreSQL was killed or has crashed: the children reconnect by themselves once it is back. */
  async #revivePostgres(): Promise<void> {
    for (let attempt = 0; !this.#stopping; attempt += 1) {
      try {
        this.#tell('sideline', 'PostgreSQL ended unexpectedly; starting it again.');
        const before = this.#databaseUrl;
        await this.#startPostgres();
        this.#tell('sideline', 'PostgreSQL is back.');
        if (this.#databaseUrl !== before) this.restartChildren();
        return;
      } catch (error) {
        const delay = POSTGRES_RETRY_MS[Math.min(attempt, POSTGRES_RETRY_MS.length - 1)] ?? 0;
        this.#tell('sideline', `${error instanceof Error ? error.message : String(error)} Trying again in ${delay / 1000} s.`);
        await sleep(delay);
      }
    }
    await this.#postgres?.stop();
  }

  async #untilHealthy(url: string): Promise<void> {
    const { host, port } = this.#settings.config;
    const address = new URL('/health', `http://${reachableHost(host)}:${port || new URL(url).port}`);
    while (!this.#stopping) {
      const ok = await fetch(address, { signal: AbortSignal.timeout(5_000) }).then((response) => response.ok, () => false);
      if (ok) return;
      await sleep(HEALTH_MS);
    }
    throw new Error('stopped while starting');
  }
}

/** An address one can connect to, for one that only says where to listen. */
export function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function isReady(message: unknown): message is ReadyMessage {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ready' && 'url' in message;
}
