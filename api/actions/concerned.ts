import type { AgentRow, AgentsService } from '../agents/agents.service.ts';
import type { TeamsService } from '../teams/teams.service.ts';

/** Who has to do with what is to be done about a person: that person, those who lead them today, and who holds the session it was agreed in. */
export class Concerned {
  readonly #agents: AgentsService;
  readonly #teams: TeamsService;

  constructor(deps: { agents: AgentsService; teams: TeamsService }) {
    this.#agents = deps.agents;
    this.#teams = deps.teams;
  }

  /**
   * Whether somebody is one of these, and active: nobody else could read the item.
   * @param heldBy who holds its session; null where it was agreed in none
   */
  async includes(id: number, about: Pick<AgentRow, 'id' | 'teamId'>, heldBy: number | null): Promise<boolean> {
    if (id === about.id || id === heldBy) return true;
    const somebody = await this.#agents.get(id).catch(() => undefined);
    if (!somebody?.isActive) return false;
    if (somebody.role === 'admin' || somebody.role === 'manager') return true;
    return about.teamId !== null && (await this.#teams.get(about.teamId)).leaders.some((leader) => leader.id === id);
  }
}
