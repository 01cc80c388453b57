import type { KeyVerifier } from '../auth/authenticator.ts';
import type { KeyScope } from '../auth/key-scopes.ts';
import { keyPrincipal, type Principal } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import { newId } from '../db/ids.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound, unprocessable } from '../errors/problem.ts';
import type { KeyRepository, KeyRow } from './key.repository.ts';
import { hashKey, isWellFormed, looksLikeKey, newKey, prefixOf, sameHash } from './key-secret.ts';
import { keyRevoked } from './keys.events.ts';

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** ISO 8601; without it the key works until it is revoked. */
  readonly expiresAt?: string | undefined;
}

/** Keys of host systems: made and revoked by administrators, shown once, kept as a hash. */
export class KeysService implements KeyVerifier {
  readonly #uow: UnitOfWork;
  readonly #keys: KeyRepository;
  readonly #clock: Clock;
  readonly looksLikeKey = looksLikeKey;

  constructor(deps: { uow: UnitOfWork; keys: KeyRepository; clock: Clock }) {
    this.#uow = deps.uow;
    this.#keys = deps.keys;
    this.#clock = deps.clock;
  }

  list(page: number, limit: number): Promise<{ rows: KeyRow[]; total: number }> {
    return this.#uow.read((db) => this.#keys.list(db, page, limit));
  }

  /** @throws Problem 404. */
  async get(id: string): Promise<KeyRow> {
    const key = await this.#uow.read((db) => this.#keys.byId(db, id));
    if (!key) throw notFound('API key');
    return key;
  }

  /**
   * The new key, and the one sight of it there ever is.
   * @throws Problem 422 (expires in the past).
   */
  create(by: Principal, data: NewKey): Promise<{ row: KeyRow; key: string }> {
    return this.#uow.write(by, async (tx) => {
      if (data.expiresAt && Date.parse(data.expiresAt) <= tx.now.getTime()) {
        throw unprocessable('expires_in_the_past', 'A key cannot have expired before it is made.', [{ path: '/body/expiresAt', message: 'is in the past' }]);
      }
      const key = newKey();
      const id = newId();
      const fields = { name: data.name.trim(), prefix: prefixOf(key), scopes: [...new Set(data.scopes)], expiresAt: data.expiresAt ?? null };
      await this.#keys.insert(tx, { id, ...fields, hash: hashKey(key), createdBy: by.agentId || null, now: tx.now });
      tx.audit({ action: 'key.create', targetType: 'api_key', targetId: id, after: fields });
      return { row: await this.get(id), key };
    });
  }

  /** The key stops working when this returns, in other processes as soon as they hear of it. Once more does nothing. @throws Problem 404. */
  revoke(by: Principal, id: string): Promise<void> {
    return this.#uow.write(by, async (tx) => {
      const { name, prefix } = await this.get(id);
      if (!(await this.#keys.revoke(tx, id, by.agentId || null, tx.now))) return;
      tx.record(keyRevoked.record(id, { keyId: id }, {}));
      tx.audit({ action: 'key.revoke', targetType: 'api_key', targetId: id, before: { name, prefix } });
    });
  }

  /** The host system behind a key, and when the key ends; notes that it was used, at most once a minute. */
  async verify(key: string, now: Date): Promise<{ principal: Principal; expiresAt: number } | undefined> {
    if (!isWellFormed(key)) return undefined;
    const hash = hashKey(key);
    const candidates = await this.#uow.read((db) => this.#keys.candidates(db, prefixOf(key), now));
    const found = candidates.find((candidate) => sameHash(candidate.hash, hash));
    if (!found) return undefined;
    if (!found.fresh) await this.#uow.read((db) => this.#keys.touch(db, found.id, this.#clock.now()));
    return { principal: keyPrincipal(found), expiresAt: found.expiresAt ?? Infinity };
  }
}
