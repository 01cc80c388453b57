import type { Db } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { TeamRepository } from './team.repository.ts';
import type { TeamsService } from './teams.service.ts';

/** A team that follows from who leads whom in an old system. */
export interface MigratedTeam {
  readonly name: string;
  readonly department: string;
  readonly leaderId: number;
}

/** Teams of an old system that knows leaders, but no teams. Whoever leads exactly one team here leads that one. */
export class MigratedTeams {
  readonly type = 'team';
  readonly #teams: TeamRepository;
  readonly #service: Pick<TeamsService, 'create'>;

  constructor(deps: { teams: TeamRepository; service: Pick<TeamsService, 'create'> }) {
    this.#teams = deps.teams;
    this.#service = deps.service;
  }

  ids(_tx: Tx | null, count: number): Promise<string[]> {
    return Promise.resolve(Array.from({ length: count }, newId));
  }

  async present(db: Db, teams: readonly MigratedTeam[]): Promise<(string | undefined)[]> {
    const led = Map.groupBy(await this.#teams.ledBy(db, teams.map(({ leaderId }) => leaderId)), ({ leaderId }) => leaderId);
    return teams.map(({ leaderId }) => (led.get(leaderId)?.length === 1 ? led.get(leaderId)?.[0]?.teamId : undefined));
  }

  /** Of none: once a team is here, what it is called and who leads it is decided here. */
  versions(): Promise<Map<string, number>> {
    return Promise.resolve(new Map<string, number>());
  }

  async insert(tx: Tx, teams: readonly (MigratedTeam & { readonly id: string })[]): Promise<void> {
    for (const { id, name, department, leaderId } of teams) {
      const cannotLead = await this.#teams.notLeaders(tx, [leaderId]);
      await this.#service.create(tx.by, { name: await this.#freeName(tx, name), department, leaderIds: cannotLead.length > 0 ? [] : [leaderId] }, id);
    }
  }

  update(): Promise<void> {
    return Promise.resolve();
  }

  async #freeName(tx: Tx, name: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? name : `${name} ${number}`;
      if (!(await this.#teams.nameTaken(tx, candidate, null))) return candidate;
    }
  }
}
