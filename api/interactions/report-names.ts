import type { Db } from '../db/db.ts';
import type { FieldError } from '../errors/problem.ts';
import type { HostInteractionRepository, KnownPerson } from './host-interaction.repository.ts';
import type { HostReport, PersonName, Told } from './host-report.ts';

/** Finds people by their ids in a host system; the identities room lends it. */
export type ResolveIdentities = (db: Db, system: string, externalIds: readonly string[]) => Promise<ReadonlyMap<string, number>>;

/** The people and teams that a set of reports names, looked up at once. */
export class ReportNames {
  readonly #people: ReadonlyMap<string, KnownPerson>;
  readonly #identities: ReadonlyMap<string, number>;
  readonly #teams: ReadonlySet<string>;

  private constructor(people: ReadonlyMap<string, KnownPerson>, identities: ReadonlyMap<string, number>, teams: ReadonlySet<string>) {
    this.#people = people;
    this.#identities = identities;
    this.#teams = teams;
  }

  static async lookUp(db: Db, reports: readonly HostReport[], interactions: HostInteractionRepository, resolveIdentities: ResolveIdentities): Promise<ReportNames> {
    const names = reports.flatMap(({ agent }) => agent ?? []);
    const identities = new Map<string, number>();
    const inSystems = names.filter((name) => 'system' in name);
    for (const [system, named] of Map.groupBy(inSystems, (name) => name.system)) {
      for (const [externalId, id] of await resolveIdentities(db, system, named.map((name) => name.externalId))) identities.set(`${system}\0${externalId}`, id);
    }
    const ids = [...identities.values(), ...reports.flatMap(({ agentId }) => agentId ?? [])];
    const people = await interactions.people(db, ids, names);
    const teams = await interactions.existingTeams(db, reports.flatMap(({ teamId }) => teamId ?? []));
    return new ReportNames(people, identities, teams);
  }

  /** What a report tells, with the person and the team it names; or that they are not there. */
  apply({ agentId, agent, teamId }: HostReport, told: Told): { told: Told; errors: FieldError[] } {
    const errors: FieldError[] = [];
    if (teamId && !this.#teams.has(teamId.toLowerCase())) errors.push({ path: '/teamId', message: 'is not a team', code: 'unknown_team' });
    if (agent === undefined && agentId === undefined) return { told, errors };
    if (agent === null || agentId === null) return { told: { ...told, facts: { ...told.facts, agentId: null } }, errors };
    const person = this.#people.get(agent ? this.#keyOf(agent) : `#${agentId}`);
    if (!person) errors.push({ path: agent ? '/agent' : '/agentId', message: 'is nobody here', code: 'unknown_agent' });
    return { told: person ? { ...told, facts: { ...told.facts, agentId: person.id }, teamOfAgent: person.teamId } : told, errors };
  }

  #keyOf(name: PersonName): string {
    if ('email' in name) return `e:${name.email.toLowerCase()}`;
    if ('username' in name) return `u:${name.username.toLowerCase()}`;
    return `#${this.#identities.get(`${name.system}\0${name.externalId}`) ?? 0}`;
  }
}
