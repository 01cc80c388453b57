import { defineEvent, leadership, type Audience, type RecordedEvent, type StoredEvent } from '../events/event.ts';
import { defineJob, type EventJob } from '../queues/jobs.ts';

/** The queue of a team (null: of the people without one) is no longer what was fetched. */
export interface QueueUpdated {
  readonly teamId: string | null;
  readonly timestamp: string;
}

export const priorityQueueUpdated = defineEvent<QueueUpdated>({
  type: 'priorityQueue:updated',
  aggregate: 'priority_queue',
  deliveries: ({ payload }) => [{ rooms: leadership(payload.teamId), payload }],
});

/** Whose queue something concerns. */
export type Concern = { readonly agentIds: readonly number[] } | { readonly agentId: number } | { readonly teamIds: readonly (string | null)[] } | 'everybody';

/** What changes a queue, and whose. Presence does not: the queue shows it but does not count it. */
const CONCERNS: Readonly<Record<string, (payload: never, audience: Audience) => Concern | undefined>> = {
  'quickNote:created': (note: { agentId: number }) => ({ agentId: note.agentId }),
  'quickNote:updated': (note: { agentId: number }) => ({ agentId: note.agentId }),
  'quickNote:deleted': (note: { agentId: number }) => ({ agentId: note.agentId }),
  'actionItem:created': (item: { agentId: number }) => ({ agentId: item.agentId }),
  'actionItem:updated': (item: { agentId: number }) => ({ agentId: item.agentId }),
  // What is written while a session is held changes nothing about who comes next.
  'session:updated': (session: { attendees: readonly { id: number }[] }, { passing }) => (passing ? undefined : { agentIds: session.attendees.map(({ id }) => id) }),
  'session:withdrawn': (session: { agentIds: readonly number[] }) => ({ agentIds: session.agentIds }),
  'absence:changed': (absence: { agentId: number }) => ({ agentId: absence.agentId }),
  'team:settings-updated': (settings: { teamId: string }) => ({ teamIds: [settings.teamId] }),
  'performance:recomputed': (days: { teamIds: readonly (string | null)[] }) => ({ teamIds: days.teamIds }),
  agent_created: (agent: { teamId: string | null }) => ({ teamIds: [agent.teamId] }),
  agent_updated: (agent: { teamId: string | null }, { formerTeamId }) => ({ teamIds: formerTeamId === undefined ? [agent.teamId] : [agent.teamId, formerTeamId] }),
  // Whoever moves by a change of a team leaves a queue that no event names.
  'team:created': () => 'everybody',
  'team:updated': () => 'everybody',
  'import:committed': () => 'everybody',
  'import:rolled-back': () => 'everybody',
};

/** Whose queue an event changes; undefined for an event that changes none. */
export function concernOf(event: Pick<StoredEvent, 'type' | 'payload' | 'audience'>): Concern | undefined {
  return CONCERNS[event.type]?.(event.payload as never, event.audience);
}

/** The events that change a queue and have not been announced as such. */
export const QUEUE_NEWS: readonly string[] = Object.keys(CONCERNS);

/** The announcement that a team's queue changed. */
export const queueUpdated = (teamId: string | null, now: Date): RecordedEvent =>
  priorityQueueUpdated.record(teamId ?? 'none', { teamId, timestamp: now.toISOString() }, teamId === null ? {} : { teamId });

/** Tells the leaders concerned that their queue changed; finds out by itself which. */
export const announceQueueJob = defineJob<unknown>({ name: 'announce-queue', queue: 'performance', attempts: 5, coalesce: true, alone: true });

export const priorityQueueJobs: readonly EventJob[] = QUEUE_NEWS.map((event) => ({ event, job: announceQueueJob }));
