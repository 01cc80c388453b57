import type { components } from '../http/contract.types.ts';
import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import type { CommentRow, EvidenceRow } from './action-evidence.repository.ts';
import type { Progress } from './action-progress.ts';
import type { ActionRow } from './action.repository.ts';

type Schemas = components['schemas'];
export type ActionView = Schemas['ActionItem'];

/** An action item as its readers see it; who that is, the query has decided. */
export const presentAction = ({ heldBy: _holder, ...row }: ActionRow): ActionView => row;

export const presentComment = (row: CommentRow): Schemas['ActionItemComment'] => row;

/** A piece of evidence with the figure it stands for, where it is one. */
export type MeasuredEvidence = EvidenceRow & { readonly agentId: number; readonly value: number | null; readonly n: number | null };

export function presentEvidence({ agentId, ...row }: MeasuredEvidence): Schemas['ActionItemEvidence'] {
  return { ...row, href: evidenceHref(row, agentId) };
}

function evidenceHref({ interactionId, metric, from, to }: EvidenceRow, agentId: number): string | null {
  if (interactionId !== null) return `/api/interactions/${interactionId}`;
  return metric !== null && from !== null && to !== null ? rowsHref(metric, agentId, from, to) : null;
}

export function presentProgress({ agentId, metric, baseline, current, ...rest }: Progress): Schemas['ActionItemProgress'] {
  const { name, unit, direction, minimumN } = METRICS[metric];
  const figure = (given: Progress['current']): Schemas['ProgressFigure'] => ({ ...given, href: rowsHref(metric, agentId, given.from, given.to) });
  return { ...rest, metric, name, unit, direction, minimumN, baseline: figure(baseline), current: figure(current) };
}

/** Where the rows behind a metric are: interactions, or daily rows for one of presence. */
const rowsHref = (metric: MetricId, agentId: number, from: string, to: string): string =>
  METRICS[metric].rows === null ? `/api/agents/${agentId}/performance?from=${from}&to=${to}` : `/api/interactions?agentId=${agentId}&from=${from}&to=${to}&metric=${metric}`;
