import { defineEvent, rooms, type Delivery } from '../events/event.ts';
import { defineJob, type EventJob, type EventJobPayload } from '../queues/jobs.ts';

/** A current figure of a person, under the name it has in `Agent`. */
export interface PerformanceUpdate {
  readonly agentId: number;
  readonly metric: string;
  readonly value: number | null;
  readonly timestamp: string;
}

/** Figures are part of the directory, except among peers of a team that hides them. */
export const performanceUpdate = defineEvent<PerformanceUpdate>({
  type: 'performance_update',
  aggregate: 'agent',
  deliveries: ({ payload }, directory): Delivery[] => {
    const department = directory.departmentOf(payload.agentId);
    const everybody = [rooms.everyone, rooms.agent(payload.agentId), ...(department === null ? [] : [rooms.department(department)])];
    if (!directory.figuresHidden(payload.agentId)) return [{ rooms: everybody, payload }];
    return [
      { rooms: everybody, except: [rooms.frontline], payload },
      { rooms: [rooms.user(payload.agentId)], payload },
    ];
  },
});

/** Between rooms only: days wait to be recomputed. */
export const daysMarkedStale = defineEvent<{ days: number }>({
  type: 'performance:stale',
  aggregate: 'performance',
  deliveries: () => [],
});

/** Between rooms only: daily rows of people of these teams (null: of none) are new. */
export const daysRecomputed = defineEvent<{ teamIds: readonly (string | null)[]; days: number }>({
  type: 'performance:recomputed',
  aggregate: 'performance',
  deliveries: () => [],
});

/** Recomputes whatever waits. */
export const recomputeStaleDaysJob = defineJob<unknown>({ name: 'recompute-stale-days', queue: 'performance', attempts: 5, coalesce: true, alone: true });

/** Just after midnight of the business zone: closes yesterday, opens today, resets the counters of the day. */
export const aggregateDaysJob = defineJob<Record<string, never>>({ name: 'aggregate-days', queue: 'performance', attempts: 5 });

/** Hourly: the figures over 28 days and the levels move on with time alone. */
export const refreshFiguresJob = defineJob<Record<string, never>>({ name: 'refresh-figures', queue: 'performance', attempts: 5 });

/** After a team changed its settings: days judged by another policy, and levels measured by other targets. */
export const applyTeamPolicyJob = defineJob<EventJobPayload<{ teamId: string }>>({ name: 'apply-team-policy', queue: 'performance', attempts: 5 });

export const performanceJobs: readonly EventJob[] = [
  { event: daysMarkedStale.type, job: recomputeStaleDaysJob },
  // The payload is that of the event, which the type of the list leaves open.
  { event: 'team:settings-updated', job: applyTeamPolicyJob },
];
