import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import { saveFile } from '../shared/save-file.ts';
import { decides, hasOpenDispute, isAhead, type Session } from './session-model.ts';

type Schemas = components['schemas'];
type Me = Schemas['Me'];

/** Somebody's sessions: those that run, those ahead, the soonest first, and those that are over, the latest first. */
export interface Sessions {
  readonly ahead: readonly Session[];
  readonly past: readonly Session[];
  /** Where a dispute waits for the reader's decision, the earliest first; of all people, where no one is named. */
  readonly toDecide: readonly Session[];
  /** Whether there are more of them than were asked for. */
  readonly more: Readonly<Record<SessionsPart, boolean>>;
}

export type SessionsPart = 'ahead' | 'past';

/** How many of each are asked for. */
export type Wanted = Readonly<Record<SessionsPart, number>>;

export const FIRST_WANTED: Wanted = { ahead: 20, past: 10 };
const PAGE = 50;

/** A good deal more of one part than there was. */
export const wantMore = (wanted: Wanted, part: SessionsPart): Wanted => ({ ...wanted, [part]: Math.floor(wanted[part] / PAGE) * PAGE + PAGE });

/** @param agentId whose sessions; one's own, held or attended, when left out */
export async function loadSessions(client: SidelineClient, me: Me, agentId: number | undefined, wanted: Wanted, signal: AbortSignal): Promise<Sessions> {
  const who = agentId === undefined ? (me.agent.role === 'cs' ? { agentId: me.agent.id } : { facilitatorId: me.agent.id }) : { agentId };
  const page = (query: object): Promise<Schemas['CoachingSessionPage']> => body(client.http.GET('/api/coaching-sessions', { params: { query: { ...who, ...query } }, signal }));
  const ask = async (query: object, count: number): Promise<{ data: Session[]; more: boolean }> => {
    const limit = Math.min(count, PAGE);
    const pages = await Promise.all(Array.from({ length: Math.ceil(count / limit) }, (_, index) => page({ ...query, limit, page: index + 1 })));
    const data = pages.flatMap((answer) => answer.data);
    return { data, more: (pages[0]?.meta.total ?? 0) > data.length };
  };
  const mayDecide = agentId === undefined && me.agent.role !== 'cs';
  const [live, ahead, unanswered, past, toDecide] = await Promise.all([
    ask({ status: ['live'], order: 'earliest' }, PAGE),
    ask({ status: ['scheduled', 'preparing'], order: 'earliest' }, wanted.ahead),
    // What waits for an answer of one's own is never beyond the last page.
    'agentId' in who && who.agentId === me.agent.id ? ask({ status: ['completed'], acknowledgement: 'pending' }, PAGE) : { data: [] },
    ask({ status: ['completed', 'cancelled', 'no_show'] }, wanted.past),
    mayDecide ? body(client.http.GET('/api/coaching-sessions', { params: { query: { toDecide: true, order: 'earliest', limit: PAGE } }, signal })) : { data: [] },
  ]);
  return {
    ahead: [...live.data, ...ahead.data],
    past: [...new Map([...unanswered.data, ...past.data].map((session) => [session.id, session])).values()].sort(latestFirst),
    toDecide: toDecide.data,
    more: { ahead: ahead.more, past: past.more },
  };
}

export const loadSession = (client: SidelineClient, id: string, signal?: AbortSignal): Promise<Session> =>
  body(client.http.GET('/api/coaching-sessions/{id}', { params: { path: { id } }, ...(signal ? { signal } : {}) }));

const latestFirst = (a: Session, b: Session): number => b.scheduledAt.localeCompare(a.scheduledAt);
/** What runs comes first, whenever it was planned for. */
const liveAndSoonestFirst = (a: Session, b: Session): number => Number(b.status === 'live') - Number(a.status === 'live') || a.scheduledAt.localeCompare(b.scheduledAt);

/** Puts a session where it belongs in the lists. */
export function withSession({ ahead, past, toDecide, more }: Sessions, session: Session): Sessions {
  const others = (list: readonly Session[]): Session[] => list.filter(({ id }) => id !== session.id);
  return isAhead(session)
    ? { ahead: [...others(ahead), session].sort(liveAndSoonestFirst), past: others(past), toDecide, more }
    : { ahead: others(ahead), past: [...others(past), session].sort(latestFirst), toDecide, more };
}

/** Puts a session among those that wait for a decision, or takes it from there once it is decided. */
export function withDecision(sessions: Sessions, session: Session, me: Me): Sessions {
  const known = sessions.toDecide.some(({ id }) => id === session.id);
  const waits = decides(me, session) || (known && hasOpenDispute(session));
  if (!known && !waits) return sessions;
  const others = sessions.toDecide.filter(({ id }) => id !== session.id);
  return { ...sessions, toDecide: waits ? [...others, session].sort((a, b) => a.scheduledAt.localeCompare(b.scheduledAt)) : others };
}

/** Saves the calendar file of a session. @throws ApiError */
export async function saveCalendar(client: SidelineClient, { id }: Session): Promise<void> {
  const text = await body(client.http.GET('/api/coaching-sessions/{id}/calendar.ics', { params: { path: { id } }, parseAs: 'text' }));
  saveFile(new Blob([text], { type: 'text/calendar' }), 'coaching-session.ics');
}
