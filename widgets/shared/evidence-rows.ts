import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';

type Schemas = components['schemas'];
export type EvidenceLink = Schemas['Evidence'];
export type Interaction = Schemas['Interaction'];
export type Day = Schemas['AgentPerformanceMetrics'];
export type Item = Schemas['QueueEvidence']['data'][number];
export type Person = Schemas['QuickStatsPerson'];
export type FairnessItem = Omit<Item, 'kind' | 'priority'> & Pick<Schemas['FairnessRow'], 'agent'> & { readonly kind: Item['kind'] | 'person' };

/** The rows behind a figure, as the API's link gives them. */
export type Rows =
  | { kind: 'interactions'; rows: readonly Interaction[]; total: number; next: string | null }
  | { kind: 'people'; rows: readonly Person[]; total: number; next: string | null }
  | { kind: 'days'; rows: readonly Day[]; total: number; next: null }
  | { kind: 'items'; rows: readonly (Item | FairnessItem)[]; total: number; next: null };

/** Lists of people, sessions and notes in one shape. */
const FAIRNESS = '/api/fairness/rows';
/** At most so many rows are asked for there at once. */
const FAIRNESS_LIMIT = '500';

const PAGE = 10;

/** The link answers in the shape of its kind: that is what the contract says about `Evidence.href`. */
export async function loadRows(client: SidelineClient, link: EvidenceLink, next?: string, signal?: AbortSignal): Promise<Rows> {
  const url = new URL(link.href, 'http://links.invalid');
  if (url.pathname === FAIRNESS) url.searchParams.set('limit', FAIRNESS_LIMIT);
  else if (link.kind === 'interactions' || link.kind === 'people') {
    url.searchParams.set('limit', String(PAGE));
    if (next) url.searchParams.set(link.kind === 'people' ? 'page' : 'cursor', next);
  }
  const answer = await client.follow(url.pathname + url.search, signal);
  if (url.pathname === FAIRNESS) return fairnessItems(answer as Schemas['FairnessRowPage']);
  if (link.kind === 'interactions') {
    const { data, meta } = answer as Schemas['InteractionPage'];
    return { kind: 'interactions', rows: data, total: meta.total ?? link.count, next: meta.nextCursor };
  }
  if (link.kind === 'people') {
    const { data, meta } = answer as Schemas['QuickStatsPeople'];
    return { kind: 'people', rows: data, total: meta.total, next: meta.page < meta.totalPages ? String(meta.page + 1) : null };
  }
  if (link.kind === 'dailyRows') {
    const days = (answer as Day[]).filter(isMeasured).reverse();
    return { kind: 'days', rows: days, total: days.length, next: null };
  }
  const { data, meta } = answer as Schemas['QueueEvidence'];
  return { kind: 'items', rows: data, total: meta.total, next: null };
}

/** A note says whom it is about. */
function fairnessItems({ data, meta }: Schemas['FairnessRowPage']): Rows {
  const rows = data.map((row) => ({ ...row, at: row.at ?? '', title: row.kind === 'quickNote' && row.agent ? `${row.agent.name}: ${row.title}` : row.title }));
  return { kind: 'items', rows, total: meta.total, next: null };
}

/** Something was measured: calls, time at work, or what a file says of that day. */
const isMeasured = ({ n, onlineHours, origin }: Day): boolean => n.interactions > 0 || onlineHours > 0 || origin === 'imported';
