import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';
import type { Session } from './session-model.ts';

type Me = components['schemas']['Me'];

/** Somebody's sessions: those ahead, the soonest first, and the latest that are over. */
export interface Sessions {
  readonly ahead: readonly Session[];
  readonly past: readonly Session[];
}

const AHEAD = 20;
const PAST = 10;

/** @param agentId whose sessions; one's own, held or attended, when left out */
export async function loadSessions(client: SidelineClient, me: Me, agentId: number | undefined, signal: AbortSignal): Promise<Sessions> {
  const who = agentId === undefined ? (me.agent.role === 'cs' ? { agentId: me.agent.id } : { facilitatorId: me.agent.id }) : { agentId };
  const ask = (query: object): Promise<{ data: Session[] }> => body(client.http.GET('/api/coaching-sessions', { params: { query: { ...who, ...query } }, signal }));
  const [ahead, past] = await Promise.all([
    ask({ status: ['scheduled', 'preparing', 'live'], order: 'earliest', limit: AHEAD }),
    ask({ status: ['completed', 'cancelled', 'no_show'], limit: PAST }),
  ]);
  return { ahead: ahead.data, past: past.data };
}

export const loadSession = (client: SidelineClient, id: string, signal?: AbortSignal): Promise<Session> =>
  body(client.http.GET('/api/coaching-sessions/{id}', { params: { path: { id } }, ...(signal ? { signal } : {}) }));

/** Puts a session where it belongs in the lists. */
export function withSession({ ahead, past }: Sessions, session: Session): Sessions {
  const others = (list: readonly Session[]): Session[] => list.filter(({ id }) => id !== session.id);
  const isAhead = session.status === 'scheduled' || session.status === 'preparing' || session.status === 'live';
  return {
    ahead: isAhead ? [...others(ahead), session].sort((a, b) => a.scheduledAt.localeCompare(b.scheduledAt)) : others(ahead),
    past: isAhead ? others(past) : [...others(past), session].sort((a, b) => b.scheduledAt.localeCompare(a.scheduledAt)),
  };
}

/** Saves the calendar file of a session. @throws ApiError */
export async function saveCalendar(client: SidelineClient, { id }: Session): Promise<void> {
  const text = await body(client.http.GET('/api/coaching-sessions/{id}/calendar.ics', { params: { path: { id } }, parseAs: 'text' }));
  const url = URL.createObjectURL(new Blob([text], { type: 'text/calendar' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'coaching-session.ics';
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
