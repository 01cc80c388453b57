import type { components, operations } from '../../api/http/contract.types.ts';
import type { QuickNote } from '../controllers/outbox.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';

type Schemas = components['schemas'];
export type Query = Omit<NonNullable<operations['listQuickNotes']['parameters']['query']>, 'page' | 'limit' | 'from' | 'to'>;

export const SHOWN = ['open', 'addressed', 'all'] as const;

/** What somebody chose to see. */
export interface Filters {
  readonly shown: (typeof SHOWN)[number];
  readonly noteType: Schemas['NoteType'] | '';
  readonly priority: Schemas['NotePriority'] | '';
  readonly category: string;
  readonly person: Schemas['PersonRef'] | undefined;
  readonly search: string;
}

export const NO_FILTERS: Filters = { shown: 'open', noteType: '', priority: '', category: '', person: undefined, search: '' };

/** Notes, newest first, as far as they were read. */
export interface Loaded {
  readonly notes: readonly QuickNote[];
  /** How many there are, read or not. */
  readonly total: number;
}

const PAGE = 100;

/** How many of the filters behind the button are set. */
export function narrowings({ noteType, priority, category, person }: Filters): number {
  return [noteType, priority, category, person].filter(Boolean).length;
}

/** @param agentId the person that the page asks for; wins over the one that was chosen */
export function toQuery(filters: Filters, agentId: number | undefined): Query {
  const about = agentId ?? filters.person?.id;
  return {
    ...(about === undefined ? {} : { agentId: about }),
    ...(filters.shown === 'all' ? {} : { addressed: filters.shown === 'addressed' }),
    ...(filters.noteType ? { noteType: filters.noteType } : {}),
    ...(filters.priority ? { priority: filters.priority } : {}),
    ...(filters.category ? { category: filters.category } : {}),
    ...(filters.search ? { search: filters.search } : {}),
  };
}

/** Whether a note belongs in the list; undefined where words are searched for, which only the server compares. */
export function fits(note: QuickNote, query: Query): boolean | undefined {
  const belongs =
    (query.agentId === undefined || query.agentId === note.agentId) &&
    (query.addressed === undefined || query.addressed === (note.addressedAt !== null)) &&
    (query.noteType === undefined || query.noteType === note.noteType) &&
    (query.priority === undefined || query.priority === note.priority) &&
    (query.category === undefined || query.category === note.category);
  return belongs && query.search ? undefined : belongs;
}

/** Puts a note where its moment says, or in the place of its older self. */
export function withNote({ notes, total }: Loaded, note: QuickNote): Loaded {
  if (notes.some(({ id }) => id === note.id)) return { notes: notes.map((other) => (other.id === note.id ? note : other)), total };
  const at = notes.findIndex((other) => other.createdAt < note.createdAt || (other.createdAt === note.createdAt && other.id < note.id));
  // Older than all that was read, with more to come: it comes with them.
  if (at < 0 && notes.length < total) return { notes, total: total + 1 };
  return { notes: at < 0 ? [...notes, note] : notes.toSpliced(at, 0, note), total: total + 1 };
}

export function withoutNote({ notes, total }: Loaded, id: string): Loaded {
  const left = notes.filter((note) => note.id !== id);
  return { notes: left, total: total - (notes.length - left.length) };
}

/** The newest notes, at least `count` of them where there are so many. */
export async function loadNotes(client: SidelineClient, query: Query, count: number, signal: AbortSignal): Promise<Loaded> {
  let loaded = await ask(client, query, signal);
  while (loaded.notes.length < Math.min(count, loaded.total)) {
    const next = await olderNotes(client, query, loaded, signal);
    if (next.notes.length === loaded.notes.length) break;
    loaded = next;
  }
  return loaded;
}

/** With the notes that follow. By their moment and not by page number: what arrives meanwhile must not shift them. */
export async function olderNotes(client: SidelineClient, query: Query, { notes, total }: Loaded, signal?: AbortSignal): Promise<Loaded> {
  const last = notes.at(-1);
  if (!last) return { notes, total };
  const { notes: found } = await ask(client, { ...query, to: last.createdAt }, signal);
  const known = new Set(notes.map(({ id }) => id));
  return { notes: [...notes, ...found.filter(({ id }) => !known.has(id))], total };
}

async function ask(client: SidelineClient, query: Query & { to?: string }, signal: AbortSignal | undefined): Promise<Loaded> {
  const options = signal ? { signal } : {};
  const page = await body(client.http.GET('/api/quick-notes', { params: { query: { ...query, limit: PAGE } }, ...options }));
  return { notes: page.quickNotes, total: page.pagination.total };
}
