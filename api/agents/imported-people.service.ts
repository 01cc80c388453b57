import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { fits } from '../http/contract-rules.ts';
import { presentAgent } from './agent.presenter.ts';
import type { AgentRepository } from './agent.repository.ts';
import type { AgentChanges, AgentsService } from './agents.service.ts';
import { agentCreated, agentDeleted } from './agents.events.ts';
import * as people from './imported-people.repository.ts';

export type { KnownPerson } from './imported-people.repository.ts';

const department = 'Unassigned';
/** Reserved by RFC 2606: nothing sent there can reach anybody. */
const mailDomain = 'imported.invalid';
const longestUsername = 40;

/** Somebody a roster adds; what it does not say is null. */
export interface RosterPerson {
  readonly fullName: string;
  readonly email: string | null;
  readonly username: string | null;
  readonly role: 'cs' | 'team_leader' | 'viewer';
  readonly department: string | null;
  readonly phone: string | null;
  readonly isActive: boolean;
  readonly teamId: string | null;
}

/** People as files name them: finding them, adding those that are missing, changing those a roster says more of. */
export class ImportedPeople {
  readonly #uow: UnitOfWork;
  readonly #agents: AgentRepository;
  readonly #service: Pick<AgentsService, 'update' | 'restored'>;

  constructor(deps: { uow: UnitOfWork; agents: AgentRepository; service: Pick<AgentsService, 'update' | 'restored'> }) {
    this.#uow = deps.uow;
    this.#agents = deps.agents;
    this.#service = deps.service;
  }

  /** Everybody, inactive people too: history names them as well. */
  everybody(): Promise<people.KnownPerson[]> {
    return this.#uow.read(people.everybody);
  }

  /** From now until the transaction ends nobody else adds people by an import: two files may name the same ones. */
  async lock(tx: Tx): Promise<void> {
    await people.lock(tx);
  }

  /**
   * Adds front-line people who are known by name only: active, without a password, with a placeholder user name
   * and e-mail, in the department "Unassigned". Call {@link lock} before looking who is missing.
   *
   * @returns the ids, in the order of the names.
   */
  create(tx: Tx, fullNames: readonly string[], teamId: string | null): Promise<number[]> {
    return this.add(tx, fullNames.map((fullName) => ({ fullName, email: null, username: null, role: 'cs', department: null, phone: null, isActive: true, teamId })));
  }

  /**
   * Adds people, without a password. User names and e-mails that are not given are placeholders. Call {@link lock} before
   * looking who is missing.
   *
   * @returns the ids, in the order of the people
   */
  async add(tx: Tx, roster: readonly RosterPerson[]): Promise<number[]> {
    const usernames = await freeUsernames(tx, roster.map(({ username, fullName, email }) => username ?? usernameOf(email ?? fullName)));
    const ids: number[] = [];
    for (const [index, person] of roster.entries()) {
      const username = person.username ?? usernames[index] ?? '';
      const given = person.email ?? (isEmail(person.fullName) ? person.fullName : null);
      const email = given?.toLowerCase() ?? `${username}@${mailDomain}`;
      const fields = { ...person, username, email, department: person.department ?? department };
      const { id } = await this.#agents.insert(tx, { ...fields, passwordHash: '!', onlineStatus: 'offline', statusSince: tx.now, createdAt: tx.now, updatedAt: tx.now });
      tx.audit({ action: 'agent.create', targetType: 'agent', targetId: id, after: fields });
      ids.push(id);
    }
    for (const row of await this.#agents.byIds(tx, ids)) tx.record(agentCreated.record(row.id, presentAgent(row), { agentId: row.id }));
    return ids;
  }

  /** Changes a person by the rules of everybody's changes. @throws Problem 403, 409, 422 */
  async change(tx: Tx, id: number, changes: AgentChanges): Promise<void> {
    await this.#service.update(tx.by, id, changes);
    // Written: kept, each would be compared again with every one that follows.
    tx.em.clear();
  }

  /** See {@link AgentsService.restored}. */
  async restored(tx: Tx, ids: readonly number[]): Promise<void> {
    await this.#service.restored(tx, ids);
  }

  /** The added people who cannot be taken back any more, and what keeps each ({@link people.inUse}). */
  inUse(ids: readonly number[], importId: string): Promise<{ name: string; table: string }[]> {
    return ids.length === 0 ? Promise.resolve([]) : this.#uow.read((db) => people.inUse(db, ids, importId));
  }

  /** Takes added people back. Nothing may refer to them. */
  async remove(tx: Tx, ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    const rows = await this.#agents.byIds(tx, ids);
    await people.remove(tx, ids);
    for (const { id, fullName, username } of rows) {
      tx.record(agentDeleted.record(id, { agentId: id, timestamp: tx.now.toISOString() }, { agentId: id }));
      tx.audit({ action: 'agent.delete', targetType: 'agent', targetId: id, before: { fullName, username } });
    }
  }
}

/** Each base as it is where nobody has it, else with the first free number behind it. An e-mail keeps what is before the @. */
export async function freeUsernames(tx: Tx, bases: readonly string[]): Promise<string[]> {
  const taken = new Set(await people.takenNames(tx, bases, mailDomain));
  return bases.map((base) => {
    let username = base;
    for (let number = 2; taken.has(username); number += 1) username = `${base}_${number}`;
    taken.add(username);
    return username;
  });
}

/** `Zoë Müller-Lee` → `zoe_muller_lee`; `agent` where no Latin letter is left. */
export function usernameOf(nameOrEmail: string): string {
  const plain = nameOrEmail.replace(/@.*/, '').normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replaceAll('ß', 'ss');
  const text = plain.replace(/[^a-z0-9]+/g, '_').slice(0, longestUsername).replace(/^_+|_+$/g, '');
  return text.length >= 3 ? text : `agent_${text}`.replace(/_$/, '');
}

const isEmail = (text: string): boolean => fits('Email', text);
