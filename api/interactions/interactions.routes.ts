import { defineHandlers } from '../http/handler.ts';
import type { InteractionsService } from './interactions.service.ts';

export type InteractionsOperations = 'listInteractions' | 'getInteraction';

export const interactionsRoutes = (interactions: InteractionsService) =>
  defineHandlers<InteractionsOperations>({
    listInteractions: async ({ principal, query: { cursor, limit = 50, ...filters } }) => {
      const { rows, total, nextCursor } = await interactions.list(principal, filters, cursor, limit);
      return { status: 200, body: { data: [...rows], meta: { total, limit, nextCursor } } };
    },
    getInteraction: async ({ principal, params }) => {
      const interaction = await interactions.get(principal, params.id);
      return { status: 200, body: interaction };
    },
  });
