import { presentAgentTo } from '../agents/agent.presenter.ts';
import { defineHandlers, etag, pageMeta } from '../http/handler.ts';
import type { LedgerService } from './ledger.service.ts';
import { presentPresence } from './presence.presenter.ts';
import type { PresenceService } from './presence.service.ts';
import type { SessionsService } from './sessions.service.ts';

export type PresenceOperations = 'updateAgentStatus' | 'getPresence' | 'correctPresence' | 'listAgentSessions' | 'listStatusReasons';

export const presenceRoutes = ({ presence, ledger, sessions }: { presence: PresenceService; ledger: LedgerService; sessions: SessionsService }) =>
  defineHandlers<PresenceOperations>({
    updateAgentStatus: async ({ principal, params, body }) => {
      const row = await presence.setStatus(principal, params.id, body.status, body.reason ?? null, body.reasonCode ?? null);
      return { status: 200, body: presentAgentTo(principal, row), headers: etag(row.version) };
    },
    getPresence: async ({ principal, params, query }) => ({ status: 200, body: presentPresence(await ledger.read(principal, params.id, query.from, query.to)) }),
    correctPresence: async ({ principal, params, body }) => ({ status: 201, body: await ledger.correct(principal, params.id, body) }),
    listAgentSessions: async ({ principal, params, query: { active, page = 1, limit = 20 } }) => {
      const { rows, total } = await sessions.list(principal, params.id, { active }, { page, limit });
      return { status: 200, body: { data: rows, meta: pageMeta(total, page, limit) } };
    },
    listStatusReasons: async ({ params }) => ({ status: 200, body: await presence.reasonsFor(params.id) }),
  });
