import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const TeamEntity = defineEntity({
  name: 'Team',
  tableName: 'teams',
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    department: p.string(),
    isActive: p.boolean().default(true),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type TeamRecord = InferEntity<typeof TeamEntity>;
