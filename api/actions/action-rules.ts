import { leads, type Principal } from '../auth/principal.ts';
import { conflict, forbidden, unprocessable, type Problem } from '../errors/problem.ts';
import { METRICS, type MetricId, type MetricUnit } from '../performance/metric-definitions.ts';
import type { ActionRecord, ActionStatus } from './action.entity.ts';

/** The steps an action item can take. Done is taken back before it is cancelled, so that nobody's work disappears. */
const STEPS: Readonly<Record<ActionStatus, readonly ActionStatus[]>> = {
  open: ['in_progress', 'done', 'cancelled'],
  in_progress: ['open', 'done', 'cancelled'],
  done: ['open', 'in_progress'],
  cancelled: ['open'],
};

export const isClosed = (status: ActionStatus): boolean => status === 'done' || status === 'cancelled';

/** @throws Problem 409 naming the status it is in. */
export function assertStep(from: ActionStatus, to: ActionStatus): void {
  if (from === to || STEPS[from].includes(to)) return;
  throw conflict('wrong_state', `The action item is ${spoken(from)}; from there it cannot become ${spoken(to)}.`, [{ path: '/body/status', message: `the item is ${from}`, code: from }]);
}

/** @throws Problem 409: what is closed is taken up again before it is changed. */
export function assertChangeable(now: ActionStatus, then: ActionStatus): void {
  if (isClosed(now) && isClosed(then)) throw conflict('wrong_state', `The action item is ${spoken(now)}; take it up again to change it.`, [{ path: '/body/status', message: `the item is ${now}`, code: now }]);
}

const spoken = (status: ActionStatus): string => status.replace('_', ' ');

/** What somebody may do with an item they can read. */
export interface Rights {
  /** Text, day, target, assignee; cancel it and take it up again. */
  readonly edit: boolean;
  /** Take it from status to status. */
  readonly workOn: boolean;
}

export function rightsOn(by: Principal, item: Pick<ActionRecord, 'createdBy' | 'assignedTo'>, teamId: string | null): Rights {
  const edit = leads(by, teamId) || item.createdBy === by.agentId;
  return { edit, workOn: edit || item.assignedTo === by.agentId };
}

/** @throws Problem 403. */
export function assertMayEdit({ edit }: Rights): void {
  if (!edit) throw forbidden('Its text and its day are for its author, and for those who lead the person, to change.', 'not_the_author');
}

/** @throws Problem 403. */
export function assertMayStep({ edit, workOn }: Rights, from: ActionStatus, to: ActionStatus): void {
  if (!workOn) throw forbidden('It is somebody else’s to do.', 'not_assigned');
  if (!edit && (from === 'cancelled' || to === 'cancelled')) throw forbidden('Its author, and those who lead the person, cancel it and take it up again.', 'not_the_author');
}

/** What a value can be, by unit; the others are at least 0. */
const RANGES: Readonly<Partial<Record<MetricUnit, readonly [number, number]>>> = { ratio: [0, 1], percent: [0, 100], rating: [1, 5], sentiment: [-1, 1] };

/** @throws Problem 422 (a value without a metric, or one the metric cannot have). */
export function assertTarget(metric: MetricId | null, value: number | null): void {
  if (value === null) return;
  if (metric === null) throw badTarget('A target value needs a target metric.', 'has no target metric');
  const { unit, name } = METRICS[metric];
  const [lowest, highest] = RANGES[unit] ?? [0, Infinity];
  if (value < lowest || value > highest) throw badTarget(`${name} goes from ${lowest}${highest === Infinity ? ' upwards' : ` to ${highest}`}.`, `is nothing ${name} can be`);
}

const badTarget = (detail: string, message: string): Problem => unprocessable('target_out_of_range', detail, [{ path: '/body/targetValue', message }]);
