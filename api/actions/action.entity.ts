import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { MetricId } from '../performance/metric-definitions.ts';

export type ActionStatus = 'open' | 'in_progress' | 'done' | 'cancelled';
export type ActionPriority = 'LOW' | 'MEDIUM' | 'HIGH';

/** Something to be done by a day, agreed about a person. */
export const ActionEntity = defineEntity({
  name: 'ActionItem',
  tableName: 'action_items',
  properties: {
    id: p.uuid().primary(),
    agentId: p.integer(),
    assignedTo: p.integer(),
    sessionId: p.uuid().nullable(),
    title: p.string(),
    description: p.text().nullable(),
    dueDate: p.date(),
    priority: p.string().$type<ActionPriority>(),
    category: p.string().nullable(),
    status: p.string().$type<ActionStatus>().default('open'),
    targetMetric: p.string().$type<MetricId>().nullable(),
    targetValue: p.decimal('number').nullable(),
    createdBy: p.integer(),
    completedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type ActionRecord = InferEntity<typeof ActionEntity>;
