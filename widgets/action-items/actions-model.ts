import type { components, operations } from '../../api/http/contract.types.ts';
import type { KeptLetter, Outbox } from '../controllers/outbox.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import { addDays } from '../shared/business-day.ts';

type Schemas = components['schemas'];
export type ActionItem = Schemas['ActionItem'];
export type ActionStatus = Schemas['ActionItemStatus'];
export type Progress = Schemas['ActionItemProgress'];
export type Query = Omit<NonNullable<operations['listActionItems']['parameters']['query']>, 'page' | 'limit' | 'withProgress'>;

export const SHOWN = ['todo', 'overdue', 'done', 'all'] as const;

/** What somebody chose to see. */
export interface Filters {
  readonly shown: (typeof SHOWN)[number];
  readonly priority: Schemas['ActionItemPriority'] | '';
  readonly category: string;
  readonly person: Schemas['PersonRef'] | undefined;
}

export const NO_FILTERS: Filters = { shown: 'todo', priority: '', category: '', person: undefined };

/** Items in the order of the list, as far as they were read. */
export interface Loaded {
  readonly items: readonly ActionItem[];
  /** How many there are, read or not. */
  readonly total: number;
  readonly progress: ReadonlyMap<string, Progress>;
}

export const PAGE = 50;
const SOON_DAYS = 7;

export const isClosed = ({ status }: Pick<ActionItem, 'status'>): boolean => status === 'done' || status === 'cancelled';

/** @param about what the page asks for; wins over what was chosen */
export function toQuery({ shown, priority, category, person }: Filters, about: { agentId?: number | undefined; teamId?: string | undefined }): Query {
  const agentId = about.agentId ?? person?.id;
  return {
    ...(agentId === undefined ? {} : { agentId }),
    ...(about.teamId ? { teamId: about.teamId } : {}),
    ...(shown === 'todo' ? { status: ['open', 'in_progress'] } : {}),
    ...(shown === 'done' ? { status: ['done'] } : {}),
    ...(shown === 'overdue' ? { overdue: true } : {}),
    ...(priority ? { priority } : {}),
    ...(category ? { category } : {}),
  };
}

/**
 * Whether an item belongs in the list; undefined where only the server knows (who is in a team).
 * @param today the business day it is
 */
export function fits(item: ActionItem, query: Query, today: string): boolean | undefined {
  const belongs =
    (query.agentId === undefined || query.agentId === item.agentId) &&
    (query.status === undefined || query.status.includes(item.status)) &&
    (query.overdue === undefined || query.overdue === isOverdue(item, today)) &&
    (query.priority === undefined || query.priority === item.priority) &&
    (query.category === undefined || query.category === item.category);
  return belongs && query.teamId !== undefined ? undefined : belongs;
}

/** As the server counts: still to be done though its day has passed. */
export const isOverdue = (item: Pick<ActionItem, 'status' | 'dueDate'>, today: string): boolean => !isClosed(item) && item.dueDate < today;

/** What is to be done by its day; what is closed by when it was closed, the latest first. */
function before(a: ActionItem, b: ActionItem): number {
  if (isClosed(a) !== isClosed(b)) return isClosed(a) ? 1 : -1;
  const order = isClosed(a) ? (b.completedAt ?? b.updatedAt).localeCompare(a.completedAt ?? a.updatedAt) : a.dueDate.localeCompare(b.dueDate);
  return order || a.id.localeCompare(b.id);
}

/** Puts an item where it belongs, or in the place of its older self; never an older state over a newer one. */
export function withItem(loaded: Loaded, item: ActionItem): Loaded {
  const known = loaded.items.find(({ id }) => id === item.id);
  if (known && known.version > item.version) return loaded;
  const items = [...loaded.items.filter(({ id }) => id !== item.id), item].sort(before);
  return { ...loaded, items, total: loaded.total + (known ? 0 : 1) };
}

export function withoutItem(loaded: Loaded, id: string): Loaded {
  const items = loaded.items.filter((item) => item.id !== id);
  return { ...loaded, items, total: loaded.total - (loaded.items.length - items.length) };
}

export type GroupName = 'overdue' | 'soon' | 'later' | 'done' | 'cancelled';

/** The list under headings, in its own order; what is empty is left out. */
export function groups(items: readonly ActionItem[], today: string): { name: GroupName; items: ActionItem[] }[] {
  const nameOf = (item: ActionItem): GroupName => {
    if (item.status === 'done' || item.status === 'cancelled') return item.status;
    if (isOverdue(item, today)) return 'overdue';
    return item.dueDate < addDays(today, SOON_DAYS) ? 'soon' : 'later';
  };
  const found: { name: GroupName; items: ActionItem[] }[] = [];
  for (const item of [...items].sort(before)) {
    const name = nameOf(item);
    const group = found.find((candidate) => candidate.name === name);
    if (group) group.items.push(item);
    else found.push({ name, items: [item] });
  }
  return found;
}

/** A step that was just taken, for whoever did not mean it. */
export interface Step {
  readonly item: ActionItem;
  readonly from: ActionStatus;
  readonly to: ActionStatus;
}

/** Where the focus goes when an item leaves the list. */
export function nextTo(shown: readonly ActionItem[], id: string): string | undefined {
  const at = shown.findIndex((item) => item.id === id);
  return (shown[at + 1] ?? shown[at - 1])?.id;
}

/** What this person did to an item that has not arrived yet, on top of it. */
export function asMeant(item: ActionItem, letters: readonly KeptLetter[], now: () => string): ActionItem {
  return letters.reduce((current, { letter, refusal }) => {
    const status = letter.about === statusOf(item.id) && refusal === null ? (letter.body['status'] as ActionStatus) : undefined;
    return status === undefined ? current : { ...current, status, completedAt: status === 'done' ? (current.completedAt ?? now()) : null };
  }, item);
}

/** What this person wrote besides notes, oldest first. */
export const lettersOf = (outbox: Outbox | undefined): readonly KeptLetter[] => (outbox?.kept ?? []).filter((kept) => 'letter' in kept);

/** What a letter is about, for whoever shows it until it has arrived. */
export const statusOf = (id: string): string => `action-status/${id}`;
export const threadOf = (id: string): string => `action-thread/${id}`;
export const NEW_ACTION = 'action-item';

/** As many as were read before, in one list. */
export async function loadItems(client: SidelineClient, query: Query, pages: number, signal: AbortSignal): Promise<Loaded> {
  const items: ActionItem[] = [];
  const progress = new Map<string, Progress>();
  let total = 0;
  for (let page = 1; page <= pages; page++) {
    const answer = await body(client.http.GET('/api/action-items', { params: { query: { ...query, withProgress: true, page, limit: PAGE } }, signal }));
    total = answer.meta.total;
    // What moved between two pages while they were read must not stand there twice.
    for (const item of answer.data) if (!items.some(({ id }) => id === item.id)) items.push(item);
    for (const one of answer.progress ?? []) progress.set(one.actionItemId, one);
    if (page >= answer.meta.totalPages) break;
  }
  return { items, total, progress };
}
