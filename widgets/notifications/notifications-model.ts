import type { components } from '../../api/http/contract.types.ts';
import type { SidelineEvents } from '../shared/events.ts';
import type { Locale } from '../shared/locale.ts';

type Schemas = components['schemas'];
export type Told = Schemas['StoredNotification'];
export type Item = Schemas['NotificationItem'];
export type Subject = SidelineEvents['sideline-open'];
export type Kind = 'sessions' | 'actions' | 'requests' | 'goals' | 'notes' | 'presence' | 'info' | 'success' | 'warning' | 'error';

/** What was told on one day. */
export interface Day {
  /** `YYYY-MM-DD`, by the reader's clock. */
  readonly date: string;
  readonly rows: readonly Told[];
}

/** Title or message with its moments as whoever reads it says them: the text has them in the zone of whoever was told. */
export function saidHere(text: string, { data }: Pick<Told, 'data'>, locale: Pick<Locale, 'instant' | 'shortDay'>): string {
  const times = (data['times'] as Schemas['SpokenTime'][] | undefined) ?? [];
  return times.reduce((said, time) => said.replaceAll(time.text, () => (time.as === 'day' ? locale.shortDay(time.at) : locale.instant(time.at))), text);
}

/** In days, in the order in which they come: newest first. */
export function byDay(rows: readonly Told[], dayOf: (iso: string) => string): Day[] {
  const days = new Map<string, Told[]>();
  for (const row of rows) {
    const date = dayOf(row.updatedAt);
    days.set(date, [...(days.get(date) ?? []), row]);
  }
  return [...days].map(([date, of]) => ({ date, rows: of }));
}

/** The first of these that a type begins with says what it is about; a type nobody knows is news. */
const KINDS: readonly (readonly [prefix: string, kind: Kind])[] = [
  ['session_request', 'requests'], ['session', 'sessions'], ['dispute', 'sessions'], ['acknowledge', 'sessions'], ['action', 'actions'],
  ['goal', 'goals'], ['note', 'notes'], ['presence', 'presence'], ['success', 'success'], ['warning', 'warning'], ['error', 'error'],
];

/** What a burst is a burst of counts. */
export function kindOf({ type, data }: Pick<Told, 'type' | 'data'>): Kind {
  const of = type === 'burst' && typeof data['of'] === 'string' ? data['of'] : type;
  return KINDS.find(([prefix]) => of.startsWith(prefix))?.[1] ?? 'info';
}

const SUBJECTS = [['session', 'sessionId'], ['action', 'actionItemId'], ['request', 'requestId'], ['goal', 'goalId'], ['note', 'noteId']] as const;

/** What can be opened from here: the first thing its data names, else the person it is about. */
export function subjectOf(notificationId: string, { type, data }: Pick<Told, 'type' | 'data'>): Subject | undefined {
  const agentId = typeof data['agentId'] === 'number' ? data['agentId'] : null;
  for (const [kind, field] of SUBJECTS) {
    const id = data[field];
    if (typeof id === 'string') return { kind, id, agentId, type, notificationId };
  }
  return agentId === null ? undefined : { kind: 'agent', id: String(agentId), agentId, type, notificationId };
}

/** What a burst or a digest stands for. */
export const itemsOf = ({ type, data }: Told): readonly Item[] => (type === 'burst' || type === 'digest' ? ((data['items'] as Item[] | undefined) ?? []) : []);

/** How many there are in it beyond those it shows. */
export const countOf = ({ data }: Told): number => (typeof data['count'] === 'number' ? data['count'] : 1);
