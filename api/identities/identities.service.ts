import type { AgentsService } from '../agents/agents.service.ts';
import { leads, type Principal } from '../auth/principal.ts';
import type { Db } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, notFound } from '../errors/problem.ts';
import { identityCreated, identityDeleted } from './identities.events.ts';
import { presentIdentity } from './identity.presenter.ts';
import type { IdentityRepository, IdentityRow } from './identity.repository.ts';

export interface NewIdentity {
  readonly system: string;
  readonly externalId: string;
  readonly displayName?: string | undefined;
}

/** Who people are in host systems, so that what a system delivers finds its person. */
export class IdentitiesService {
  readonly #uow: UnitOfWork;
  readonly #identities: IdentityRepository;
  readonly #agents: AgentsService;

  constructor(deps: { uow: UnitOfWork; identities: IdentityRepository; agents: AgentsService }) {
    this.#uow = deps.uow;
    this.#identities = deps.identities;
    this.#agents = deps.agents;
  }

  /** @throws Problem 404 outside the caller's scope. */
  async list(by: Principal, agentId: number): Promise<IdentityRow[]> {
    const agent = await this.#agents.get(agentId);
    if (!leads(by, agent.teamId) && by.agentId !== agentId) throw notFound('Agent');
    return this.#uow.read((db) => this.#identities.of(db, agentId));
  }

  /**
   * People by their ids in a system; ids that are nobody's are left out. Inactive people are found too: what they did
   * stays theirs.
   */
  async resolve(db: Db, system: string, externalIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#identities.resolve(db, system, externalIds);
    return new Map(rows.map((row) => [row.externalId, row.agentId]));
  }

  /** People by ids of whatever system; an id may be of several people, each in another system. */
  async resolveAnywhere(db: Db, externalIds: readonly string[]): Promise<{ externalId: string; agentId: number }[]> {
    return this.#identities.resolveAnywhere(db, externalIds);
  }

  /** @throws Problem 404, 409 (the id is somebody's already). */
  create(by: Principal, agentId: number, data: NewIdentity, id = newId()): Promise<IdentityRow> {
    return this.#uow.write(by, async (tx) => {
      await this.#agents.get(agentId);
      const fields = { agentId, system: data.system, externalId: data.externalId, displayName: data.displayName?.trim() ?? null };
      const created = await this.#identities.insert(tx, { id, ...fields, now: tx.now });
      if (!created) throw await this.#taken(tx, agentId, data);
      tx.record(identityCreated.record(agentId, presentIdentity(created), { agentId }));
      tx.audit({ action: 'identity.create', targetType: 'agent', targetId: agentId, after: fields });
      return created;
    });
  }

  /** @throws Problem 404. */
  remove(by: Principal, agentId: number, id: string): Promise<void> {
    return this.#uow.write(by, async (tx) => {
      const identity = await this.#identities.byId(tx, agentId, id);
      if (!identity || !(await this.#identities.remove(tx, id))) throw notFound('Identity');
      tx.record(identityDeleted.record(agentId, { id, agentId }, { agentId }));
      tx.audit({ action: 'identity.delete', targetType: 'agent', targetId: agentId, before: { system: identity.system, externalId: identity.externalId } });
    });
  }

  async #taken(tx: Tx, agentId: number, { system, externalId }: NewIdentity): Promise<Error> {
    const owner = await this.#identities.owner(tx, system, externalId);
    const whose = owner === agentId ? 'this person already' : 'somebody else already';
    return conflict('identity_taken', `This id of ${system} is ${whose}.`, [{ path: '/body/externalId', message: 'is taken' }]);
  }
}
