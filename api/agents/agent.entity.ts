import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { Role } from '../auth/principal.ts';

export type OnlineStatus = 'online' | 'offline' | 'away' | 'busy';

/** A person: the columns that are edited one at a time. Figures and status are written by their own rooms. */
export const AgentEntity = defineEntity({
  name: 'Agent',
  tableName: 'agents',
  properties: {
    id: p.integer().primary(),
    username: p.string(),
    email: p.string(),
    passwordHash: p.string().default('!'),
    mustChangePassword: p.boolean().default(false),
    role: p.string().$type<Role>(),
    isActive: p.boolean().default(true),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
    fullName: p.string(),
    phone: p.string().nullable(),
    department: p.string(),
    teamId: p.uuid().nullable(),
    onlineStatus: p.string().$type<OnlineStatus>().default('offline'),
    statusSince: p.datetime(),
  },
});
export type AgentRecord = InferEntity<typeof AgentEntity>;
