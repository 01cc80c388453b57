import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';

/** Node's option that loads the probe into a server. */
export const PROBE: readonly string[] = [`--import=${new URL('./servers/probe.ts', import.meta.url).href}`];

/** What a server has seen of itself since it was asked last. */
export interface ProbeAnswer {
  readonly probe: true;
  /** The most that lived, or was still lying about, in V8's heap; sampled. */
  readonly heapMegabytes: number;
  /** How late the event loop came round, with the 10 ms of the measurement itself. */
  readonly loopP99Ms: number;
}

/** Asks a server started with {@link PROBE}, and starts its next stretch. */
export async function askProbe(child: ChildProcess): Promise<ProbeAnswer> {
  const answer = once(child, 'message') as Promise<[ProbeAnswer]>;
  child.send({ probe: true });
  return (await answer)[0];
}
