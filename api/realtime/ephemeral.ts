import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notify } from '../db/signals.ts';

/** Something worth showing but not worth keeping, such as progress. */
export interface Ephemeral {
  readonly type: string;
  readonly payload: unknown;
  readonly rooms: readonly string[];
}

export const EPHEMERAL_CHANNEL = 'sideline_ephemeral';
/** NOTIFY carries at most 8,000 bytes. */
const MAX_BYTES = 7900;

/** Sends to the sockets of every API process, from any process; lost when nobody listens. */
export class EphemeralChannel {
  readonly #uow: UnitOfWork;

  constructor(uow: UnitOfWork) {
    this.#uow = uow;
  }

  async publish(message: Ephemeral): Promise<void> {
    const text = JSON.stringify(message);
    if (Buffer.byteLength(text) > MAX_BYTES) throw new Error(`${message.type} is too large to be sent unkept`);
    await this.#uow.read((db) => notify(db, EPHEMERAL_CHANNEL, text));
  }
}
