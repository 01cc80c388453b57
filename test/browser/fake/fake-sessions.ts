import * as session from '../../../widgets/session/session.fixtures.ts';
import type { Agent } from '../../../widgets/gallery/fixtures.ts';
import type { SessionRequest } from '../../../widgets/session-requests/requests.fixtures.ts';
import { paged, problem, type Answer, type Request } from './answer.ts';

/** What of the stand-in sessions are about. */
interface Booked {
  person: Agent;
  notes: Parameters<typeof session.preparation>[0];
  sessions: readonly session.Session[];
  sessionRequests: readonly SessionRequest[];
}

/** What a deed makes of a session; each in its own status alone, as the server has it. */
const deeds: Record<string, { from: readonly session.Session['status'][]; fields: (body: Record<string, unknown>) => Partial<session.Session> }> = {
  prepare: { from: ['scheduled'], fields: () => ({ status: 'preparing' }) },
  start: { from: ['scheduled', 'preparing'], fields: () => ({ status: 'live', startedAt: new Date().toISOString() }) },
  cancel: { from: ['scheduled', 'preparing', 'live'], fields: ({ reason }) => ({ status: 'cancelled', cancelReason: String(reason) }) },
  'no-show': { from: ['scheduled', 'preparing'], fields: () => ({ status: 'no_show' }) },
};

/** `/api/coaching-sessions`: its list and the scheduling of a new one. */
export function sessions(api: Booked, { method, query, body }: Request): Answer {
  if (method === 'POST') return [201, scheduled(api, body as Partial<session.Session>)];
  const statuses = query.getAll('status');
  const [agentId, facilitatorId] = [query.get('agentId'), query.get('facilitatorId')];
  const found = api.sessions.filter(({ status, attendees, facilitator }) =>
    (query.get('toDecide') === null || attendees.some(({ acknowledgement }) => acknowledgement?.dispute?.outcome === null)) &&
    (statuses.length === 0 || statuses.includes(status)) &&
    (agentId === null || attendees.some(({ id }) => id === Number(agentId))) &&
    (facilitatorId === null || facilitator.id === Number(facilitatorId)));
  const inOrder = found.toSorted((a, b) => a.scheduledAt.localeCompare(b.scheduledAt));
  if (query.get('order') !== 'earliest') inOrder.reverse();
  const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 20)];
  return [200, { data: inOrder.slice((page - 1) * limit, page * limit), meta: { total: found.length, page, limit, totalPages: Math.ceil(found.length / limit) } }];
}

/** One session, what belongs to it, and what is done with it. */
export function oneSession(api: Booked, { method, path, uuid, headers, body }: Request): Answer {
  const found = api.sessions.find(({ id }) => id === uuid);
  if (!found) return [404, problem(404)];
  if (method === 'PUT' && headers['if-match'] !== `"${found.version}"`) return [412, problem(412)];
  const part = /[^/]+\/([^/]+)$/.exec(path.slice('/api/coaching-sessions'.length))?.[1];
  if (part === 'preparation') return [200, session.preparation(api.notes)];
  if (part === 'document') return [200, session.joined(found)];
  if (part === 'comments') return [200, paged(session.comments)];
  if (part === 'agenda') return [201, becomes(api, found, { agenda: [...found.agenda, { ...session.agenda[0]!, id: crypto.randomUUID(), addedBy: api.person.id, ...(body as object) }] })];
  const deed = part === undefined ? undefined : deeds[part];
  if (deed && !deed.from.includes(found.status)) return [409, problem(409, `This session is ${found.status}.`)];
  return [200, deed ? becomes(api, found, deed.fields((body ?? {}) as Record<string, unknown>)) : method === 'PUT' ? becomes(api, found, body as Partial<session.Session>) : found];
}

function scheduled(api: Booked, data: Partial<session.Session>): session.Session {
  const id = '01890000-0000-7000-b000-000000000777';
  const made = { ...session.aSession(777), ...data, id };
  const request = api.sessionRequests.find((other) => other.id === data.requestId);
  if (request) api.sessionRequests = api.sessionRequests.map((other) => (other === request ? { ...other, status: 'scheduled', sessionId: id, answeredAt: new Date().toISOString(), answeredBy: { id: api.person.id, name: api.person.fullName }, version: other.version + 1 } : other));
  api.sessions = [...api.sessions, made];
  return made;
}

function becomes(api: Booked, before: session.Session, fields: Partial<session.Session>): session.Session {
  const now = { ...before, ...fields, version: before.version + 1 };
  api.sessions = api.sessions.map((other) => (other === before ? now : other));
  return now;
}
