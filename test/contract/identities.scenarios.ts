import type { Scenarios } from './scenario.ts';

export const identitiesScenarios: Scenarios = {
  listIdentities: {
    valid: async (world) => {
      await world.identity(world.org.agent.id);
      return { as: world.org.leader, params: { id: world.org.agent.id } };
    },
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
  createIdentity: {
    valid: ({ org, next }) => ({ as: org.admin, params: { id: org.agent.id }, body: { system: 'twilio', externalId: `WK${next()}`, displayName: 'Ada (Flex)' } }),
    cases: [
      {
        status: 409,
        when: 'somebody else has the id in the system',
        request: async ({ app, org, next }) => {
          const body = { system: 'twilio', externalId: `WK${next()}` };
          await app.request(org.admin.token).post(`/api/agents/${org.colleague.id}/identities`).send(body).expect(201);
          return { as: org.admin, params: { id: org.agent.id }, body };
        },
      },
    ],
    about: { request: ({ next }, { id }) => ({ params: { id }, body: { system: 'genesys-eu', externalId: `g ${next()}` } }) },
  },
  deleteIdentity: {
    valid: async (world) => ({ as: world.org.admin, params: { id: world.org.agent.id, identityId: await world.identity(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id, identityId: await world.identity(id) } }) },
  },
};
