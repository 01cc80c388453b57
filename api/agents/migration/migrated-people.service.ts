import type { Db } from '../../db/db.ts';
import type { Tx } from '../../db/unit-of-work.ts';
import { Problem } from '../../errors/problem.ts';
import type { BusinessCalendar } from '../../performance/business-day.ts';
import { presentAgent } from '../agent.presenter.ts';
import type { AgentRepository } from '../agent.repository.ts';
import { agentCreated } from '../agents.events.ts';
import type { AgentsService } from '../agents.service.ts';
import { freeUsernames, usernameOf } from '../imported-people.service.ts';
import { byEmail, nextPersonIds, personRows, type MigratedPerson } from './migrated-person.repository.ts';

export type { MigratedPerson } from './migrated-person.repository.ts';

/** People whom an old system knew by their e-mail. Whoever is here already under that e-mail is the same person. */
export class MigratedPeople {
  readonly type = 'agent';
  readonly #agents: AgentRepository;
  readonly #service: Pick<AgentsService, 'update'>;
  readonly #calendar: Pick<BusinessCalendar, 'dayOf'>;
  #madeUp = 0;

  constructor(deps: { agents: AgentRepository; service: Pick<AgentsService, 'update'>; calendar: Pick<BusinessCalendar, 'dayOf'> }) {
    this.#agents = deps.agents;
    this.#calendar = deps.calendar;
    this.#service = deps.service;
  }

  ids(tx: Tx | null, count: number): Promise<string[]> {
    return tx ? nextPersonIds(tx, count) : Promise.resolve(Array.from({ length: count }, () => String(--this.#madeUp)));
  }

  present(db: Db, people: readonly MigratedPerson[]): Promise<(string | undefined)[]> {
    return byEmail(db, people.map(({ email }) => email));
  }

  versions(db: Db, ids: readonly string[], options: { readonly lock: boolean }): Promise<Map<string, number>> {
    return personRows.versions(db, ids, options);
  }

  /** User names are made of the e-mails. */
  async insert(tx: Tx, people: readonly (MigratedPerson & { readonly id: string })[]): Promise<void> {
    if (people.length === 0) return;
    const usernames = await freeUsernames(tx, people.map(({ email }) => usernameOf(email)));
    const rows = people.map((person, index) => ({ ...person, joinedOn: person.joinedOn ?? this.#calendar.dayOf(tx.now), createdAt: person.createdAt ?? tx.now.toISOString(), username: usernames[index] ?? '', passwordHash: '!', mustChangePassword: true }) as const);
    await personRows.insert(tx, rows, tx.now);
    for (const row of await this.#agents.byIds(tx, people.map(({ id }) => Number(id)))) {
      tx.record(agentCreated.record(row.id, presentAgent(row), { agentId: row.id }));
      const { username, email, fullName, role, department } = row;
      tx.audit({ action: 'agent.create', targetType: 'agent', targetId: row.id, after: { username, email, fullName, role, department, migrated: true } });
    }
  }

  /** By the rules of everybody's changes. @returns why, of each who may not be changed so */
  async update(tx: Tx, people: readonly (MigratedPerson & { readonly id: string })[]): Promise<Map<string, string>> {
    const refused = new Map<string, string>();
    for (const { id, email, fullName, role, department, phone, isActive, teamId } of people) {
      try {
        await this.#service.update(tx.by, Number(id), { email, fullName, role, department, phone, isActive, ...(teamId === null ? {} : { teamId }) });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        refused.set(id, error.message);
      }
      // Written: kept, each would be compared again with every one that follows.
      tx.em.clear();
    }
    return refused;
  }
}
