import type { Directory, StoredEvent } from '../events/event.ts';

export interface Placement {
  readonly id: number;
  readonly teamId: string | null;
  readonly department: string;
  readonly figuresHidden: boolean;
}

/** Where everybody stands today, in memory: asked for every event, changed by the events themselves. */
export class PeopleDirectory implements Directory {
  #people = new Map<number, Placement>();
  readonly #load: () => Promise<readonly Placement[]>;

  constructor(load: () => Promise<readonly Placement[]>) {
    this.#load = load;
  }

  async refresh(): Promise<void> {
    this.#people = new Map((await this.#load()).map((person) => [person.id, person]));
  }

  teamOf(agentId: number): string | null {
    return this.#people.get(agentId)?.teamId ?? null;
  }

  departmentOf(agentId: number): string | null {
    return this.#people.get(agentId)?.department ?? null;
  }

  figuresHidden(agentId: number): boolean {
    return this.#people.get(agentId)?.figuresHidden ?? false;
  }

  /** Learns from an event before it is delivered. */
  async apply(event: StoredEvent): Promise<void> {
    if (event.type === 'agent_created' || event.type === 'agent_updated') {
      const agent = event.payload as { id: number; teamId: string | null; department: string };
      const hidden = this.#people.get(agent.id)?.figuresHidden ?? false;
      const sameTeam = this.#people.get(agent.id)?.teamId === agent.teamId;
      if (!sameTeam) return this.refresh();
      this.#people.set(agent.id, { id: agent.id, teamId: agent.teamId, department: agent.department, figuresHidden: hidden });
    } else if (event.type === 'team:settings-updated' || event.type === 'import:committed' || event.type === 'import:rolled-back') {
      await this.refresh();
    }
  }
}
