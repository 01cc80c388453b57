import type { Clock } from '../db/clock.ts';
import { defineHandlers, pageMeta } from '../http/handler.ts';
import { presentKey } from './key.presenter.ts';
import type { KeysService } from './keys.service.ts';

export type KeysOperations = 'listApiKeys' | 'createApiKey' | 'getApiKey' | 'revokeApiKey';

export const keysRoutes = (keys: KeysService, clock: Clock) =>
  defineHandlers<KeysOperations>({
    listApiKeys: async ({ query: { page = 1, limit = 20 } }) => {
      const { rows, total } = await keys.list(page, limit);
      return { status: 200, body: { data: rows.map((row) => presentKey(row, clock.now())), meta: pageMeta(total, page, limit) } };
    },
    createApiKey: async ({ principal, body }) => {
      const { row, key } = await keys.create(principal, body);
      return { status: 201, body: { ...presentKey(row, clock.now()), key }, headers: { Location: `/api/keys/${row.id}` } };
    },
    getApiKey: async ({ params }) => ({ status: 200, body: presentKey(await keys.get(params.id), clock.now()) }),
    revokeApiKey: async ({ principal, params }) => {
      await keys.revoke(principal, params.id);
      return { status: 204, body: undefined };
    },
  });
