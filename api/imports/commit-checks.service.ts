import type { ImportedPeople } from '../agents/imported-people.service.ts';
import { isManager, type Principal } from '../auth/principal.ts';
import { conflict, forbidden, unprocessable } from '../errors/problem.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import { cut } from '../text/cut.ts';
import type { ImportRecord } from './import.repository.ts';
import type { PartialMapping } from './mapping/import-mapping.ts';
import { MOST_ADDED } from './missing-people.ts';
import { LEFT_OUT } from './people-resolver.ts';
import { counted } from './remarks.ts';

export interface CommitRequest {
  readonly createMissingAgents: boolean;
  readonly teamId: string | null;
  /** That of the import whose preview was agreed to; any when left out. */
  readonly version?: number | undefined;
}

/** Whether people and teams that somebody names may be named by them. */
export class CommitChecks {
  readonly #teams: TeamsService;
  readonly #people: ImportedPeople;

  constructor(deps: { teams: TeamsService; people: ImportedPeople }) {
    this.#teams = deps.teams;
    this.#people = deps.people;
  }

  /** @throws Problem 403, 409 (people are missing), 422 (team) */
  async commit(by: Principal, record: ImportRecord, { createMissingAgents, teamId }: CommitRequest): Promise<void> {
    if (teamId !== null) await this.#checkTeam(by, teamId);
    const { missingAgents, missingAgentCount: all } = record;
    if (all === 0) return;
    if (all > MOST_ADDED) throw conflict('too_many_missing', `${all.toLocaleString('en')} people the file names are not there; at most ${MOST_ADDED.toLocaleString('en')} are added at once. Look whether the column that names them is the right one.`);
    if (!createMissingAgents) {
      const names = missingAgents.slice(0, 100).map(({ name, rows }) => ({ path: '/body/createMissingAgents', message: `${name} (${counted(rows, 'row', 'rows')}) is missing`, code: 'missing_agent' }));
      throw conflict('missing_agents', all === 1 ? '1 person the file names is not there. Agree to create them, or map them to somebody.' : `${all} people the file names are not there. Agree to create them, or map them to others.`, names);
    }
    if (teamId === null && !isManager(by)) {
      throw unprocessable('team_required', 'Name the team of yours that the new people join.', [{ path: '/body/teamId', message: 'is required' }]);
    }
  }

  async #checkTeam(by: Principal, teamId: string): Promise<void> {
    if (!(await this.#teams.exists(teamId))) throw unprocessable('unknown_team', 'There is no such team.', [{ path: '/body/teamId', message: 'is not a team' }]);
    if (!isManager(by) && !by.ledTeamIds.includes(teamId)) throw forbidden('You may add people only to a team you lead.');
  }

  /** @throws Problem 422 for people the import may not touch */
  async people({ people = {} }: PartialMapping, teamScope: readonly string[] | null): Promise<void> {
    if (Object.keys(people).length === 0) return;
    const everybody = await this.#people.everybody();
    const reachable = new Set(everybody.filter(({ teamId }) => teamScope === null || (teamId !== null && teamScope.includes(teamId))).map(({ id }) => id));
    const faults = Object.entries(people)
      .filter(([, id]) => id !== null && id !== LEFT_OUT && !reachable.has(id))
      .map(([name]) => ({ name: cut(name, 100), path: `/body/people/${cut(name, 100)}`, message: 'is nobody this import may touch' }));
    const [first] = faults;
    if (first) throw unprocessable('invalid_mapping', `“${first.name}” is mapped to nobody this import may touch.`, faults.slice(0, 20).map(({ path, message }) => ({ path, message })));
  }
}
