import type { components } from '../http/contract.types.ts';
import { figure } from '../performance/figure-words.ts';
import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import { shortened } from '../text/shortened.ts';
import { isOpen } from './agenda.ts';
import { PREPARATION_CONSTANTS, PREPARATION_RULES, PREPARATION_VERSION } from './preparation-constants.ts';
import type { DraftPoint, EvidenceLink, LastSession, PreparationContent } from './preparation-content.ts';
import type { Preparation } from './preparation.service.ts';

type Schemas = components['schemas'];
type Notes = Schemas['SessionPreparation']['notes'];

/** A note is quoted up to here, in characters. */
const QUOTED = 200;
/** As much as a point of an agenda may say, in characters. */
const LONGEST_DETAIL = 2000;

/** The rules, for `GET /api/metrics/definitions`. */
export const presentPreparationRules = (): Schemas['MetricDefinitions']['preparation'] => ({
  version: PREPARATION_VERSION,
  constants: PREPARATION_CONSTANTS,
  rules: [...PREPARATION_RULES],
});

/** A preparation with what its reader may see; notes are those that the query has found for them. */
export function presentPreparation({ content, notes, isLeader, mayFollow, ...preparation }: Preparation): Schemas['SessionPreparation'] {
  const { sessionId, agentId, agentName, status, computedAt } = preparation;
  return { sessionId, agentId, agentName, status, computedAt, notes, content: content && presentContent(content, notes, { isLeader, mayFollow }) };
}

interface Reader {
  readonly isLeader: boolean;
  readonly mayFollow: boolean;
}

function presentContent(content: PreparationContent, notes: Notes, reader: Reader): Schemas['PreparationContent'] {
  const lastSession = content.lastSession && { ...content.lastSession, actions: content.lastSession.actions ?? [], left: (content.lastSession.left ?? []).filter((point) => isOpen(point, forAgenda(notes))) };
  const links = (evidence: readonly EvidenceLink[]): EvidenceLink[] => evidence.filter(({ href }) => (href.startsWith('/api/priority-queue/') ? reader.isLeader : reader.mayFollow));
  return {
    asOf: content.asOf,
    metrics: content.metrics.map((metric) => ({ ...metric, evidence: links(metric.evidence) })) as Schemas['MetricFigure'][], // stored as it was presented
    actions: [...content.actions] as Schemas['PreparedAction'][],
    lastSession: lastSession as Schemas['PreparedLastSession'] | null,
    flagged: reader.mayFollow ? ([...content.flagged] as Schemas['FlaggedInteraction'][]) : [],
    trends: [...content.trends] as Schemas['MetricTrend'][],
    queue: reader.isLeader && content.queue ? (content.queue as Schemas['PreparedQueue']) : null,
    recognitions: content.recognitions.map(({ code, sentence, evidence }) => ({ code, sentence, evidence: links(evidence) })),
    agenda: content.agenda.flatMap((point) => presentPoint(point, notes, lastSession, reader, links)),
  };
}

/**
 * A point rests on what the reader may see of its rows; one that would rest on nothing else is not theirs. Private notes are
 * in nobody's: what is on the agenda, the person it is about reads.
 */
function presentPoint(point: DraftPoint, notes: Notes, last: LastSession | null, { mayFollow }: Reader, links: (evidence: readonly EvidenceLink[]) => EvidenceLink[]): Schemas['DraftAgendaPoint'][] {
  const visible = forAgenda(notes).filter(({ id }) => point.refs.some((ref) => ref.kind === 'quickNote' && ref.id === id));
  const refs = point.refs.filter((ref) => (ref.kind === 'quickNote' ? visible.some(({ id }) => id === ref.id) : ref.kind === 'interaction' ? mayFollow : true));
  if (point.refs.length > 0 && refs.length === 0 && !point.params['sentence']) return [];
  if (point.code === 'look_at' && refs.length === 0) return [];
  if (point.code === 'left_open' && !leftOf(point, last)) return [];
  const { title, detail } = words(point, visible, last);
  return [{ id: point.id, code: point.code, title, detail: detail && shortened(detail, LONGEST_DETAIL), params: { ...point.params, notes: visible.length }, refs: [...refs], evidence: links(point.evidence) }];
}

/** Those that may be on an agenda: the person they are about reads it. */
const forAgenda = (notes: Notes): Notes => notes.filter(({ isPrivate }) => !isPrivate);

const leftOf = ({ params }: Pick<DraftPoint, 'params'>, last: LastSession | null) => last?.left?.find(({ id }) => id === params['point']);

const agreed = (last: LastSession | null, effect: unknown): string | null => [...(last?.commitments ?? []).map(({ text }) => text), ...(last?.actions ?? []).map(({ title }) => title), effect].filter(Boolean).join('\n') || null;

/** The English of a point. A client that speaks another language says the same from its code and parameters. */
function words({ code, params }: DraftPoint, notes: Notes, last: LastSession | null): { title: string; detail: string | null } {
  const metric = METRICS[params['metric'] as MetricId];
  const said = typeof params['sentence'] === 'string' ? params['sentence'] : null;
  const texts = notes.map(({ content }) => shortened(content, QUOTED)).join('\n') || null;
  switch (code) {
    case 'went_well':
      return { title: 'What went well', detail: [said, texts].filter(Boolean).join('\n') || null };
    case 'last_session':
      return { title: 'What was agreed last time', detail: agreed(last, params['effect']) };
    case 'left_open':
      return leftOf({ params }, last) ?? { title: '', detail: null };
    case 'urgent_note':
      return { title: `Urgent: ${notes[0]?.category ?? 'a note'}`, detail: texts };
    case 'focus_metric':
    case 'off_target':
      return {
        title: `${metric.name}: ${figure(params['value'], metric.unit)}, target ${figure(params['target'], metric.unit)}`,
        detail: `Over ${String(params['n'])} ${metric.counts} in ${PREPARATION_CONSTANTS.windowDays} days.`,
      };
    case 'getting_worse':
      return { title: `${metric.name} is getting worse`, detail: said };
    case 'overdue_actions':
      return { title: Number(params['count']) === 1 ? 'One action item is overdue' : `${String(params['count'])} action items are overdue`, detail: null };
    case 'notes':
      return { title: notes.length === 1 ? 'A note to talk about' : `${notes.length} notes to talk about`, detail: texts };
    case 'look_at':
      return { title: params['good'] ? 'One to learn from together' : 'One to look at together', detail: said };
  }
}
