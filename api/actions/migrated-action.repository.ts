import { sql, type Db } from '../db/db.ts';
import { RowSet } from '../db/row-set.ts';
import type { MetricId } from '../performance/metric-definitions.ts';
import type { ActionPriority, ActionStatus } from './action.entity.ts';

/** An action item of an old system. Instants are ISO 8601. */
export interface MigratedAction {
  readonly agentId: number;
  readonly assignedTo: number;
  readonly sessionId: string | null;
  readonly title: string;
  readonly description: string | null;
  /** `YYYY-MM-DD` */
  readonly dueDate: string;
  readonly priority: ActionPriority;
  readonly category: string | null;
  readonly status: ActionStatus;
  readonly targetMetric: MetricId | null;
  readonly targetValue: number | null;
  readonly createdBy: number;
  readonly completedAt: string | null;
  readonly createdAt: string;
  readonly source: string;
  readonly externalId: string;
}

export const actionRows = new RowSet<MigratedAction & { readonly id: string }>('action_items', {
  agentId: ['agent_id', 'int'], assignedTo: ['assigned_to', 'int'], sessionId: ['session_id', 'uuid'], title: ['title', 'text'], description: ['description', 'text'],
  dueDate: ['due_date', 'date'], priority: ['priority', 'text'], category: ['category', 'text'], status: ['status', 'text'], targetMetric: ['target_metric', 'text'],
  targetValue: ['target_value', 'numeric'], createdBy: ['created_by', 'int'], completedAt: ['completed_at', 'timestamptz'], createdAt: ['created_at', 'timestamptz'],
  source: ['source', 'text'], externalId: ['external_id', 'text'],
});

/** Whoever has been late for months need not hear today that they are. */
export async function nothingToSay(db: Db, ids: readonly string[], today: string, now: Date): Promise<void> {
  await db.run(sql`insert into action_reminders (action_item_id, kind, due_date, at)
    select i.id, k.kind, i.due_date, ${now} from action_items i cross join unnest(array['overdue', 'remind_before', 'remind_after']) as k(kind)
    where i.id = any(${[...ids]}::uuid[]) and i.due_date < ${today}::date on conflict do nothing`);
}
