import { systemPrincipal, type Role } from '../../api/auth/principal.ts';
import type { AgentRow } from '../../api/agents/agent.repository.ts';
import type { TeamView } from '../../api/teams/team.presenter.ts';
import type { Context } from '../../api/context.ts';

export const TEST_PASSWORD = 'Correct-Horse-1';

/** A person with a token to act by. */
export interface TestPerson {
  readonly id: number;
  readonly username: string;
  readonly token: string;
  readonly row: AgentRow;
}

/** Makes people and teams through the services, as an administrator would. */
export class TestPeople {
  readonly #ctx: Context;
  readonly #by = systemPrincipal('test');
  #count = 0;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** A person who is signed in. */
  async person(role: Role, options: { teamId?: string; fullName?: string; department?: string; username?: string } = {}): Promise<TestPerson> {
    const row = await this.create(role, options);
    const { accessToken } = await this.#ctx.auth.login(this.#by, row.username, TEST_PASSWORD);
    return { id: row.id, username: row.username, token: accessToken, row };
  }

  /** A person who has not signed in: quicker. */
  create(role: Role, { teamId, fullName, department = 'Support', username }: { teamId?: string; fullName?: string; department?: string; username?: string } = {}): Promise<AgentRow> {
    const n = ++this.#count;
    const login = username ?? `${role}_${n}`;
    return this.#ctx.agents.create(this.#by, {
      username: login,
      email: `${login}@example.test`,
      fullName: fullName ?? `Person Number${n}`,
      role,
      department,
      password: TEST_PASSWORD,
      ...(teamId ? { teamId } : {}),
    });
  }

  team(name: string, leaderIds: readonly number[] = []): Promise<TeamView> {
    return this.#ctx.teams.create(this.#by, { name, department: 'Support', leaderIds });
  }

  /** An administrator, a manager, two teams with a leader and two agents each, and a viewer. */
  async organisation() {
    const admin = await this.person('admin');
    const manager = await this.person('manager');
    const leader = await this.person('team_leader', { fullName: 'Lena Leader' });
    const otherLeader = await this.person('team_leader', { fullName: 'Otto Other' });
    const team = await this.team('Blue', [leader.id]);
    const otherTeam = await this.team('Green', [otherLeader.id]);
    const agent = await this.person('cs', { teamId: team.id, fullName: 'Ada Agent' });
    const colleague = await this.person('cs', { teamId: team.id, fullName: 'Colin Colleague' });
    const stranger = await this.person('cs', { teamId: otherTeam.id, fullName: 'Stella Stranger' });
    const viewer = await this.person('viewer', { fullName: 'Vera Viewer' });
    return { admin, manager, leader, otherLeader, team, otherTeam, agent, colleague, stranger, viewer };
  }
}
