import { Problem } from '../errors/problem.ts';

/** What failures of a person are counted under, wherever a password is asked for. */
export const subjectOf = (agentId: number): string => `person:${agentId}`;

/** @throws Problem 429 while there were too many failures. */
export function assertNotLocked(until: Date | undefined, now: Date): void {
  if (!until) return;
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  throw new Problem(429, 'locked', `Too many failed sign-ins; try again in ${seconds} seconds.`, { headers: { 'Retry-After': String(seconds) } });
}
