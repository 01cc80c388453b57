import { defineHandlers, etag, expectedVersion, pageMeta } from '../http/handler.ts';
import { presentSessionRequest } from './session-request.presenter.ts';
import type { SessionRequestsService } from './session-requests.service.ts';

export type SessionRequestsOperations =
  | 'listSessionRequests' | 'createSessionRequest' | 'getSessionRequest' | 'declineSessionRequest' | 'withdrawSessionRequest';

export const sessionRequestsRoutes = (requests: SessionRequestsService) =>
  defineHandlers<SessionRequestsOperations>({
    listSessionRequests: async ({ principal, query: { page = 1, limit = 20, ...filters } }) => {
      const { rows, total } = await requests.list(principal, filters, page, limit);
      return { status: 200, body: { data: rows.map(presentSessionRequest), meta: pageMeta(total, page, limit) } };
    },
    createSessionRequest: async ({ principal, body }) => {
      const request = await requests.create(principal, body);
      return { status: 201, body: presentSessionRequest(request), headers: { ...etag(request.version), Location: `/api/session-requests/${request.id}` } };
    },
    getSessionRequest: async ({ principal, params }) => answer(await requests.get(principal, params.id)),
    declineSessionRequest: async ({ principal, params, body, headers }) => answer(await requests.decline(principal, params.id, body.reason, expectedVersion(headers))),
    withdrawSessionRequest: async ({ principal, params, headers }) => answer(await requests.withdraw(principal, params.id, expectedVersion(headers))),
  });

const answer = (request: Awaited<ReturnType<SessionRequestsService['get']>>) => ({ status: 200 as const, body: presentSessionRequest(request), headers: etag(request.version) });
