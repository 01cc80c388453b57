import { defineHandlers } from '../http/handler.ts';
import { presentEffect } from './effect.presenter.ts';
import type { EffectService } from './effect.service.ts';

export type EffectOperations = 'getSessionEffect';

export const effectRoutes = (effects: EffectService) =>
  defineHandlers<EffectOperations>({
    getSessionEffect: async ({ principal, params, query }) => ({ status: 200, body: presentEffect(await effects.effect(principal, params.id, query.agentId)) }),
  });
