import { TEST_PASSWORD } from '../harness/people.ts';
import type { Relation, World } from '../harness/world.ts';
import type { Role } from '../../api/auth/principal.ts';
import { personOfNobody, uuidOfNobody, type Scenarios } from './scenario.ts';

const newPerson = ({ next }: World, fields: Record<string, unknown> = {}) => {
  const username = `new_${next()}`;
  return { username, email: `${username}@example.test`, fullName: 'New Person', role: 'cs', department: 'Support', password: TEST_PASSWORD, ...fields };
};

/** Managers may change front-line people and leaders only; leaders and agents within their reach; the person is visible either way. */
const byRank = (role: Role, relation: Relation): number | undefined =>
  relation !== 'self' && (role === 'cs' || (role === 'team_leader' && relation === 'otherTeam')) ? 403 : undefined;

export const agentsScenarios: Scenarios = {
  listAgents: { valid: ({ org }) => ({ as: org.leader, query: { role: 'cs', status: 'active', limit: 5 } }) },
  searchAgents: { valid: ({ org }) => ({ as: org.leader, query: { q: 'ada' } }) },
  getAgent: {
    valid: ({ org }) => ({ as: org.leader, params: { id: org.agent.id } }),
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
  createAgent: {
    valid: (world) => ({ as: world.org.admin, body: newPerson(world, { phone: '+49 30 123', teamId: world.org.team.id }) }),
    cases: [
      { status: 403, when: 'a manager grants the role of a manager', request: (world) => ({ as: world.org.manager, body: newPerson(world, { role: 'manager' }) }) },
      { status: 409, when: 'the user name is taken', request: (world) => ({ as: world.org.admin, body: newPerson(world, { username: world.org.agent.username.toUpperCase() }) }) },
      { status: 409, when: 'the e-mail is taken', request: (world) => ({ as: world.org.admin, body: newPerson(world, { email: world.org.agent.row.email.toUpperCase() }) }) },
      { status: 422, when: 'there is no such team', request: (world) => ({ as: world.org.admin, body: newPerson(world, { teamId: uuidOfNobody }) }) },
    ],
  },
  updateAgent: {
    valid: async (world) => ({ as: world.org.admin, params: { id: await world.someone() }, body: { phone: '030 1234', isActive: true, teamId: null } }),
    cases: [
      { status: 403, when: 'a leader changes the role of somebody of their team', request: ({ org }) => ({ as: org.leader, params: { id: org.agent.id }, body: { role: 'team_leader' } }) },
      { status: 409, when: 'the user name is taken', request: ({ org }) => ({ as: org.admin, params: { id: org.agent.id }, body: { username: org.colleague.username } }) },
      { status: 422, when: 'there is no such team', request: ({ org }) => ({ as: org.admin, params: { id: org.agent.id }, body: { teamId: uuidOfNobody } }) },
      { status: 422, when: 'nobody would be left to administrate', request: ({ org }) => ({ as: org.admin, params: { id: org.admin.id }, body: { role: 'viewer' } }) },
    ],
    about: { request: ({ next }, { id }) => ({ params: { id }, body: { fullName: `Renamed ${next()}` } }), except: byRank },
  },
  bulkUpdateAgents: {
    valid: async (world) => ({ as: world.org.admin, body: { agentIds: [await world.someone(), personOfNobody], updates: { department: 'Support' } } }),
  },
  deleteAgent: {
    valid: async (world) => ({ as: world.org.admin, params: { id: await world.someone() } }),
    cases: [
      { status: 403, when: 'a manager deactivates an administrator', request: ({ org }) => ({ as: org.manager, params: { id: org.admin.id } }) },
      { status: 422, when: 'nobody would be left to administrate', request: ({ org }) => ({ as: org.admin, params: { id: org.admin.id } }) },
    ],
  },
  getAgentStats: { valid: ({ org }) => ({ as: org.agent }) },
  listDepartments: { valid: ({ org }) => ({ as: org.agent }) },
  updateAgentStatus: {
    valid: ({ org, next }) => ({ as: org.agent, params: { id: org.agent.id }, body: { status: 'away', reason: `Lunch ${next()}` } }),
    cases: [
      { status: 422, when: 'the team has no such reason', request: ({ org }) => ({ as: org.agent, params: { id: org.agent.id }, body: { status: 'away', reasonCode: 'meeting' } }) },
      { status: 403, when: 'it is a colleague’s', request: ({ org }) => ({ as: org.agent, params: { id: org.colleague.id }, body: { status: 'busy' } }) },
      {
        status: 409,
        when: 'the person is not active any more',
        request: async (world) => {
          const id = await world.someone();
          await world.app.ctx.agents.update(await world.principal(world.org.admin), id, { isActive: false });
          return { as: world.org.admin, params: { id }, body: { status: 'online' } };
        },
      },
    ],
    about: { request: ({ next }, { id }) => ({ params: { id }, body: { status: 'busy', reason: `Reason ${next()}` } }), except: byRank },
  },
  listActivity: {
    valid: async (world) => {
      await world.activity(world.org.agent.id);
      return { as: world.org.leader, params: { id: world.org.agent.id }, query: { days: 1, type: 'ticket_resolved' } };
    },
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
  listAbsences: {
    valid: async (world) => {
      await world.absence(world.org.agent.id);
      return { as: world.org.leader, params: { id: world.org.agent.id } };
    },
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
  createAbsence: {
    valid: (world) => ({ as: world.org.leader, params: { id: world.org.agent.id }, body: { kind: 'training', comment: 'Course', ...world.freeDay() } }),
    cases: [
      {
        status: 409,
        when: 'there is leave on these days already',
        request: async (world) => {
          const id = await world.someone();
          await world.absence(id);
          return { as: world.org.admin, params: { id }, body: { kind: 'sick', startsOn: '2030-01-01', endsOn: '2031-12-31' } };
        },
      },
      { status: 422, when: 'it ends before it starts', request: ({ org }) => ({ as: org.leader, params: { id: org.agent.id }, body: { kind: 'leave', startsOn: '2026-05-02', endsOn: '2026-05-01' } }) },
    ],
    about: { request: (world, { id }) => ({ params: { id }, body: { kind: 'leave', ...world.freeDay() } }) },
  },
  deleteAbsence: {
    valid: async (world) => ({ as: world.org.leader, params: { id: world.org.agent.id, absenceId: await world.absence(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id, absenceId: await world.absence(id) } }) },
  },
};
