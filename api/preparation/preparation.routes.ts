import { defineHandlers } from '../http/handler.ts';
import { presentPreparation } from './preparation.presenter.ts';
import type { PreparationService } from './preparation.service.ts';

export type PreparationOperations = 'getSessionPreparation';

export const preparationRoutes = (preparations: PreparationService) =>
  defineHandlers<PreparationOperations>({
    getSessionPreparation: async ({ principal, params, query }) => ({ status: 200, body: presentPreparation(await preparations.get(principal, params.id, query.agentId)) }),
  });
