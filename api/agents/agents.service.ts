import { hashPassword } from '../auth/passwords.ts';
import { leads, mayManage, type Principal, type Role } from '../auth/principal.ts';
import type { SignIns } from '../auth/sign-ins.ts';
import { PAGE_ROWS, pagesOf } from '../db/pages.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound, preconditionFailed, Problem, unprocessable } from '../errors/problem.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import type { AgentFilters } from './agent-filters.ts';
import type { AgentStats } from './agent-stats.ts';
import type { AgentRecord } from './agent.entity.ts';
import { peerOf, presentAgent, presentAgentTo, type AgentView } from './agent.presenter.ts';
import type { AgentRepository, AgentRow, DepartmentRow, NamePlace, PageRequest, RosterFilters } from './agent.repository.ts';
import type { Remembered } from '../cache/answer-cache.ts';
import { agentCreated, agentDeleted, agentUpdated } from './agents.events.ts';
import type { PeopleCache } from './people-cache.ts';

// Other rooms know people by this service, and so by what it answers.
export type { AgentRow, PageRequest } from './agent.repository.ts';

export interface NewAgent {
  readonly username: string;
  readonly email: string;
  readonly fullName: string;
  readonly role: Role;
  readonly department: string;
  /** Empty and null are the same: none. */
  readonly phone?: string | null | undefined;
  readonly password: string;
  readonly teamId?: string | undefined;
}

export type AgentChanges = Partial<Omit<NewAgent, 'password' | 'teamId'>> & {
  readonly isActive?: boolean | undefined;
  readonly teamId?: string | null | undefined;
};

/** What everybody may change about themselves, and leaders about the people of their teams. */
const OWN_FIELDS: readonly (keyof AgentChanges)[] = ['fullName', 'phone', 'email'];
const PROFILE_FIELDS: readonly (keyof AgentChanges)[] = ['fullName', 'department', 'phone'];

/** Ends a person's presence in the caller's unit of work; the presence room lends it. */
export type EndPresence = (tx: Tx, agentId: number) => Promise<void>;

/** Tells somebody, at the address they had until now, that theirs is another; the mail room lends it. */
export type TellFormerAddress = (tx: Tx, person: { readonly agentId: number; readonly name: string; readonly email: string; readonly username: string }) => Promise<void>;

export interface BulkOutcome {
  readonly updated: number;
  /** One sentence for each person who was not changed, beginning with the id. */
  readonly errors: readonly string[];
}

/** The people of the installation: who they are, and who may change that. */
export class AgentsService {
  readonly #uow: UnitOfWork;
  readonly #agents: AgentRepository;
  readonly #teams: TeamsService;
  readonly #signIns: SignIns;
  readonly #endPresence: EndPresence;
  readonly #tellFormerAddress: TellFormerAddress;
  readonly #cache: PeopleCache;
  readonly #today: () => string;

  constructor(deps: { uow: UnitOfWork; agents: AgentRepository; teams: TeamsService; signIns: SignIns; endPresence: EndPresence; tellFormerAddress: TellFormerAddress; cache: PeopleCache; today: () => string }) {
    this.#uow = deps.uow;
    this.#agents = deps.agents;
    this.#teams = deps.teams;
    this.#signIns = deps.signIns;
    this.#endPresence = deps.endPresence;
    this.#tellFormerAddress = deps.tellFormerAddress;
    this.#cache = deps.cache;
    this.#today = deps.today;
  }

  list(filters: AgentFilters, page: PageRequest): Promise<{ rows: AgentRow[]; total: number }> {
    return this.#uow.read((db) => this.#agents.list(db, filters, page));
  }

  /** As {@link list}, perhaps remembered: what it shows without an event (when somebody was last seen) may be a little old. */
  listRemembered(filters: AgentFilters, page: PageRequest): Promise<Remembered<{ rows: AgentRow[]; total: number }>> {
    return this.#cache.answer('agents', [this.#today(), relevant(filters), page], () => this.list(filters, page), filters.department);
  }

  /** Everybody, page by page, by name, each as {@link presentAgentTo} shows them to this viewer. */
  async *pages(by: Principal, filters: Omit<RosterFilters, 'peer'>, gone?: AbortSignal): AsyncGenerator<readonly AgentView[]> {
    const read = (after: NamePlace | undefined, size: number) => this.#uow.report((db) => this.#agents.page(db, { ...filters, peer: peerOf(by) }, after, size), gone);
    for await (const rows of pagesOf(PAGE_ROWS, read, ({ fullName, id }) => ({ fullName, id }))) yield rows.map((row) => presentAgentTo(by, row));
  }

  search(q: string, filters: AgentFilters, page: PageRequest): Promise<{ rows: AgentRow[]; total: number }> {
    return this.#uow.read((db) => this.#agents.search(db, q, filters, page));
  }

