import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import { PREPARATION_CONSTANTS } from './preparation-constants.ts';
import type { DraftPoint, LeftPoint, PreparationContent, PreparedMetric } from './preparation-content.ts';

/** A note that waits to be addressed. */
export interface WaitingNote {
  readonly id: string;
  readonly type: 'COACHING' | 'POSITIVE' | 'URGENT';
}

type Facts = Omit<PreparationContent, 'agenda'> & { readonly notes: readonly WaitingNote[] };

/**
 * A draft of the agenda: the same facts give the same points. Each rests on rows that it names, and one without any is
 * left out (rules: {@link PREPARATION_RULES}).
 */
export function draftAgenda(facts: Facts): DraftPoint[] {
  const left = leftOpen(facts);
  const named = new Set(left.map(({ refId }) => refId)); // a note among them is a point of its own already
  const others = { ...facts, notes: facts.notes.filter(({ id }) => !named.has(id)) };
  return [...lookingBack(facts), ...left.map((point) => leftPoint(point, facts.lastSession?.id ?? '')), ...lookingAhead(others)];
}

const lookingBack = (facts: Facts): DraftPoint[] => [...wentWell(facts), ...lastSession(facts)];

const lookingAhead = (facts: Facts): DraftPoint[] => [...urgentNotes(facts), ...metrics(facts), ...gettingWorse(facts), ...overdueActions(facts), ...otherNotes(facts), ...lookAt(facts)];

const ofType = ({ notes }: Facts, type: WaitingNote['type']): WaitingNote[] => notes.filter((note) => note.type === type);
const noteRefs = (notes: readonly WaitingNote[]) => notes.map(({ id }) => ({ kind: 'quickNote', id }) as const);

function wentWell(facts: Facts): DraftPoint[] {
  const praise = ofType(facts, 'POSITIVE');
  const [first] = facts.recognitions;
  const improved = facts.trends.find((trend) => trend.going === 'better');
  if (!first && !improved && praise.length === 0) return [];
  const sentence = first?.sentence ?? improved?.sentence ?? null;
  return [{ id: 'went_well', code: 'went_well', params: { sentence }, refs: noteRefs(praise), evidence: first?.evidence ?? (improved ? evidenceOf(facts, improved.metric) : []) }];
}

function lastSession({ lastSession: last }: Facts): DraftPoint[] {
  if (!last || last.commitments.length + (last.actions?.length ?? 0) + last.effect.length === 0) return [];
  const told = last.effect.filter(({ verdict }) => verdict !== 'too_early').map(({ sentence }) => sentence);
  return [
    {
      id: `session:${last.id}`,
      code: 'last_session',
      params: { commitments: last.commitments.length, effect: told.join(' ') || null },
      refs: [{ kind: 'coachingSession', id: last.id }],
      evidence: [],
    },
  ];
}

/** What the last session left for another time and nobody has dealt with since; what the draft has anew speaks of today instead. */
function leftOpen(facts: Facts): LeftPoint[] {
  const anew = new Set([...lookingBack(facts), ...lookingAhead(facts)].map(({ id }) => id));
  const left = facts.lastSession?.left ?? [];
  return left.filter((point) => isOpen(point, facts.notes) && !anew.has(point.refId ?? '')).slice(0, PREPARATION_CONSTANTS.agendaLeft);
}

/** Whether a point of a note is of one that still waits. Others cannot be told. */
export const isOpen = ({ source, refId }: LeftPoint, notes: readonly { readonly id: string }[]): boolean => source !== 'note' || refId === null || notes.some(({ id }) => id === refId);

const leftPoint = ({ id, source, refId }: LeftPoint, sessionId: string): DraftPoint => ({
  id: `point:${id}`,
  code: 'left_open',
  params: { point: id },
  refs: [{ kind: 'coachingSession', id: sessionId }, ...(source === 'note' && refId ? [{ kind: 'quickNote' as const, id: refId }] : [])],
  evidence: [],
});

const urgentNotes = (facts: Facts): DraftPoint[] =>
  ofType(facts, 'URGENT').slice(0, PREPARATION_CONSTANTS.agendaUrgentNotes).map((note) => ({ id: `note:${note.id}`, code: 'urgent_note', params: {}, refs: noteRefs([note]), evidence: [] }));

function metrics(facts: Facts): DraftPoint[] {
  const focused = facts.metrics.filter(({ metric }) => facts.focusMetrics.includes(metric));
  if (focused.length > 0) return focused.filter(({ value }) => value !== null).map((metric) => metricPoint('focus_metric', metric));
  return facts.metrics
    .filter((metric) => metric.enough && metric.meetsTarget === false)
    .sort((a, b) => shortfall(b) - shortfall(a))
    .slice(0, PREPARATION_CONSTANTS.agendaMetrics)
    .map((metric) => metricPoint('off_target', metric));
}

const metricPoint = (code: 'focus_metric' | 'off_target', { metric, value, target, n, meetsTarget, evidence }: PreparedMetric): DraftPoint => ({
  id: `metric:${metric}`, code, params: { metric, value, target, n, meetsTarget }, refs: [], evidence,
});

/** How far off target, as a share of the target; of sentiment, whose target may be 0, in its own unit. */
function shortfall({ metric, value, target }: PreparedMetric): number {
  if (value === null || target === null) return 0;
  const off = METRICS[metric as MetricId].direction === 'lower' ? value - target : target - value;
  return metric === 'sentiment' ? off : off / Math.abs(target);
}

function gettingWorse(facts: Facts): DraftPoint[] {
  const already = new Set(metrics(facts).map(({ params }) => params['metric']));
  return facts.trends
    .filter((trend) => trend.going === 'worse' && !already.has(trend.metric))
    .map((trend) => ({ id: `trend:${trend.metric}`, code: 'getting_worse', params: { metric: trend.metric, sentence: trend.sentence }, refs: [], evidence: evidenceOf(facts, trend.metric) }));
}

function overdueActions({ actions }: Facts): DraftPoint[] {
  const overdue = actions.filter((action) => action.overdue);
  if (overdue.length === 0) return [];
  return [{ id: 'overdue_actions', code: 'overdue_actions', params: { count: overdue.length }, refs: overdue.map(({ id }) => ({ kind: 'actionItem', id })), evidence: [] }];
}

function otherNotes(facts: Facts): DraftPoint[] {
  const others = [...ofType(facts, 'URGENT').slice(PREPARATION_CONSTANTS.agendaUrgentNotes), ...ofType(facts, 'COACHING')];
  return others.length === 0 ? [] : [{ id: 'notes', code: 'notes', params: {}, refs: noteRefs(others), evidence: [] }];
}

function lookAt({ flagged }: Facts): DraftPoint[] {
  const good = flagged.find(({ reasons }) => reasons[0]?.code === 'excellent_rating');
  const bad = flagged.find(({ reasons }) => reasons[0]?.code !== 'excellent_rating');
  return [bad, good].flatMap((one) =>
    one ? [{ id: `interaction:${one.id}`, code: 'look_at' as const, params: { good: one === good, sentence: one.reasons[0]?.sentence ?? null }, refs: [{ kind: 'interaction' as const, id: one.id }], evidence: [] }] : [],
  );
}

const evidenceOf = (facts: Facts, metric: string) => facts.metrics.find((one) => one.metric === metric)?.evidence ?? [];
