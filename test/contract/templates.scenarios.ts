import type { Scenarios } from './scenario.ts';
import { uuidOfNobody } from './scenario.ts';

const agenda = [{ title: 'What went well', detail: 'Two calls of your own choice.' }, { title: 'One thing to try' }];
/** Whose the installation's templates are not. */
const notManagers = (role: string): number | undefined => (role === 'team_leader' ? 403 : undefined);

export const templatesScenarios: Scenarios = {
  listCoachingTemplates: {
    valid: async (world) => {
      await world.template(world.org.team.id);
      return { as: world.org.leader, query: { kind: 'note', teamId: world.org.team.id } };
    },
  },
  createCoachingTemplate: {
    valid: ({ org, next }) => ({
      as: org.leader,
      body: { kind: 'session', name: `Fortnightly ${next()}`, description: 'Half an hour.', teamId: org.team.id, durationMinutes: 30, agenda, focusMetrics: ['csat', 'aht'] },
    }),
    cases: [
      { status: 403, when: 'a leader makes one of the installation', request: ({ org, next }) => ({ as: org.leader, body: { kind: 'agenda', name: `All ${next()}`, agenda } }) },
      { status: 404, when: 'nothing is that team', request: ({ org, next }) => ({ as: org.admin, body: { kind: 'agenda', name: `Nobody’s ${next()}`, agenda, teamId: uuidOfNobody } }) },
      {
        status: 409,
        when: 'the team has one of that kind and name',
        request: async (world) => {
          const { name } = await world.app.ctx.templates.get(await world.principal(world.org.admin), await world.template());
          return { as: world.org.admin, body: { kind: 'note', name: name.toUpperCase(), noteType: 'COACHING', text: 'Again.' } };
        },
      },
      { status: 422, when: 'it holds what its kind does not', request: ({ org, next }) => ({ as: org.admin, body: { kind: 'note', name: `Mixed ${next()}`, noteType: 'COACHING', text: 'Ok.', durationMinutes: 30 } }) },
    ],
    about: { request: ({ next }, { teamId }) => ({ body: { kind: 'note', name: `Praise ${next()}`, teamId, noteType: 'POSITIVE', category: 'Tone', text: 'Calm and clear.' } }) },
  },
  getCoachingTemplate: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await world.template() } }),
    about: { request: async (world, { teamId }) => ({ params: { id: await world.template(teamId) } }) },
  },
  updateCoachingTemplate: {
    valid: async (world) => ({
      as: world.org.leader,
      params: { id: await world.template(world.org.team.id) },
      body: { name: `Renamed ${world.next()}`, description: null, noteType: 'URGENT', category: 'Tone', text: 'Now it says this.' },
    }),
    cases: [
      { status: 403, when: 'a leader changes one of the installation', request: async (world) => ({ as: world.org.leader, params: { id: await world.template() }, body: { text: 'Mine.' } }) },
      {
        status: 409,
        when: 'another one has the name',
        request: async (world) => {
          const { name } = await world.app.ctx.templates.get(await world.principal(world.org.admin), await world.template());
          return { as: world.org.admin, params: { id: await world.template() }, body: { name } };
        },
      },
      { status: 422, when: 'it is given what its kind does not hold', request: async (world) => ({ as: world.org.admin, params: { id: await world.template() }, body: { agenda } }) },
    ],
    about: { request: async (world, { teamId }) => ({ params: { id: await world.template(teamId) }, body: { text: 'Better.' } }) },
  },
  deleteCoachingTemplate: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await world.template(world.org.team.id) } }),
    cases: [{ status: 403, when: 'a leader deletes one of the installation', request: async (world) => ({ as: world.org.leader, params: { id: await world.template() } }) }],
    about: { request: async (world) => ({ params: { id: await world.template() } }), except: notManagers },
  },
};
