import { badRequest } from '../../errors/problem.ts';
import { rooms } from '../../events/event.ts';
import type { SentVersions } from '../../realtime/sent-versions.ts';
import type { AnySocketHandler, EnteringHandler, LeavingHandler, SocketHandler } from '../../realtime/socket-handler.ts';

interface Versioned {
  readonly id: string;
  readonly versions: Readonly<Record<string, number>>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** As it is stored, and as rooms are named. */
const normal = (id: unknown): unknown => (typeof id === 'string' ? id.toLowerCase() : id);

const join: EnteringHandler = {
  event: 'join-session',
  twin: 'getCoachingSessionDocument',
  inTurn: true,
  toRequest: ({ sessionId }) => ({ params: { id: normal(sessionId) }, body: {} }),
  answered: (answer, _request, sent) => {
    const { id, versions } = (answer as { session: Versioned }).session;
    sent.note(id, versions);
  },
  enters: ({ id }) => (typeof id === 'string' && UUID.test(id) ? rooms.session(id) : undefined),
  named: { id: 'sessionId' },
  withVisitors: (answer, present) => ({ ...(answer as object), present }),
};

const leave: LeavingHandler = {
  event: 'leave-session',
  inTurn: true,
  leaves: ({ sessionId }) => {
    const id = normal(sessionId);
    if (typeof id === 'string' && UUID.test(id)) return rooms.session(id);
    throw badRequest('validation_failed', '/body/sessionId must be the id of a session.', [{ path: '/body/sessionId', message: 'must be the id of a session' }]);
  },
};

const update: SocketHandler = {
  event: 'session:update',
  twin: 'updateCoachingSessionDocument',
  inTurn: true,
  named: { id: 'sessionId' },
  toRequest: ({ sessionId, versions, ...rest }, sent) => {
    const id = normal(sessionId);
    const asSent = { ...rest, ...(versions === undefined ? {} : { versions }) };
    return { params: { id }, body: { ...rest, versions: madeOn(id, rest['updates'], versions, sent) }, asSent };
  },
  answered: (answer, { params }, sent) => {
    const { applied, refused } = answer as { applied: Record<string, number>; refused: Record<string, { version: number }> };
    const versions = Object.entries(refused).map(([field, { version }]) => [field, version] as const);
    sent.note(String(params?.['id']), { ...applied, ...Object.fromEntries(versions) });
  },
};

/** Of every field that is written: what the message says, else what was last sent to the socket. */
function madeOn(id: unknown, updates: unknown, given: unknown, sent: SentVersions): unknown {
  if (given !== undefined && !isObject(given)) return given;
  const known = typeof id === 'string' ? sent.of(id) : {};
  const written = Object.entries(known).filter(([field]) => isObject(updates) && field in updates);
  return { ...Object.fromEntries(written), ...given };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

export const liveSocketHandlers: readonly AnySocketHandler[] = [join, leave, update];
