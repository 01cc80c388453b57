import type { Principal, PrincipalRef } from '../auth/principal.ts';

/** Who an event is about, for routing. Teams are looked up when it is delivered, not when it was written. */
export interface Audience {
  readonly agentId?: number;
  readonly teamId?: string;
  readonly authorId?: number;
  readonly isPrivate?: boolean;
  /** The team a person was in until then, where it is another one now. */
  readonly formerTeamId?: string | null;
  /** Where a person is listed, and was until then. Absent where it is not known: then anywhere. */
  readonly departments?: readonly string[];
  /** Not gone, but out of reach of those who could read it until now. */
  readonly withdrawn?: boolean;
  /** One of many in a row, each of which says everything anew: the next one makes it superfluous. */
  readonly passing?: boolean;
  /** Further people concerned: the new leader, the one who was removed. */
  readonly userIds?: readonly number[];
  /** Who holds the session, and who attends it. */
  readonly facilitatorId?: number;
  readonly attendeeIds?: readonly number[];
}

/** An event as it stands in the outbox. */
export interface StoredEvent<Payload = unknown> {
  readonly id: string;
  readonly seq: number;
  readonly type: string;
  readonly aggregateId: string;
  readonly payload: Payload;
  readonly audience: Audience;
  readonly actor: { readonly id: number; readonly name: string } | null;
  readonly occurredAt: string;
}

/** Where a person stands today: decides who may hear about them. */
export interface Directory {
  teamOf(agentId: number): string | null;
  departmentOf(agentId: number): string | null;
  /** Whether the person's figures are hidden from their peers (team setting `peerFigures`). */
  figuresHidden(agentId: number): boolean;
}

/** One shape of the payload for the sockets in `rooms`, minus those in `except`. */
export interface Delivery {
  readonly rooms: readonly string[];
  readonly except?: readonly string[];
  readonly payload: unknown;
}

/** A room's promise about one event type: its name on the wire, and who hears what. */
export interface EventDefinition<Payload> {
  readonly type: string;
  readonly aggregate: string;
  /** Older names under which the same payload is sent as well. */
  readonly aliases?: readonly string[];
  deliveries(event: StoredEvent<Payload>, directory: Directory): readonly Delivery[];
  /** These people, or API keys, may have changed as principals: drop what is remembered of them. */
  affectsPrincipals?(event: Pick<StoredEvent<Payload>, 'payload' | 'audience'>): readonly PrincipalRef[];
  /** Rooms entered by message whose visitors may have lost what let them in: each is asked again. */
  reconsiders?(event: Pick<StoredEvent<Payload>, 'aggregateId' | 'audience'>): readonly string[];
  /** The document a payload shows, and how often each of its fields was written: what the next write is made on. */
  shows?(payload: unknown): { readonly id: string; readonly versions: Readonly<Record<string, number>> };
}

/** An event handed to a transaction, not yet numbered. */
export interface RecordedEvent {
  readonly type: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly payload: unknown;
  readonly audience: Audience;
}

/**
 * Declares an event; the result makes records of it.
 * Payloads are the documented ones, flat; ids, order and actor travel beside them.
 */
export function defineEvent<Payload>(definition: EventDefinition<Payload>): EventDefinition<Payload> & {
  record(aggregateId: string | number, payload: Payload, audience: Audience): RecordedEvent;
} {
  return {
    ...definition,
    record: (aggregateId, payload, audience) => ({
      type: definition.type,
      aggregate: definition.aggregate,
      aggregateId: String(aggregateId),
      payload,
      audience,
    }),
  };
}

export const actorOf = (principal: Principal): { id: number; name: string } => ({ id: principal.agentId, name: principal.name });

/**
 * Names of the socket rooms. The documented ones are joined by everybody they name; the `in:` ones are
 * internal and follow from role and team, so that an audience is a list of rooms and never a loop over sockets.
 */
export const rooms = {
  everyone: 'agents:all',
  admins: 'agents:admin',
  department: (name: string): string => `agents:department:${name}`,
  /** A person, where their role reads what is written about their own work (a viewer's does not). */
  agent: (id: number): string => `agent:${id}`,
  /** A person, whatever their role. */
  user: (id: number): string => `user:${id}`,
  /** Those who joined a coaching session. */
  session: (id: string): string => `session:${id}`,
  /** Managers and administrators. */
  managers: 'in:managers',
  /** Team leaders, of whichever team. */
  leaders: 'in:leaders',
  leadersOf: (teamId: string): string => `in:leaders:${teamId}`,
  /** One person, as long as they lead the team. */
  leaderOf: (teamId: string, id: number): string => `in:leader:${teamId}:${id}`,
  /** People who see others only as the directory shows them. */
  directory: 'in:directory',
  frontline: 'in:role:cs',
} as const;

/** Those who lead a person: their leaders, managers and administrators. */
export const leadership = (teamId: string | null): string[] =>
  teamId === null ? [rooms.managers] : [rooms.managers, rooms.leadersOf(teamId)];
