import type { OnlineStatus } from '../agents/agent.entity.ts';
import type { AgentRow, AgentsService } from '../agents/agents.service.ts';
import { leads, type Principal } from '../auth/principal.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound } from '../errors/problem.ts';
import { agentOffline, agentOnline, agentStatusChange } from './presence.events.ts';
import type { PresenceRepository } from './presence.repository.ts';

/** Sets statuses and keeps their ledger. */
export class PresenceService {
  readonly #uow: UnitOfWork;
  readonly #presence: PresenceRepository;
  readonly #agents: AgentsService;

  constructor(deps: { uow: UnitOfWork; presence: PresenceRepository; agents: AgentsService }) {
    this.#uow = deps.uow;
    this.#presence = deps.presence;
    this.#agents = deps.agents;
  }

  /**
   * Sets a person's status. Setting what already is changes nothing and tells nobody.
   * @throws Problem 403 (not yours to set), 404, 409 (not active any more).
   */
  setStatus(by: Principal, agentId: number, status: OnlineStatus, reason: string | null): Promise<AgentRow> {
    return this.#uow.write(by, async (tx) => {
      const current = await this.#presence.lock(tx, agentId);
      if (!current) throw notFound('Agent');
      const agent = await this.#agents.get(agentId);
      if (by.agentId !== agentId && !leads(by, agent.teamId)) throw forbidden('You may set the status of yourself and of people you lead.');
      if (!current.isActive) throw conflict('agent_inactive', 'A person who is not active has no status.');
      if (current.status === status && current.reason === reason) return agent;
      const source = by.kind === 'system' ? 'system' : by.key ? 'host' : by.agentId === agentId ? 'self' : 'leader';
      await this.#presence.change(tx, agentId, { status, reason }, source, by.agentId || null, tx.now);
      const timestamp = tx.now.toISOString();
      tx.record(agentStatusChange.record(agentId, { agentId, status, reason, timestamp }, { agentId }));
      if (current.status === 'offline' && status !== 'offline') tx.record(agentOnline.record(agentId, { agentId, timestamp }, { agentId }));
      if (current.status !== 'offline' && status === 'offline') tx.record(agentOffline.record(agentId, { agentId, timestamp }, { agentId }));
      tx.audit({ action: 'agent.status', targetType: 'agent', targetId: agentId, before: { status: current.status, reason: current.reason }, after: { status, reason } });
      return this.#agents.get(agentId);
    });
  }
}
