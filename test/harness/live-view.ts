import { mapped, type Agent, type Schemas, type State } from './live-state.ts';

const inOrder = <K extends string | number, V>(map: ReadonlyMap<K, V>): Record<string, V> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [String(key), value]));

/** Names and sizes taken from where they are kept: somebody renamed is renamed everywhere at once. */
export function derived({ me, agents, teams, notes, notifications, actions, goals, requests, sessions, settings, ...rest }: State): State {
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
export function comparable({ me, agents, teams, notes, notifications, preferences, actions, goals, requests, sessions, absences, activities, settings }: State): unknown {
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
