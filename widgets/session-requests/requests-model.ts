import type { components } from '../../api/http/contract.types.ts';
import type { SidelineClient } from '../provider/client.ts';
import { body } from '../shared/api-error.ts';

export type SessionRequest = components['schemas']['SessionRequest'];

/** Requests in one's scope, in the order in which they are shown. */
export interface Loaded {
  readonly requests: readonly SessionRequest[];
}

/** Answered ones are kept in sight for a while: so many of the latest. */
const ANSWERED_SHOWN = 10;
const OPEN_SHOWN = 100;

/** Late by the clock of whoever looks: no event says that time has passed. */
export const isLate = ({ status, answerDueAt }: SessionRequest, now: number): boolean => status === 'open' && Date.parse(answerDueAt) <= now;

/** @param agentId one person's only */
export async function loadRequests(client: SidelineClient, agentId: number | undefined, signal: AbortSignal): Promise<Loaded> {
  const ask = async (limit: number, status?: 'open'): Promise<SessionRequest[]> => {
    const query = { limit, ...(status ? { status } : {}), ...(agentId === undefined ? {} : { agentId }) };
    return (await body(client.http.GET('/api/session-requests', { params: { query }, signal }))).data;
  };
  // Open ones come first, so that the answered ones of the first page are the latest only where few are open.
  const [open, all] = await Promise.all([ask(OPEN_SHOWN, 'open'), ask(OPEN_SHOWN)]);
  return { requests: inOrder([...open, ...all.filter(({ status }) => status !== 'open')]) };
}

/** Takes a request in, in its place, or in the place of its older self. A later version wins, whichever comes first. */
export function withRequest({ requests }: Loaded, request: SessionRequest): Loaded {
  const known = requests.find(({ id }) => id === request.id);
  if (known && known.version > request.version) return { requests };
  return { requests: inOrder([...requests.filter(({ id }) => id !== request.id), request]) };
}

/** Open ones first, the most pressing on top; then the latest answers. */
function inOrder(requests: readonly SessionRequest[]): SessionRequest[] {
  const open = requests.filter(({ status }) => status === 'open').sort((a, b) => order(a.answerDueAt, b.answerDueAt) || order(a.id, b.id));
  const answered = requests.filter(({ status }) => status !== 'open').sort((a, b) => order(b.answeredAt ?? '', a.answeredAt ?? ''));
  return [...open, ...answered.slice(0, ANSWERED_SHOWN)];
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What `datetime-local` holds, as an instant; undefined where it is empty, or over. */
export function futureInstant(local: string, now: number): string | undefined {
  const at = new Date(local).getTime();
  return Number.isNaN(at) || at <= now ? undefined : new Date(at).toISOString();
}

/** An instant as `datetime-local` takes it: the reader's own wall clock, to the minute. */
export function localTime(instant: string): string {
  const at = new Date(instant);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
