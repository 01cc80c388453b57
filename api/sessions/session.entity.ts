import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export type SessionKind = 'one_to_one' | 'group';
export type SessionStatus = 'scheduled' | 'preparing' | 'live' | 'completed' | 'cancelled' | 'no_show';
export type PreparationStatus = 'none' | 'pending' | 'ready';
export type AgendaSource = 'leader' | 'agent' | 'note' | 'preparation' | 'template';

/** What is to be talked about. */
export interface AgendaPoint {
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly source: AgendaSource;
  /** The note, template or finding it comes from. */
  readonly refId: string | null;
  readonly addedBy: number | null;
  readonly covered: boolean;
}

/** What somebody promised in a session. `dueOn` is a business day. */
export interface Commitment {
  readonly id: string;
  readonly text: string;
  readonly personId: number | null;
  readonly dueOn: string | null;
}

/** A coaching session and the document its participants share. Who attends is in rows of their own. */
export const SessionEntity = defineEntity({
  name: 'CoachingSession',
  tableName: 'coaching_sessions',
  properties: {
    id: p.uuid().primary(),
    kind: p.string().$type<SessionKind>(),
    /** Of a session with one person: that person. */
    agentId: p.integer().nullable(),
    facilitatorId: p.integer().fieldName('team_leader_id'),
    status: p.string().$type<SessionStatus>(),
    scheduledAt: p.datetime(),
    durationMinutes: p.integer(),
    remoteUrl: p.text().nullable(),
    focusMetrics: p.json().$type<readonly string[]>(),
    agenda: p.json().$type<readonly AgendaPoint[]>(),
    goalIds: p.array().columnType('uuid[]').$type<readonly string[]>(),
    templateId: p.uuid().nullable(),
    requestId: p.uuid().nullable(),
    previousSessionId: p.uuid().nullable(),
    followUpSessionId: p.uuid().nullable(),
    preparationStatus: p.string().$type<PreparationStatus>(),
    discussionNotes: p.text(),
    topicsCovered: p.json().$type<readonly string[]>(),
    engagementScore: p.smallint().nullable(),
    summary: p.text(),
    commitments: p.json().$type<readonly Commitment[]>(),
    fieldVersions: p.json().$type<Readonly<Record<string, number>>>(),
    cancelReason: p.text().nullable(),
    calendarSequence: p.integer(),
    createdBy: p.integer().nullable(),
    startedAt: p.datetime().nullable(),
    completedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type SessionRecord = InferEntity<typeof SessionEntity>;
