import type { Principal } from '../auth/principal.ts';
import { notFound, unprocessable } from '../errors/problem.ts';

/**
 * About whom of a session's attendees something is asked: the one that is named; without a name yourself, or the only one.
 *
 * @throws Problem 404 (no attendee), 422 (several are meant)
 */
export function attendeeOf(attendeeIds: readonly number[], by: Principal, asked: number | undefined): number {
  if (asked !== undefined) {
    if (!attendeeIds.includes(asked)) throw notFound('Agent');
    return asked;
  }
  const [first, ...others] = attendeeIds;
  if (attendeeIds.includes(by.agentId)) return by.agentId;
  if (first !== undefined && others.length === 0) return first;
  throw unprocessable('agent_required', 'The session has several attendees: say whom you mean.', [{ path: '/query/agentId', message: 'The attendee is missing.' }]);
}
