import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { MetricId } from '../performance/metric-definitions.ts';

export type GoalStatus = 'open' | 'reached' | 'missed' | 'dropped';

/** What somebody works towards over several sessions. */
export const GoalEntity = defineEntity({
  name: 'CoachingGoal',
  tableName: 'coaching_goals',
  properties: {
    id: p.uuid().primary(),
    agentId: p.integer(),
    title: p.string(),
    description: p.text().nullable(),
    metric: p.string().$type<MetricId>().nullable(),
    /** Both in the metric's unit; null without a metric. */
    startValue: p.decimal('number').nullable(),
    targetValue: p.decimal('number').nullable(),
    /** `YYYY-MM-DD` */
    dueDate: p.date().nullable(),
    status: p.string().$type<GoalStatus>(),
    outcome: p.text().nullable(),
    closedAt: p.datetime().nullable(),
    closedBy: p.integer().nullable(),
    createdBy: p.integer().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    version: p.integer().version(),
  },
});
export type GoalRecord = InferEntity<typeof GoalEntity>;
