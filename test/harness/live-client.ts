import type { Socket } from 'socket.io-client';
import type { components } from '../../api/http/contract.types.ts';
import { call, type Call } from './calls.ts';
import { differences } from './differences.ts';
import type { Meta } from './listener.ts';
import type { OperationId } from '../../api/http/handler.ts';
import type { TestPerson } from './people.ts';
import type { World } from './world.ts';

type Schemas = components['schemas'];
type Agent = Schemas['Agent'];
type Team = Schemas['Team'];
type Note = Schemas['QuickNote'];
type Session = Schemas['CoachingSession'];
type Action = Schemas['ActionItem'];
type Activity = Schemas['AgentActivity'];
type Goal = Schemas['Goal'];
type SessionRequest = Schemas['SessionRequest'];
type Told = Schemas['StoredNotification'];

/** Everything a client of the floor shows, as it would keep it. */
interface State {
  me: Schemas['Me'];
  agents: Map<number, Agent>;
  teams: Map<string, Team>;
  notes: Map<string, Note>;
  actions: Map<string, Action>;
  goals: Map<string, Goal>;
  requests: Map<string, SessionRequest>;
  sessions: Map<string, Session>;
  absences: Map<number, unknown>;
  notifications: Map<string, Told>;
  preferences: Schemas['NotificationPreferencesState'] | undefined;
  activities: Map<number, Activity[]>;
  settings: Map<string, Schemas['TeamSettingsState'] | undefined>;
}

/** What an event only says to be out of date. */
interface Stale {
  everything: boolean;
  people: Set<number>;
  absences: Set<number>;
  settings: Set<string>;
}

const nothing = (): Stale => ({ everything: false, people: new Set(), absences: new Set(), settings: new Set() });

/**
 * A client that fetches once and then lives on events: full ones it applies, of the others it fetches again
 * what they name. What repeats across objects (names, sizes) it derives from the object that has it.
 */
export class LiveClient {
  readonly person: TestPerson;
  readonly world: World;
  /** Violations of what is promised of the stream itself: order, no doubles. */
  readonly #complaints: string[] = [];
  endedBecause: string | undefined;
  #socket: Socket | undefined;
  #state: State | undefined;
  #stale = nothing();
  #waiting: (() => void)[] = [];
  #lastSeq = 0;
  #seen = new Set<string>();
  #fetching = false;
  /** Whether nothing may come twice or out of its order. */
  #strict = true;

  constructor(world: World, person: TestPerson) {
    this.world = world;
    this.person = person;
  }

  /** The number of the last event that was heard. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Listens first, then fetches: what happens in between is heard and applied on top. */
  async start(): Promise<void> {
    this.#socket = await this.#connect();
    const { data } = await this.#socket.emitWithAck('resume', {});
    this.#lastSeq = data.seq;
    await this.#fetchEverything();
  }

  /** As after loading the page again. */
  async restart(): Promise<void> {
    this.disconnect();
    this.#state = undefined;
    this.#stale = nothing();
    await this.start();
  }

  disconnect(): void {
    this.#socket?.disconnect();
    this.#socket = undefined;
  }

