import type { OperationId } from '../../api/http/handler.ts';
import { call, type Call } from './calls.ts';
import { addActivities, type Action, type Activity, type Agent, type Goal, type Note, type Schemas, type Session, type SessionRequest, type State, type Team, type Told } from './live-state.ts';
import type { TestPerson } from './people.ts';
import type { World } from './world.ts';

/** Whose leave and history a client looks at: those with whom the suites work. */
export const watched = ({ org: { agent, colleague, stranger, leader } }: World): number[] => [agent.id, colleague.id, stranger.id, leader.id];

/** Asks for what one person is shown, whole or about somebody. */
export class StateFetch {
  readonly #world: World;
  readonly #person: TestPerson;

  constructor(world: World, person: TestPerson) {
    this.#world = world;
    this.#person = person;
  }

  async all(): Promise<State> {
    const me = (await this.#get('getMe', {})) as Schemas['Me'] | undefined;
    if (!me) throw new Error(`${this.#person.username} is not signed in any more`);
    const state: State = {
      me,
      agents: byId(await this.#pages<Agent>('listAgents', 'data')),
      teams: byId(await this.#pages<Team>('listTeams', 'data')),
      notes: byId(await this.#pages<Note>('listQuickNotes', 'quickNotes')),
      actions: byId(await this.#pages<Action>('listActionItems', 'data')),
      goals: byId(await this.#pages<Goal>('listGoals', 'data')),
      requests: byId(await this.#pages<SessionRequest>('listSessionRequests', 'data')),
      sessions: byId(await this.#pages<Session>('listCoachingSessions', 'data')),
      notifications: byId(await this.#pages<Told>('listNotifications', 'data')),
      preferences: (await this.#get('getNotificationPreferences', {})) as State['preferences'],
      absences: new Map(),
      activities: new Map(),
      settings: new Map(),
    };
    for (const id of watched(this.#world)) await this.#history(state, id);
    for (const id of state.teams.keys()) await this.settings(state, id);
    return state;
  }

  /** Everything about one person anew. */
  async about(state: State, agentId: number): Promise<void> {
    const query = { agentId };
    replaceAbout(state.notes, agentId, await this.#pages<Note>('listQuickNotes', 'quickNotes', { query }));
    replaceAbout(state.actions, agentId, await this.#pages<Action>('listActionItems', 'data', { query }));
    replaceAbout(state.goals, agentId, await this.#pages<Goal>('listGoals', 'data', { query }));
    replaceAbout(state.requests, agentId, await this.#pages<SessionRequest>('listSessionRequests', 'data', { query }));
    replaceAttendedBy(state.sessions, agentId, await this.#pages<Session>('listCoachingSessions', 'data', { query }));
    await this.#history(state, agentId);
  }

  async absences(state: State, agentId: number): Promise<void> {
    if (!watched(this.#world).includes(agentId)) return;
    state.absences.set(agentId, await this.#pages('listAbsences', 'data', { params: { id: agentId } }));
  }

  async settings(state: State, teamId: string): Promise<void> {
    state.settings.set(teamId, (await this.#get('getTeamSettings', { params: { id: teamId } })) as Schemas['TeamSettingsState'] | undefined);
  }

  async #history(state: State, agentId: number): Promise<void> {
    await this.absences(state, agentId);
    if (!watched(this.#world).includes(agentId)) return;
    const activities = (await this.#get('listActivity', { params: { id: agentId }, query: { limit: 1000 } })) as Activity[] | undefined;
    if (activities) addActivities(state, agentId, activities);
    else state.activities.set(agentId, []);
  }

  async #get(id: OperationId, request: Omit<Call, 'as'>): Promise<unknown> {
    const answer = await call(this.#world.app, id, { as: this.#person, ...request });
    return answer.status < 300 ? answer.body : undefined;
  }

  async #pages<T>(id: OperationId, list: string, request: { query?: Call['query']; params?: Call['params'] } = {}): Promise<T[]> {
    const found: T[] = [];
    for (let page = 1; ; page++) {
      const body = (await this.#get(id, { params: request.params ?? {}, query: { ...request.query, page, limit: 100 } })) as Record<string, T[]> | undefined;
      const rows = body?.[list] ?? [];
      found.push(...rows);
      if (rows.length < 100) return found;
    }
  }
}

const byId = <T extends { id: string | number }>(rows: readonly T[]): Map<T['id'], T> => new Map(rows.map((row) => [row.id, row]));

function replaceAbout<T extends { id: string; agentId: number }>(known: Map<string, T>, agentId: number, rows: readonly T[]): void {
  for (const row of known.values()) if (row.agentId === agentId) known.delete(row.id);
  for (const row of rows) known.set(row.id, row);
}

function replaceAttendedBy(known: Map<string, Session>, agentId: number, rows: readonly Session[]): void {
  for (const row of known.values()) if (row.attendees.some(({ id }) => id === agentId)) known.delete(row.id);
  for (const row of rows) known.set(row.id, row);
}
