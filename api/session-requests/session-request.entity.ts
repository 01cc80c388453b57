import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export type SessionRequestStatus = 'open' | 'scheduled' | 'declined' | 'withdrawn';

/** Somebody asks those who lead them for a session. */
export const SessionRequestEntity = defineEntity({
  name: 'SessionRequest',
  tableName: 'session_requests',
  properties: {
    id: p.uuid().primary(),
    agentId: p.integer(),
    topic: p.string(),
    message: p.text().nullable(),
    /** Instants, ISO 8601 in UTC. */
    preferredTimes: p.json<readonly string[]>(),
    status: p.string().$type<SessionRequestStatus>(),
    answerDueAt: p.datetime(),
    answeredAt: p.datetime().nullable(),
    answeredBy: p.integer().nullable(),
    declineReason: p.text().nullable(),
    sessionId: p.uuid().nullable(),
    /** When leaders were told that the answer is late. */
    lateReportedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type SessionRequestRecord = InferEntity<typeof SessionRequestEntity>;