  /**
   * Comes back and asks for what it missed: in the handshake, as reconnecting clients do, or by a message. A message
   * comes after the socket is in its rooms, so what is sent until then is sent again, in its place.
   */
  async comeBack(how: 'handshake' | 'message'): Promise<void> {
    if (this.#socket?.connected) return;
    const after = this.#lastSeq;
    this.#strict = how === 'handshake';
    this.#socket = await this.#connect(how === 'handshake' ? { lastSeq: after } : {});
    if (how === 'handshake') return;
    const ack = await this.#socket.emitWithAck('resume', { seq: after });
    if (!ack.ok) throw new Error(`resume was refused: ${JSON.stringify(ack.error)}`);
    this.#lastSeq = Math.max(this.#lastSeq, ack.data.seq);
    this.#strict = true;
  }

  /** Hears what was sent to it so far, and fetches what that said to be out of date. */
  async catchUp(): Promise<void> {
    // An acknowledgement comes behind everything that was sent before it.
    await this.#socket?.emitWithAck('resume', {});
    while (this.#stale.everything || this.#stale.people.size + this.#stale.absences.size + this.#stale.settings.size > 0) {
      const stale = this.#stale;
      this.#stale = nothing();
      if (stale.everything) await this.#fetchEverything();
      await this.#whileEventsWait(async () => {
        for (const id of stale.people) await this.#fetchAbout(id);
        for (const id of stale.absences) await this.#fetchAbsences(id);
        for (const id of stale.settings) await this.#fetchSettings(id);
      });
    }
  }

  /** What the client shows now, in a form that can be compared. */
  #view(): unknown {
    if (!this.#state) throw new Error('not started');
    return comparable(derived(this.#state));
  }

  /** Where that departs from what somebody who opens the page now is shown, and what was wrong with the stream. */
  async faults(): Promise<string[]> {
    const other = new LiveClient(this.world, this.person);
    await other.#fetchEverything();
    return [...this.#complaints.splice(0), ...differences(this.#view(), comparable(other.#state ?? fail()))];
  }

  #connect(auth: Record<string, unknown> = {}): Promise<Socket> {
    return this.world.app.socket(this.person.token, auth, (socket) => this.#listenTo(socket));
  }

  #listenTo(socket: Socket): void {
    socket.on('disconnect', (reason) => {
      if (reason !== 'io client disconnect') this.#complaints.push(`the connection ended: ${reason}`);
    });
    socket.onAny((name: string, payload: unknown, meta: Meta | undefined) => {
      this.#judge(name, meta);
      // Until what is being fetched has come back, events wait: it may have been read before them.
      if (this.#state && !this.#fetching) this.#apply(name, payload, meta);
      else this.#waiting.push(() => this.#apply(name, payload, meta));
    });
  }

  #judge(name: string, meta: Meta | undefined): void {
    const seq = meta?.seq;
    if (seq === null || seq === undefined) return;
    if (this.#strict && this.#seen.has(`${seq} ${name}`)) this.#complaints.push(`${name} ${seq} came twice`);
    if (this.#strict && seq < this.#lastSeq) this.#complaints.push(`${name} ${seq} came after ${this.#lastSeq}`);
    this.#seen.add(`${seq} ${name}`);
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }

  #apply(name: string, payload: unknown, meta: Meta | undefined): void {
    const state = this.#state;
    if (!state) return;
    switch (name) {
      case 'agent_created':
      case 'agent_updated':
        return this.#applyAgent(state, payload as Agent);
      case 'agent_status_change': {
        const { agentId, status, reason, timestamp } = payload as Schemas['StatusChangeEvent'];
        return this.#patchAgent(state, agentId, { onlineStatus: status, statusReason: reason, statusSince: timestamp, lastSeen: timestamp });
      }
      case 'agent_signed_in': {
        const { agentId, lastLoginAt } = payload as { agentId: number; lastLoginAt: string };
        return this.#patchAgent(state, agentId, { lastLoginAt });
      }
      case 'performance_update': {
        const { agentId, metric, value } = payload as { agentId: number; metric: string; value: number | null };
        return this.#patchAgent(state, agentId, { [metric]: value });
      }
      case 'team:created':
      case 'team:updated':
        return this.#applyTeam(state, payload as Team);
      case 'team:settings-updated':
        return void this.#stale.settings.add((payload as { teamId: string }).teamId);
      case 'absence:changed':
        return void this.#stale.absences.add((payload as { agentId: number }).agentId);
      case 'agent_activity': {
        const activity = payload as Activity;
        return this.#addActivities(state, activity.agentId, [activity]);
      }
      case 'resync':
        this.#lastSeq = (payload as { seq: number }).seq;
        this.#stale.everything = true;
        return;
      case 'session_ended':
        this.endedBecause = (payload as { reason: string }).reason;
        return;
      default:
        return this.#applyCoaching(state, name, payload, meta);
    }
  }

  #applyCoaching(state: State, name: string, payload: unknown, meta: Meta | undefined): void {
    switch (name) {
      case 'quickNote:created':
      case 'quickNote:updated':
        return void state.notes.set((payload as Note).id, payload as Note);
      case 'quickNote:deleted':
        return void state.notes.delete((payload as { id: string }).id);
      case 'session:updated':
        return this.#applySession(state, (payload as Session).id, payload as Session);
      case 'session:withdrawn':
        return this.#applySession(state, (payload as { id: string }).id, undefined);
      case 'actionItem:created':
      case 'actionItem:updated':
        return void state.actions.set((payload as Action).id, payload as Action);
      case 'goal:updated':
        return void state.goals.set((payload as Goal).id, payload as Goal);
      case 'sessionRequest:updated':
        return void state.requests.set((payload as SessionRequest).id, payload as SessionRequest);
    }
    this.#applyNotified(state, name, payload, meta);
  }

  /** Whoever hands a session over may not read any more what was agreed in it with people others lead. */
  #applySession(state: State, id: string, session: Session | undefined): void {
    const before = state.sessions.get(id);
    if (before?.facilitator.id === this.person.id && session?.facilitator.id !== this.person.id) for (const attendee of before.attendees) this.#stale.people.add(attendee.id);
    if (session) state.sessions.set(id, session);
    else state.sessions.delete(id);
  }

  #applyNotified(state: State, name: string, payload: unknown, meta: Meta | undefined): void {
    switch (name) {
      case 'notification':
        return this.#applyTold(state, payload as Schemas['Notification'], meta);
      case 'notification:read': {
        const { ids, readAt } = payload as Schemas['NotificationsRead'];
        for (const row of ids.map((id) => state.notifications.get(id))) if (row) state.notifications.set(row.id, { ...row, readAt });
        return;
      }
      case 'notification:preferences-updated':
        state.preferences = payload as Schemas['NotificationPreferencesState'];
        return;
    }
  }

  /** A burst that grew keeps its beginning; nobody in particular has caused it. */
  #applyTold(state: State, told: Schemas['Notification'], meta: Meta | undefined): void {
    const at = meta?.occurredAt ?? '';
    const from = told.type === 'burst' || !meta?.actor?.id ? null : meta.actor;
    state.notifications.set(told.id, { ...told, from, readAt: null, createdAt: state.notifications.get(told.id)?.createdAt ?? at, updatedAt: at });
  }

  #applyAgent(state: State, agent: Agent): void {
    const before = state.agents.get(agent.id);
    state.agents.set(agent.id, agent);
    const { me } = state;
    if (agent.id === me.agent.id && (agent.role !== me.agent.role || agent.teamId !== me.agent.teamId || agent.isActive !== me.agent.isActive)) this.#stale.everything = true;
    if (agent.id === me.agent.id) state.me = { ...me, agent };
    // Whoever moves comes into or goes out of the reach of leaders, with everything about them.
    if (before && before.teamId !== agent.teamId) this.#stale.people.add(agent.id);
  }

  #patchAgent(state: State, id: number, fields: Partial<Agent>): void {
    const agent = state.agents.get(id);
    if (agent) state.agents.set(id, { ...agent, ...fields });
    if (state.me.agent.id === id) state.me = { ...state.me, agent: { ...state.me.agent, ...fields } };
  }

  #applyTeam(state: State, team: Team): void {
    const before = state.teams.get(team.id);
    state.teams.set(team.id, team);
    const leadBy = (candidate: Team | undefined): boolean => candidate?.isActive === true && candidate.leaders.some((leader) => leader.id === this.person.id);
    if (leadBy(before) !== leadBy(team)) this.#stale.everything = true;
    if (!before) this.#stale.settings.add(team.id);
  }

  async #get(id: OperationId, request: Omit<Call, 'as'>): Promise<unknown> {
    const answer = await call(this.world.app, id, { as: this.person, ...request });
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

  async #whileEventsWait(fetch: () => Promise<void>): Promise<void> {
    this.#fetching = true;
    await fetch();
    this.#fetching = false;
    for (const apply of this.#waiting.splice(0)) apply();
  }

  #fetchEverything(): Promise<void> {
    return this.#whileEventsWait(() => this.#fetchAll());
  }

  async #fetchAll(): Promise<void> {
    const me = (await this.#get('getMe', {})) as Schemas['Me'] | undefined;
    if (!me) throw new Error(`${this.person.username} is not signed in any more`);
    const agents = await this.#pages<Agent>('listAgents', 'data');
    const teams = await this.#pages<Team>('listTeams', 'data');
    const notes = await this.#pages<Note>('listQuickNotes', 'quickNotes');
    const actions = await this.#pages<Action>('listActionItems', 'data');
    const goals = await this.#pages<Goal>('listGoals', 'data');
    const requests = await this.#pages<SessionRequest>('listSessionRequests', 'data');
    const sessions = await this.#pages<Session>('listCoachingSessions', 'data');
    const told = await this.#pages<Told>('listNotifications', 'data');
    const preferences = (await this.#get('getNotificationPreferences', {})) as State['preferences'];
    this.#state = { me, agents: byId(agents), teams: byId(teams), notes: byId(notes), notifications: byId(told), preferences, actions: byId(actions), goals: byId(goals), requests: byId(requests), sessions: byId(sessions), absences: new Map(), activities: new Map(), settings: new Map() };
    for (const id of this.#watched()) await this.#fetchHistory(id);
    for (const team of teams) await this.#fetchSettings(team.id);
  }

  /** Whose leave and history the client looks at: those with whom the suites work. */
  #watched(): number[] {
    const { agent, colleague, stranger, leader } = this.world.org;
    return [agent.id, colleague.id, stranger.id, leader.id];
  }

  async #fetchAbout(agentId: number): Promise<void> {
    const notes = await this.#pages<Note>('listQuickNotes', 'quickNotes', { query: { agentId } });
    if (this.#state) replaceAbout(this.#state.notes, agentId, notes);
    const query = { agentId };
    if (this.#state) replaceAbout(this.#state.actions, agentId, await this.#pages<Action>('listActionItems', 'data', { query }));
    if (this.#state) replaceAbout(this.#state.goals, agentId, await this.#pages<Goal>('listGoals', 'data', { query }));
    if (this.#state) replaceAbout(this.#state.requests, agentId, await this.#pages<SessionRequest>('listSessionRequests', 'data', { query }));
    if (this.#state) replaceAttendedBy(this.#state.sessions, agentId, await this.#pages<Session>('listCoachingSessions', 'data', { query }));
    await this.#fetchHistory(agentId);
  }

  async #fetchHistory(agentId: number): Promise<void> {
    await this.#fetchAbsences(agentId);
    if (!this.#watched().includes(agentId)) return;
    const activities = (await this.#get('listActivity', { params: { id: agentId }, query: { limit: 1000 } })) as Activity[] | undefined;
    if (!activities) return void this.#state?.activities.set(agentId, []);
    if (this.#state) this.#addActivities(this.#state, agentId, activities);
  }

  /** What is heard while the history is being fetched may be in it or not. */
  #addActivities(state: State, agentId: number, rows: readonly Activity[]): void {
    if (!this.#watched().includes(agentId)) return;
    const known = state.activities.get(agentId) ?? [];
    state.activities.set(agentId, [...known, ...rows.filter(({ id }) => known.every((other) => other.id !== id))]);
  }

  async #fetchAbsences(agentId: number): Promise<void> {
    if (!this.#watched().includes(agentId)) return;
    this.#state?.absences.set(agentId, await this.#pages('listAbsences', 'data', { params: { id: agentId } }));
  }

  async #fetchSettings(teamId: string): Promise<void> {
    this.#state?.settings.set(teamId, (await this.#get('getTeamSettings', { params: { id: teamId } })) as Schemas['TeamSettingsState'] | undefined);
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

const inOrder = <K extends string | number, V>(map: ReadonlyMap<K, V>): Record<string, V> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [String(key), value]));

/** Names and sizes taken from where they are kept: somebody renamed is renamed everywhere at once. */
function derived({ me, agents, teams, notes, notifications, actions, goals, requests, sessions, settings, ...rest }: State): State {
  const named = <T extends { id: number; name: string }>(ref: T): T => ({ ...ref, name: agents.get(ref.id)?.fullName ?? ref.name });
  const about = <T extends { agentId: number; agentName: string }>(row: T): T => ({ ...row, agentName: agents.get(row.agentId)?.fullName ?? row.agentName });
  const placed = (agent: Agent): Agent => ({ ...agent, teamName: agent.teamId ? (teams.get(agent.teamId)?.name ?? agent.teamName) : null });
  const size = (id: string): number => [...agents.values()].filter((agent) => agent.isActive && agent.teamId === id).length;
  return {
    ...rest,
    me: { ...me, agent: placed(me.agent), ledTeams: me.ledTeams.map(({ id, name }) => ({ id, name: teams.get(id)?.name ?? name })) },
    agents: mapped(agents, placed),
    settings: mapped(settings, (of) => of && { ...of, updatedBy: of.updatedBy && named(of.updatedBy) }),
    teams: mapped(teams, (team) => ({ ...team, memberCount: size(team.id), leaders: team.leaders.map(named) })),
    goals: mapped(goals, (goal) => ({ ...about(goal), createdBy: goal.createdBy && named(goal.createdBy), closedBy: goal.closedBy && named(goal.closedBy) })),
    requests: mapped(requests, (request) => ({ ...about(request), answeredBy: request.answeredBy && named(request.answeredBy) })),
    notifications: mapped(notifications, (told) => ({ ...told, from: told.from && named(told.from) })),
    notes: mapped(notes, (note) => ({
      ...about(note),
      createdBy: named(note.createdBy),
      addressedBy: note.addressedBy && named(note.addressedBy),
    })),
    sessions: mapped(sessions, (session) => ({
      ...session,
      agentName: session.agentId === null ? null : (agents.get(session.agentId)?.fullName ?? session.agentName),
      facilitator: named(session.facilitator),
      attendees: session.attendees.map((attendee) => ({ ...named(attendee), acknowledgement: attendee.acknowledgement && renamed(attendee.acknowledgement, named) })),
    })),
    actions: mapped(actions, (item) => ({
      ...item,
      agentName: agents.get(item.agentId)?.fullName ?? item.agentName,
      assigneeName: agents.get(item.assignedTo)?.fullName ?? item.assigneeName,
      createdBy: named(item.createdBy),
    })),
  };
}

function renamed(acknowledgement: Schemas['SessionAcknowledgement'], named: <T extends { id: number; name: string }>(ref: T) => T): Schemas['SessionAcknowledgement'] {
  const { dispute } = acknowledgement;
  return { ...acknowledgement, dispute: dispute && { ...dispute, owner: named(dispute.owner), resolvedBy: dispute.resolvedBy && named(dispute.resolvedBy) } };
}

/** In an order of its own: how a list is sorted is not what is compared. */
function comparable({ me, agents, teams, notes, notifications, preferences, actions, goals, requests, sessions, absences, activities, settings }: State): unknown {
  const byName = <T extends { name: string }>(refs: readonly T[]): T[] => [...refs].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    me: { ...me, agent: atRest(me.agent), ledTeams: byName(me.ledTeams) },
    agents: inOrder(mapped(agents, atRest)),
    teams: inOrder(mapped(teams, (team) => ({ ...team, leaders: byName(team.leaders) }))),
    notes: inOrder(notes),
    actions: inOrder(actions),
    // How far a goal has come moves with its metric alone.
    goals: inOrder(mapped(goals, (goal) => ({ ...goal, progress: null, isOverdue: null, sessions: [] }))),
    requests: inOrder(mapped(requests, (request) => ({ ...request, isLate: null }))),
    notifications: inOrder(notifications),
    preferences,
    sessions: inOrder(sessions),
    absences: inOrder(absences),
    activities: inOrder(mapped(activities, (rows) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)))),
    settings: inOrder(settings),
  };
}

/** Hours of somebody who is there grow with time alone: no event says so. */
const atRest = (agent: Agent): Partial<Agent> => ({ ...agent, onlineHoursToday: null });

const mapped = <K, V, W = V>(map: ReadonlyMap<K, V>, change: (value: V) => W): Map<K, W> => new Map([...map].map(([key, value]) => [key, change(value)]));

const fail = (): never => {
  throw new Error('nothing was fetched');
};
