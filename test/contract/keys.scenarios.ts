import type { Scenarios } from './scenario.ts';

const name = 'Ticket system';

export const keysScenarios: Scenarios = {
  listApiKeys: { valid: async (world) => {
    await world.key(['agents:read']);
    return { as: world.org.admin, query: { page: 1, limit: 5 } };
  } },
  createApiKey: {
    valid: ({ org }) => ({ as: org.admin, body: { name, scopes: ['interactions:write', 'agents:read'], expiresAt: '2100-01-01T00:00:00Z' } }),
    cases: [
      { status: 400, when: 'a scope is none', request: ({ org }) => ({ as: org.admin, body: { name, scopes: ['everything'] } }) },
      { status: 422, when: 'it would have expired', request: ({ org }) => ({ as: org.admin, body: { name, scopes: ['agents:read'], expiresAt: '2020-01-01T00:00:00Z' } }) },
    ],
  },
  getApiKey: { valid: async (world) => ({ as: world.org.admin, params: { id: (await world.key(['notes:read'])).id } }) },
  revokeApiKey: { valid: async (world) => ({ as: world.org.admin, params: { id: (await world.key(['notes:read'])).id } }) },
};
