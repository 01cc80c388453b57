import type { components } from '../../api/http/contract.types.ts';

export type Schemas = components['schemas'];
export type Agent = Schemas['Agent'];
export type Team = Schemas['Team'];
export type Note = Schemas['QuickNote'];
export type Session = Schemas['CoachingSession'];
export type Action = Schemas['ActionItem'];
export type Activity = Schemas['AgentActivity'];
export type Goal = Schemas['Goal'];
export type SessionRequest = Schemas['SessionRequest'];
export type Told = Schemas['StoredNotification'];

/** Everything a client of the floor shows, as it would keep it. */
export interface State {
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
export interface Stale {
  everything: boolean;
  people: Set<number>;
  absences: Set<number>;
  settings: Set<string>;
}

export const nothingStale = (): Stale => ({ everything: false, people: new Set(), absences: new Set(), settings: new Set() });

/** What is heard while the history is being fetched may be in it or not. */
export function addActivities({ activities }: State, agentId: number, rows: readonly Activity[]): void {
  const known = activities.get(agentId) ?? [];
  activities.set(agentId, [...known, ...rows.filter(({ id }) => known.every((other) => other.id !== id))]);
}

export const mapped = <K, V, W = V>(map: ReadonlyMap<K, V>, change: (value: V) => W): Map<K, W> => new Map([...map].map(([key, value]) => [key, change(value)]));

