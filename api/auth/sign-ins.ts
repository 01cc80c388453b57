import type { Tx } from '../db/unit-of-work.ts';
import { signInEnded } from './auth.events.ts';
import { revokeSession, revokeSessionsOf } from './sign-in.repository.ts';

/** Ends sign-ins, from whichever room has a reason to. */
export class SignIns {
  /** Every sign-in of a person stops working when the transaction commits. */
  async endAll(tx: Tx, agentId: number, reason: string): Promise<void> {
    await revokeSessionsOf(tx, agentId, reason, tx.now);
    tx.record(signInEnded.record(agentId, { agentId, sessionId: null }, { agentId }));
  }

  /** As {@link endAll}, but for the sign-in at hand. */
  async endOthers(tx: Tx, agentId: number, sessionId: string | null, reason: string): Promise<void> {
    await revokeSessionsOf(tx, agentId, reason, tx.now, sessionId);
    tx.record(signInEnded.record(agentId, { agentId, sessionId: null }, { agentId }));
  }

  async end(tx: Tx, agentId: number, sessionId: string, reason: string): Promise<void> {
    await revokeSession(tx, sessionId, reason, tx.now);
    tx.record(signInEnded.record(agentId, { agentId, sessionId }, { agentId }));
  }
}
