import type { NewNotification } from '../notifications/notifications.service.ts';
import type { SessionRequestRow } from './session-request.repository.ts';

type Told = Omit<NewNotification, 'to'>;

/** For those who lead the person. */
export const requested = (request: SessionRequestRow): Told => ({
  type: 'session_requested',
  title: `${request.agentName} asks for a session`,
  message: `“${request.topic}”. An answer is due ${untilDay(request)}.`,
  data: dataOf(request),
});

/** For those who lead the person. */
export const late = (request: SessionRequestRow): Told => ({
  type: 'session_request_late',
  title: `${request.agentName} still waits for an answer`,
  message: `“${request.topic}”: the answer was due ${untilDay(request)}.`,
  data: dataOf(request),
});

/** For the person. */
export const declined = (request: SessionRequestRow): Told => ({
  type: 'session_request_declined',
  title: 'Your request for a session was declined',
  message: `“${request.topic}”: ${request.declineReason ?? ''}`,
  data: dataOf(request),
});

/** It may be read in any zone, so the instant is named in one that everybody knows. */
const untilDay = ({ answerDueAt }: SessionRequestRow): string => `by ${answerDueAt.slice(0, 10)}, ${answerDueAt.slice(11, 16)} UTC`;

const dataOf = ({ id, agentId, agentName, topic, answerDueAt, declineReason }: SessionRequestRow): Record<string, unknown> => ({ requestId: id, agentId, agentName, topic, answerDueAt, declineReason });
