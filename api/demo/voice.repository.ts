import type { Db } from '../db/db.ts';
import type { DemoIds } from './demo.repository.ts';
import { insertRows, instants, type Column } from './insert-rows.sql.ts';
import type { PlannedVoice } from './voice-plan.ts';

const TEMPLATE_COLUMNS: readonly Column[] = [
  ['id', 'uuid'], ['kind', 'text'], ['name', 'text'], ['description', 'text'], ['content', 'jsonb'], ['created_by', 'int'], ['*created_at', 'float8'], ['*updated_at', 'float8'],
];
const GOAL_COLUMNS: readonly Column[] = [
  ['id', 'uuid'], ['agent_id', 'int'], ['title', 'text'], ['description', 'text'], ['metric', 'text'], ['start_value', 'numeric'], ['target_value', 'numeric'], ['due_date', 'date'],
  ['status', 'text'], ['outcome', 'text'], ['closed_by', 'int'], ['created_by', 'int'], ['*closed_at', 'float8'], ['*created_at', 'float8'], ['*updated_at', 'float8'],
];
const REQUEST_COLUMNS: readonly Column[] = [
  ['id', 'uuid'], ['agent_id', 'int'], ['topic', 'text'], ['message', 'text'], ['preferred_times', 'jsonb'], ['status', 'text'], ['decline_reason', 'text'], ['answered_by', 'int'],
  ['*answer_due_at', 'float8'], ['*answered_at', 'float8'], ['*created_at', 'float8'], ['*updated_at', 'float8'],
];

/** What the demo's people may begin from, work towards and ask for. */
export async function insertVoice(db: Db, { templates, goals, requests }: PlannedVoice, { people }: DemoIds): Promise<void> {
  const manager = people.get('manager');
  await insertRows(db, 'coaching_templates', TEMPLATE_COLUMNS, templates.map(({ id, template, createdAt }) => [
    id, template.kind, template.name, template.description, JSON.stringify(template.content), manager, createdAt, createdAt,
  ]), { more: instants('created_at', 'updated_at') });
  await insertRows(db, 'coaching_goals', GOAL_COLUMNS, goals.map(({ id, goal, leader, createdAt, dueDate, closedAt }) => [
    id, people.get(goal.for), goal.title, goal.description, goal.metric ?? null, goal.from ?? null, goal.to ?? null, dueDate, goal.reached ? 'reached' : 'open',
    goal.reached?.outcome ?? null, goal.reached ? people.get(leader) : null, people.get(leader), closedAt, createdAt, closedAt ?? createdAt,
  ]), { more: instants('closed_at', 'created_at', 'updated_at') });
  await insertRows(db, 'session_requests', REQUEST_COLUMNS, requests.map(({ id, request, leader, createdAt, dueAt, answeredAt, suits }) => [
    id, people.get(request.by), request.topic, request.message ?? null, JSON.stringify(suits), request.declined === undefined ? 'open' : 'declined', request.declined ?? null,
    answeredAt === null ? null : people.get(leader), dueAt, answeredAt, createdAt, answeredAt ?? createdAt,
  ]), { more: instants('answer_due_at', 'answered_at', 'created_at', 'updated_at') });
}
