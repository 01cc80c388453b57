import type { Scenarios } from './scenario.ts';
import { personOfNobody, uuidOfNobody } from './scenario.ts';

export const notesScenarios: Scenarios = {
  listQuickNotes: {
    valid: async (world) => {
      await world.note(world.org.agent.id);
      return { as: world.org.leader, query: { agentId: world.org.agent.id, addressed: false } };
    },
    list: {
      add: (world, agentId) => world.note(agentId),
      peopleIn: (body) => (body as { quickNotes: { agentId: number }[] }).quickNotes.map((note) => note.agentId),
      query: { limit: 100 },
    },
  },
  createQuickNote: {
    valid: ({ org, next }) => ({ as: org.leader, body: { agentId: org.agent.id, noteType: 'COACHING', content: `Slower at the end, ${next()}.`, priority: 'LOW', category: 'Pace', isPrivate: false } }),
    cases: [
      { status: 404, when: 'nobody has the id', request: ({ org }) => ({ as: org.admin, body: { agentId: personOfNobody, noteType: 'POSITIVE', content: 'Well done.' } }) },
      { status: 422, when: 'it is about oneself', request: ({ org }) => ({ as: org.leader, body: { agentId: org.leader.id, noteType: 'POSITIVE', content: 'Well done.' } }) },
      {
        status: 422,
        when: 'the interaction is not one of the person',
        request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, noteType: 'POSITIVE', content: 'Well done.', interactionId: uuidOfNobody } }),
      },
    ],
    about: {
      request: ({ next }, { id }) => ({ body: { agentId: id, noteType: 'URGENT', content: `Call back, ${next()}.` } }),
      except: (_role, relation) => (relation === 'self' ? 422 : undefined),
    },
  },
  getQuickNote: {
    valid: async (world) => ({ as: world.org.agent, params: { id: await world.note(world.org.agent.id) } }),
    about: { request: async (world, { id }) => ({ params: { id: await world.note(id) } }) },
  },
  updateQuickNote: {
    valid: async (world) => ({
      as: world.org.leader,
      params: { id: await world.note(world.org.agent.id, world.org.leader) },
      body: { content: 'Now it says this.', noteType: 'URGENT', priority: 'HIGH', category: 'Tone', isPrivate: true, addressed: true },
    }),
    cases: [
      { status: 403, when: 'the text is somebody else’s', request: async (world) => ({ as: world.org.leader, params: { id: await world.note(world.org.agent.id) }, body: { content: 'Mine now.' } }) },
    ],
    about: {
      request: async (world, { id }) => ({ params: { id: await world.note(id) }, body: { addressed: true } }),
      // Nobody marks a note about themselves as addressed.
      except: (_role, relation) => (relation === 'self' ? 403 : undefined),
    },
  },
  deleteQuickNote: {
    valid: async (world) => ({ as: world.org.leader, params: { id: await world.note(world.org.agent.id, world.org.leader) } }),
    cases: [{ status: 403, when: 'it is somebody else’s', request: async (world) => ({ as: world.org.manager, params: { id: await world.note(world.org.agent.id) } }) }],
    about: {
      request: async (world, { id }) => ({ params: { id: await world.note(id) } }),
      // The note is the administrator's, so whoever else may read it may not delete it.
      except: (role, relation) => (role === 'manager' || (role === 'team_leader' && relation !== 'otherTeam') ? 403 : undefined),
    },
  },
};
