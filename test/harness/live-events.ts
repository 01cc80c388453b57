import type { Meta } from './listener.ts';
import { addActivities, type Action, type Activity, type Agent, type Goal, type Note, type Schemas, type Session, type SessionRequest, type Stale, type State, type Team } from './live-state.ts';

/** Who hears an event, and what they know. */
export interface Hearing {
  readonly state: State;
  /** What the event only says to be out of date is added here. */
  readonly stale: Stale;
  readonly personId: number;
  /** Whose history is looked at. */
  readonly watched: readonly number[];
}

/** Applies an event as a client would: a full one as it stands; of the others, what they name becomes stale. */
export function applyEvent(hearing: Hearing, name: string, payload: unknown, meta: Meta | undefined): void {
  const { state, stale } = hearing;
  switch (name) {
    case 'agent_created':
    case 'agent_updated':
      return applyAgent(hearing, payload as Agent);
    case 'agent_status_change': {
      const { agentId, status, reason, timestamp } = payload as Schemas['StatusChangeEvent'];
      return patchAgent(state, agentId, { onlineStatus: status, statusReason: reason, statusSince: timestamp, lastSeen: timestamp });
    }
    case 'agent_signed_in': {
      const { agentId, lastLoginAt } = payload as { agentId: number; lastLoginAt: string };
      return patchAgent(state, agentId, { lastLoginAt });
    }
    case 'performance_update': {
      const { agentId, metric, value } = payload as { agentId: number; metric: string; value: number | null };
      return patchAgent(state, agentId, { [metric]: value });
    }
    case 'team:created':
    case 'team:updated':
      return applyTeam(hearing, payload as Team);
    case 'team:settings-updated':
      return void stale.settings.add((payload as { teamId: string }).teamId);
    case 'absence:changed':
      return void stale.absences.add((payload as { agentId: number }).agentId);
    case 'agent_activity': {
      const activity = payload as Activity;
      return hearing.watched.includes(activity.agentId) ? addActivities(state, activity.agentId, [activity]) : undefined;
    }
    default:
      return applyCoaching(hearing, name, payload, meta);
  }
}

function applyCoaching(hearing: Hearing, name: string, payload: unknown, meta: Meta | undefined): void {
  const { state } = hearing;
  switch (name) {
    case 'quickNote:created':
    case 'quickNote:updated':
      return void state.notes.set((payload as Note).id, payload as Note);
    case 'quickNote:deleted':
      return void state.notes.delete((payload as { id: string }).id);
    case 'session:updated':
      return applySession(hearing, (payload as Session).id, payload as Session);
    case 'session:withdrawn':
      return applySession(hearing, (payload as { id: string }).id, undefined);
    case 'actionItem:created':
    case 'actionItem:updated':
      return void state.actions.set((payload as Action).id, payload as Action);
    case 'goal:updated':
      return void state.goals.set((payload as Goal).id, payload as Goal);
    case 'sessionRequest:updated':
      return void state.requests.set((payload as SessionRequest).id, payload as SessionRequest);
  }
  applyNotified(state, name, payload, meta);
}

/** Whoever hands a session over may not read any more what was agreed in it with people others lead. */
function applySession({ state, stale, personId }: Hearing, id: string, session: Session | undefined): void {
  const before = state.sessions.get(id);
  if (before?.facilitator.id === personId && session?.facilitator.id !== personId) for (const attendee of before.attendees) stale.people.add(attendee.id);
  if (session) state.sessions.set(id, session);
  else state.sessions.delete(id);
}

function applyNotified(state: State, name: string, payload: unknown, meta: Meta | undefined): void {
  switch (name) {
    case 'notification':
      return applyTold(state, payload as Schemas['Notification'], meta);
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
function applyTold(state: State, told: Schemas['Notification'], meta: Meta | undefined): void {
  const at = meta?.occurredAt ?? '';
  const from = told.type === 'burst' || !meta?.actor?.id ? null : meta.actor;
  state.notifications.set(told.id, { ...told, from, readAt: null, createdAt: state.notifications.get(told.id)?.createdAt ?? at, updatedAt: at });
}

function applyAgent({ state, stale }: Hearing, agent: Agent): void {
  const before = state.agents.get(agent.id);
  state.agents.set(agent.id, agent);
  const { me } = state;
  if (agent.id === me.agent.id && (agent.role !== me.agent.role || agent.teamId !== me.agent.teamId || agent.isActive !== me.agent.isActive)) stale.everything = true;
  if (agent.id === me.agent.id) state.me = { ...me, agent };
  // Whoever moves comes into or goes out of the reach of leaders, with everything about them.
  if (before && before.teamId !== agent.teamId) stale.people.add(agent.id);
}

function patchAgent(state: State, id: number, fields: Partial<Agent>): void {
  const agent = state.agents.get(id);
  if (agent) state.agents.set(id, { ...agent, ...fields });
  if (state.me.agent.id === id) state.me = { ...state.me, agent: { ...state.me.agent, ...fields } };
}

function applyTeam({ state, stale, personId }: Hearing, team: Team): void {
  const before = state.teams.get(team.id);
  state.teams.set(team.id, team);
  const leadBy = (candidate: Team | undefined): boolean => candidate?.isActive === true && candidate.leaders.some((leader) => leader.id === personId);
  if (leadBy(before) !== leadBy(team)) stale.everything = true;
  if (!before) stale.settings.add(team.id);
}
