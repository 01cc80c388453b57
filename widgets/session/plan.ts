import type { components } from '../../api/http/contract.types.ts';
import type { ApiError } from '../shared/api-error.ts';
import type { SuggestedPlan } from '../shared/events.ts';
import type { PersonRef } from '../shared/person-picker.ts';
import { fromLocal, suggestedTime, toLocal, type Session } from './session-model.ts';

type Schemas = components['schemas'];

export const FOCUS_METRICS = ['csat', 'slaCompliance', 'avgResponseTime', 'aht', 'fcr', 'resolutionRate', 'sentiment'] as const satisfies readonly Schemas['FocusMetric'][];

/** A session while it is planned; date and time are the reader's own. */
export interface Plan {
  readonly people: readonly PersonRef[];
  readonly facilitator: PersonRef | undefined;
  readonly date: string;
  readonly time: string;
  readonly durationMinutes: number;
  readonly remoteUrl: string;
  readonly focusMetrics: readonly Schemas['FocusMetric'][];
  /** One point a line. */
  readonly agenda: string;
  readonly templateId: string | undefined;
  readonly despiteLeave: boolean;
}

/** @param now ms since the epoch */
export const emptyPlan = (now: number): Plan => ({
  people: [], facilitator: undefined, ...suggestedTime(now), durationMinutes: 30, remoteUrl: '', focusMetrics: [], agenda: '', templateId: undefined, despiteLeave: false,
});

/** What of a plan is suggested: the metrics in their usual order, the points one a line. */
export const planFrom = ({ focusMetrics, agenda }: SuggestedPlan): Pick<Plan, 'focusMetrics' | 'agenda'> => ({
  focusMetrics: FOCUS_METRICS.filter((metric) => focusMetrics.includes(metric)), agenda: agenda.join('\n'),
});

export const planOf = (session: Session): Plan => ({
  people: session.attendees.map(({ id, name }) => ({ id, name })), facilitator: session.facilitator, ...toLocal(session.scheduledAt), durationMinutes: session.durationMinutes,
  remoteUrl: session.remoteUrl ?? '', focusMetrics: session.focusMetrics, agenda: '', templateId: session.templateId ?? undefined, despiteLeave: false,
});

const who = (people: readonly PersonRef[]): { agentId: number } | { attendeeIds: number[] } => {
  const [only, second] = people;
  return only && !second ? { agentId: only.id } : { attendeeIds: people.map(({ id }) => id) };
};

export function toNew(plan: Plan): Schemas['ScheduleSessionData'] {
  const agenda = plan.agenda.split('\n').map((line) => line.trim()).filter(Boolean).map((title) => ({ title: title.slice(0, 200) }));
  return {
    ...who(plan.people),
    ...(plan.facilitator ? { facilitatorId: plan.facilitator.id } : {}),
    scheduledAt: fromLocal(plan.date, plan.time) ?? '',
    durationMinutes: plan.durationMinutes,
    ...(agenda.length > 0 ? { agenda } : {}),
    ...(plan.focusMetrics.length > 0 ? { focusMetrics: [...plan.focusMetrics] } : {}),
    ...(plan.remoteUrl ? { remoteUrl: plan.remoteUrl } : {}),
    ...(plan.templateId ? { templateId: plan.templateId } : {}),
    ...(plan.despiteLeave ? { despiteLeave: true } : {}),
  };
}

/** What differs from the session as it stands, and nothing else. */
export function toChange(session: Session, plan: Plan): Schemas['ChangeSessionData'] {
  const before = planOf(session);
  const ids = (people: readonly PersonRef[]): string => people.map(({ id }) => id).join();
  const scheduledAt = fromLocal(plan.date, plan.time);
  const moved = plan.date !== before.date || plan.time !== before.time;
  const changes: Schemas['ChangeSessionData'] = {
    ...(ids(plan.people) === ids(before.people) ? {} : who(plan.people)),
    ...(plan.facilitator && plan.facilitator.id !== session.facilitator.id ? { facilitatorId: plan.facilitator.id } : {}),
    ...(moved && scheduledAt ? { scheduledAt } : {}),
    ...(plan.durationMinutes === session.durationMinutes ? {} : { durationMinutes: plan.durationMinutes }),
    ...(plan.focusMetrics.join() === session.focusMetrics.join() ? {} : { focusMetrics: [...plan.focusMetrics] }),
    ...(plan.remoteUrl === (session.remoteUrl ?? '') ? {} : { remoteUrl: plan.remoteUrl || null }),
  };
  return Object.keys(changes).length > 0 && plan.despiteLeave ? { ...changes, despiteLeave: true } : changes;
}

/** The session that is in the way. */
export interface Clash {
  readonly personName: string;
  readonly scheduledAt: string;
  readonly durationMinutes: number;
}

/** What a refusal tells of the clash. */
export function clashOf({ code, problem }: ApiError): Clash | undefined {
  const clash = problem['clash'];
  return code === 'session_clash' && typeof clash === 'object' && clash !== null ? (clash as Clash) : undefined;
}
