import { defineEvent, leadership, rooms } from '../events/event.ts';
import { defineJob, type EventJob } from '../queues/jobs.ts';

/** What was compiled about an attendee of a session is new. */
export interface PreparationUpdate {
  readonly sessionId: string;
  readonly agentId: number;
  readonly computedAt: string;
}

/** For the attendee, those who lead them, and who holds the session. */
export const preparationUpdated = defineEvent<PreparationUpdate>({
  type: 'preparation:updated',
  aggregate: 'session_preparation',
  deliveries: ({ payload, audience: { userIds = [] } }, directory) => [
    { rooms: [...leadership(directory.teamOf(payload.agentId)), rooms.agent(payload.agentId), ...userIds.map(rooms.user)], payload },
  ],
});

/** Whose preparations something makes out of date. */
export type Concern = { readonly agentIds: readonly number[] } | { readonly teamIds: readonly (string | null)[] } | 'everybody' | 'nobody';

const aboutAgent = (thing: { agentId: number }): Concern => ({ agentIds: [thing.agentId] });

/** What changes a preparation, and whose. */
const CONCERNS: Readonly<Record<string, (payload: never) => Concern>> = {
  'quickNote:created': aboutAgent,
  'quickNote:updated': aboutAgent,
  'quickNote:deleted': aboutAgent,
  'actionItem:created': aboutAgent,
  'actionItem:updated': aboutAgent,
  // One that is held is the last session of the next; one that is prepared is found by its state.
  'session:updated': (session: { status: string; attendees: readonly { id: number }[] }) =>
    session.status === 'completed' ? { agentIds: session.attendees.map(({ id }) => id) } : 'nobody',
  'team:settings-updated': (settings: { teamId: string }) => ({ teamIds: [settings.teamId] }),
  'performance:recomputed': (days: { teamIds: readonly (string | null)[] }) => ({ teamIds: days.teamIds }),
  'import:committed': () => 'everybody',
};

export const concernOf = (event: { readonly type: string; readonly payload: unknown }): Concern => CONCERNS[event.type]?.(event.payload as never) ?? 'nobody';

/** The events after which preparations are looked at. */
export const PREPARATION_NEWS: readonly string[] = Object.keys(CONCERNS);

/** Compiles whatever waits for it; finds out by itself what. */
export const compilePreparationsJob = defineJob<unknown>({ name: 'compile-preparations', queue: 'performance', attempts: 5, coalesce: true, alone: true });

export const preparationJobs: readonly EventJob[] = PREPARATION_NEWS.map((event) => ({ event, job: compilePreparationsJob }));
