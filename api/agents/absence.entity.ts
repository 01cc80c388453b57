import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export type AbsenceKind = 'leave' | 'sick' | 'training' | 'other';

/** Whole business days on which a person is not there; both ends included. */
export const AbsenceEntity = defineEntity({
  name: 'Absence',
  tableName: 'absences',
  properties: {
    id: p.uuid().primary(),
    agentId: p.integer(),
    kind: p.string().$type<AbsenceKind>(),
    startsOn: p.date(),
    endsOn: p.date(),
    comment: p.string().nullable(),
    createdBy: p.integer().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type AbsenceRecord = InferEntity<typeof AbsenceEntity>;
