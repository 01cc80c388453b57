import type { AgentRow, AgentsService } from '../agents/agents.service.ts';
import type { TeamsService } from '../teams/teams.service.ts';

/** Who has to do with what is to be done about a person: that person, and those who lead them today. */
export class Concerned {
  readonly #agents: AgentsService;
  readonly #teams: TeamsService;

  constructor(deps: { agents: AgentsService; teams: TeamsService }) {
    this.#agents = deps.agents;
    this.#teams = deps.teams;
  }

  /** Whether somebody is that person, or is active and leads them: nobody else could read the item. */
  async includes(id: number, about: Pick<AgentRow, 'id' | 'teamId'>): Promise<boolean> {
    if (id === about.id) return true;
    const somebody = await this.#agents.get(id).catch(() => undefined);
    if (!somebody?.isActive) return false;
    if (somebody.role === 'admin' || somebody.role === 'manager') return true;
    return about.teamId !== null && (await this.#teams.get(about.teamId)).leaders.some((leader) => leader.id === id);
  }
}