  /** @throws Problem 404. */
  async get(id: number): Promise<AgentRow> {
    const row = await this.#uow.read((db) => this.#agents.byId(db, id));
    if (!row) throw notFound('Agent');
    return row;
  }

  /** @throws Problem 403 (role not the caller's to grant), 409 (user name or e-mail taken), 422 (no such team). */
  async create(by: Principal, data: NewAgent): Promise<AgentRow> {
    assertMayGrant(by, data.role);
    const passwordHash = await hashPassword(data.password);
    return this.#uow.write(by, async (tx) => {
      await this.#assertFree(tx, data);
      if (data.teamId) await this.#assertTeam(data.teamId);
      const { password: _password, ...fields } = data;
      const record = await this.#agents.insert(tx, {
        ...fields,
        email: data.email.toLowerCase(),
        phone: data.phone || null,
        teamId: data.teamId ?? null,
        passwordHash,
        isActive: true,
        onlineStatus: 'offline',
        statusSince: tx.now,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
      const row = await this.#reread(tx, record.id);
      tx.record(agentCreated.record(record.id, presentAgent(row), { agentId: record.id }));
      tx.audit({ action: 'agent.create', targetType: 'agent', targetId: record.id, after: { ...fields } });
      return row;
    });
  }

  /** How many people there are, by role, department and status. Everybody sees everybody, so the same for all. */
  stats(): Promise<Remembered<AgentStats>> {
    return this.#cache.answer('stats', null, () => this.#uow.read((db) => this.#agents.stats(db)));
  }

  /** Every department that has people, by name. */
  departments(): Promise<Remembered<DepartmentRow[]>> {
    return this.#cache.answer('departments', null, () => this.#uow.read((db) => this.#agents.departments(db)));
  }

  /** @throws Problem 403, 404, 409, 412 (`expected` is not the current version), 422. */
  update(by: Principal, id: number, changes: AgentChanges, expected?: number): Promise<AgentRow> {
    return this.#uow.write(by, (tx) => this.#change(tx, by, id, changes, { expected }));
  }

  /**
   * Makes the same change to many people, each by the rules of {@link update}; whoever may not be changed does not
   * stop the others. All of it is committed together.
   */
  updateMany(by: Principal, ids: readonly number[], changes: AgentChanges): Promise<BulkOutcome> {
    return this.#uow.write(by, async (tx) => {
      const people = [...new Set(ids)].sort((a, b) => a - b);
      await this.#agents.lock(tx, people);
      const errors: string[] = [];
      for (const id of people) {
        const refusal = await refusalOf(this.#change(tx, by, id, changes));
        if (refusal) errors.push(`${id}: ${refusal.message}`);
        // Written: kept, each would be compared again with every one that follows.
        tx.em.clear();
      }
      return { updated: people.length - errors.length, errors };
    });
  }

  /**
   * Takes a person out of service: sign-ins, sockets and presence end, their history stays. Doing it again changes nothing.
   * @throws Problem 403, 404, 422 (the last administrator).
   */
  deactivate(by: Principal, id: number): Promise<AgentRow> {
    return this.#uow.write(by, async (tx) => {
      const agent = await this.#agents.forUpdate(tx, id);
      if (!agent) throw notFound('Agent');
      assertMayChange(by, agent, { isActive: false });
      if (!agent.isActive) return this.#reread(tx, id);
      const row = await this.#change(tx, by, id, { isActive: false }, { action: 'agent.deactivate' });
      tx.record(agentDeleted.record(id, { agentId: id, timestamp: tx.now.toISOString() }, { agentId: id }));
      return row;
    });
  }

  /** How many people there are, active or not. */
  count(): Promise<number> {
    return this.#uow.read((db) => this.#agents.count(db));
  }

  /**
   * Announces that people now look different (their team, its settings). Call inside the transaction that did it; it
   * keeps others from changing them until it ends, so that nothing newer is announced before.
   */
  async announce(tx: Tx, ids: readonly number[]): Promise<void> {
    await this.#agents.lock(tx, ids);
    for (const row of await this.#agents.byIds(tx, ids)) {
      tx.record(agentUpdated.record(row.id, presentAgent(row), { agentId: row.id, departments: [row.department] }));
    }
  }

  /** People who were restored to what they had been: tells it, and ends what an inactive person cannot have. */
  async restored(tx: Tx, ids: readonly number[]): Promise<void> {
    for (const row of await this.#agents.byIds(tx, ids)) {
      if (row.isActive) continue;
      await this.#endPresence(tx, row.id);
      await this.#signIns.endAll(tx, row.id, 'deactivated');
    }
    await this.announce(tx, ids);
  }

  /** Every refusal comes before the first write, so that who is refused among many leaves nothing behind. */
  async #change(tx: Tx, by: Principal, id: number, changes: AgentChanges, { expected, action = 'agent.update' }: { expected?: number | undefined; action?: string } = {}): Promise<AgentRow> {
    const agent = await this.#agents.forUpdate(tx, id);
    if (!agent) throw notFound('Agent');
    assertMayChange(by, agent, changes);
    if (expected !== undefined && expected !== agent.version) throw preconditionFailed();
    await this.#assertFree(tx, changes, id);
    if (changes.teamId && changes.teamId !== agent.teamId) await this.#assertTeam(changes.teamId);
    await this.#assertAdminLeft(tx, agent, changes);
    if (changes.isActive === false && agent.isActive) await this.#endPresence(tx, id);
    const before = pick(agent, Object.keys(changes));
    // Links to new passwords go to the address: whoever it is taken from must hear of it.
    if (changes.email && changes.email.toLowerCase() !== agent.email) await this.#tellFormerAddress(tx, { agentId: id, name: agent.fullName, email: agent.email, username: agent.username });
    const former = { teamId: agent.teamId ?? null, department: agent.department };
    Object.assign(agent, { ...changes, ...(changes.email ? { email: changes.email.toLowerCase() } : {}), ...('phone' in changes ? { phone: changes.phone || null } : {}), updatedAt: tx.now });
    await tx.em.flush();
    if (changes.isActive === false) await this.#signIns.endAll(tx, id, 'deactivated');
    const row = await this.#reread(tx, id);
    tx.record(agentUpdated.record(id, presentAgent(row), {
      agentId: id,
      departments: [...new Set([row.department, former.department])],
      ...(former.teamId === row.teamId ? {} : { formerTeamId: former.teamId }),
    }));
    tx.audit({ action, targetType: 'agent', targetId: id, before, after: { ...changes } });
    return row;
  }

  async #reread(tx: Tx, id: number): Promise<AgentRow> {
    const row = await this.#agents.byId(tx, id);
    if (!row) throw notFound('Agent');
    return row;
  }

  async #assertFree(tx: Tx, data: { username?: string | undefined; email?: string | undefined }, exceptId = 0): Promise<void> {
    if (!data.username && !data.email) return;
    const field = await this.#agents.taken(tx, data, exceptId);
    if (field) throw conflict(`${field}_taken`, `Somebody has this ${field === 'email' ? 'e-mail' : 'user name'} already.`, [{ path: `/body/${field}`, message: 'is taken' }]);
  }

  async #assertTeam(teamId: string): Promise<void> {
    if (!(await this.#teams.exists(teamId))) {
      throw unprocessable('unknown_team', 'There is no such team.', [{ path: '/body/teamId', message: 'is not a team' }]);
    }
  }

  async #assertAdminLeft(tx: Tx, agent: AgentRecord, changes: AgentChanges): Promise<void> {
    const leaves = agent.role === 'admin' && agent.isActive && (changes.isActive === false || (changes.role ?? 'admin') !== 'admin');
    if (leaves && (await this.#agents.activeAdminsAlone(tx)) <= 1) {
      throw unprocessable('last_administrator', 'The last active administrator cannot be deactivated or given another role.');
    }
  }
}

