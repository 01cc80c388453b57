import { defineHandlers } from '../http/handler.ts';
import { presentPerson, presentQuickStats } from './quick-stats.presenter.ts';
import type { QuickStatsService } from './quick-stats.service.ts';

export type QuickStatsOperations = 'getQuickStats' | 'listQuickStatsPeople';

export const quickStatsRoutes = (stats: QuickStatsService) =>
  defineHandlers<QuickStatsOperations>({
    getQuickStats: async ({ principal, query }) => {
      const found = await stats.stats(principal, query);
      return { status: 200, body: presentQuickStats(found) };
    },
    listQuickStatsPeople: async ({ principal, query: { page = 1, limit = 20, ...request } }) => {
      const { rows, total } = await stats.people(principal, request, page, limit);
      return { status: 200, body: { data: rows.map(presentPerson), meta: { total, page, limit, totalPages: Math.ceil(total / limit) } } };
    },
  });
