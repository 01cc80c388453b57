import type { Role } from '../../api/auth/principal.ts';
import type { Relation } from '../harness/world.ts';
import type { Scenarios } from './scenario.ts';

/** Whose record a role gives out: one's own, and those of others as a whole. */
function recordStatus(role: Role, relation: Relation): number | undefined {
  if (relation === 'self' || role === 'admin' || role === 'manager') return undefined;
  return 403;
}

export const recordScenarios: Scenarios = {
  getAgentRecord: {
    valid: async (world) => {
      const { agent, admin } = world.org;
      await world.everythingAbout(agent.id);
      return { as: admin, params: { id: agent.id }, query: { reason: 'A request for access.' } };
    },
    cases: [
      { status: 403, when: 'a manager asks for an administrator’s', request: ({ org }) => ({ as: org.manager, params: { id: org.admin.id }, query: { reason: 'A request for access.' } }) },
      { status: 422, when: 'somebody else’s is asked for without a reason', request: ({ org }) => ({ as: org.admin, params: { id: org.agent.id } }) },
    ],
    about: { request: (_world, { id }, by) => ({ params: { id }, ...(id === by.id ? {} : { query: { reason: 'A request for access.' } }) }), except: recordStatus },
  },
};
