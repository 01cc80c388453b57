import { defineHandlers, pageMeta } from '../http/handler.ts';
import { presentFairness } from './fairness.presenter.ts';
import type { FairnessService } from './fairness.service.ts';

export type FairnessOperations = 'getFairness' | 'listFairnessRows';

export const fairnessRoutes = (fairness: FairnessService) =>
  defineHandlers<FairnessOperations>({
    getFairness: async ({ principal, query: { page = 1, limit = 100, ...request } }) => {
      return { status: 200, body: presentFairness(await fairness.fairness(principal, request, page, limit), page, limit) };
    },
    listFairnessRows: async ({ principal, query: { kind, leaderId, page = 1, limit = 100, ...request } }) => {
      const { rows, total } = await fairness.rows(principal, request, { kind, leaderId, page, limit });
      return { status: 200, body: { data: rows, meta: pageMeta(total, page, limit) } };
    },
  });
