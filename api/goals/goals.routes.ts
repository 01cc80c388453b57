import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import { presentGoal } from './goal.presenter.ts';
import type { GoalsService } from './goals.service.ts';

export type GoalsOperations = 'listGoals' | 'createGoal' | 'getGoal' | 'updateGoal';

export const goalsRoutes = (goals: GoalsService) =>
  defineHandlers<GoalsOperations>({
    listGoals: async ({ principal, query: { page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await goals.list(principal, filters, page, limit);
      return { status: 200, body: { data: rows.map(presentGoal), meta: pageMeta(total, page, limit) } };
    },
    createGoal: async ({ principal, body }) => {
      const goal = await goals.create(principal, body);
      return { status: 201, body: presentGoal(goal), headers: { ...etag(goal.version), Location: `/api/goals/${goal.id}` } };
    },
    getGoal: async ({ principal, params }) => {
      const goal = await goals.get(principal, params.id);
      return { status: 200, body: presentGoal(goal), headers: etag(goal.version) };
    },
    updateGoal: async ({ principal, params, body, headers }) => {
      const goal = await goals.update(principal, params.id, body, expectedVersion(headers));
      return { status: 200, body: presentGoal(goal), headers: etag(goal.version) };
    },
  });