function assertMayGrant(by: Principal, role: Role): void {
  if (mayManage(by, role)) return;
  throw forbidden(`Only an administrator may grant the role ${role}.`, 'role_not_yours_to_grant');
}

/** The person is visible to everybody, so what is not allowed is 403, not 404. */
function assertMayChange(by: Principal, agent: AgentRecord, changes: AgentChanges): void {
  const fields = Object.keys(changes) as (keyof AgentChanges)[];
  if (by.role === 'admin') return;
  const only = (allowed: readonly (keyof AgentChanges)[]): boolean => fields.every((field) => allowed.includes(field));
  if (mayManage(by, agent.role)) {
    if (changes.role) assertMayGrant(by, changes.role);
    return;
  }
  if (agent.id === by.agentId && only(OWN_FIELDS)) return;
  if (by.role === 'team_leader' && leads(by, agent.teamId ?? null) && agent.id !== by.agentId && only(PROFILE_FIELDS)) return;
  throw forbidden('You may not change these fields of this person.');
}

const pick = (record: AgentRecord, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => fields.includes(name)));

/** The refusal a call ended in, if it did; anything else that goes wrong is thrown. */
async function refusalOf(call: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

/** The filters as far as they decide anything: who asks does so only where something searched for may be hidden from them. */
const relevant = ({ peer, ...filters }: AgentFilters): AgentFilters => (filters.search || filters.performanceLevel ? { ...filters, peer } : filters);
