import { defineHandlers } from '../http/handler.ts';
import { presentIdentity } from './identity.presenter.ts';
import type { IdentitiesService } from './identities.service.ts';

export type IdentitiesOperations = 'listIdentities' | 'createIdentity' | 'deleteIdentity';

export const identitiesRoutes = (identities: IdentitiesService) =>
  defineHandlers<IdentitiesOperations>({
    listIdentities: async ({ principal, params }) => ({ status: 200, body: { data: (await identities.list(principal, params.id)).map(presentIdentity) } }),
    createIdentity: async ({ principal, params, body }) => {
      const identity = await identities.create(principal, params.id, body);
      return { status: 201, body: presentIdentity(identity), headers: { Location: `/api/agents/${params.id}/identities/${identity.id}` } };
    },
    deleteIdentity: async ({ principal, params }) => {
      await identities.remove(principal, params.id, params.identityId);
      return { status: 204, body: undefined };
    },
  });
