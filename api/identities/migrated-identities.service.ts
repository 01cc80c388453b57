import type { Db } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { IdentitiesService } from './identities.service.ts';

/** Who somebody was in an old system. */
export interface MigratedIdentity {
  readonly agentId: number;
  readonly system: string;
  readonly externalId: string;
}

/** Identities of an old system. They never change: one that is here already is left alone, whosever it is. */
export class MigratedIdentities {
  readonly type = 'identity';
  readonly #service: Pick<IdentitiesService, 'create' | 'resolve'>;

  constructor(deps: { service: Pick<IdentitiesService, 'create' | 'resolve'> }) {
    this.#service = deps.service;
  }

  ids(_tx: Tx | null, count: number): Promise<string[]> {
    return Promise.resolve(Array.from({ length: count }, newId));
  }

  async present(db: Db, identities: readonly MigratedIdentity[]): Promise<(string | undefined)[]> {
    const owners = await this.#service.resolve(db, identities[0]?.system ?? '', identities.map(({ externalId }) => externalId));
    return identities.map(({ externalId }) => (owners.has(externalId) ? `of ${owners.get(externalId)}` : undefined));
  }

  versions(): Promise<Map<string, number>> {
    return Promise.resolve(new Map<string, number>());
  }

  async insert(tx: Tx, identities: readonly (MigratedIdentity & { readonly id: string })[]): Promise<void> {
    for (const { agentId, system, externalId, id } of identities) await this.#service.create(tx.by, agentId, { system, externalId }, id);
  }

  update(): Promise<void> {
    return Promise.resolve();
  }
}
