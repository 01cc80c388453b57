import { createHash } from 'node:crypto';
import { callerOf, type Principal } from '../auth/principal.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, unprocessable } from '../errors/problem.ts';
import * as keys from './idempotency.repository.ts';

/** An answer worth keeping. */
export interface StoredReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * Runs a create at most once per key. The key and the answer are written in the same transaction as the work, so
 * a crash leaves both or neither. Refusals are not kept: repeating the request repeats them.
 * @throws Problem 409 while the same key is still at work, 422 when the key was used with another body.
 */
export class Idempotency {
  readonly #uow: UnitOfWork;

  constructor(uow: UnitOfWork) {
    this.#uow = uow;
  }

  once(by: Principal, operation: string, key: string, request: unknown, work: () => Promise<StoredReply>): Promise<StoredReply & { replayed: boolean }> {
    const id = { owner: callerOf(by), operation, key };
    const hash = createHash('sha256').update(canonical(request)).digest();
    return this.#uow.write(by, async (tx) => {
      // Somebody else holding the lock is the same request still running.
      if (!(await keys.claim(tx, id))) throw conflict('still_running', 'The same request is still running; repeat it in a moment.');
      const stored = await keys.storedAnswer(tx, id, tx.now);
      if (stored) {
        if (!hash.equals(stored.requestHash)) throw unprocessable('idempotency_key_reused', 'This Idempotency-Key was used with another body.');
        return { status: stored.status, headers: stored.headers, body: stored.body, replayed: true };
      }
      const reply = await work();
      await tx.em.flush();
      await keys.storeAnswer(tx, id, { ...reply, requestHash: hash }, tx.now);
      return { ...reply, replayed: false };
    });
  }
}

/** JSON with sorted keys: two bodies that mean the same hash the same. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
