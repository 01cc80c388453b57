import { presentAgentTo } from '../agents/agent.presenter.ts';
import { defineHandlers, etag } from '../http/handler.ts';
import type { PresenceService } from './presence.service.ts';

export const presenceRoutes = (presence: PresenceService) =>
  defineHandlers<'updateAgentStatus'>({
    updateAgentStatus: async ({ principal, params, body }) => {
      const row = await presence.setStatus(principal, params.id, body.status, body.reason ?? null, body.reasonCode ?? null);
      return { status: 200, body: presentAgentTo(principal, row), headers: etag(row.version) };
    },
  });
