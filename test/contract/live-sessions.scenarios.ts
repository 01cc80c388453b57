import type { World } from '../harness/world.ts';
import type { Call } from '../harness/calls.ts';
import type { Scenarios } from './scenario.ts';

const liveWith = async (world: World, agentId: number): Promise<{ id: string }> => ({ id: await world.sessionIn('live', agentId) });

/** As a client asks again that has read it before. */
async function readBefore(world: World): Promise<Call> {
  const params = await liveWith(world, world.org.agent.id);
  const { token } = world.org.agent;
  const first = await fetch(`${world.app.url}/api/coaching-sessions/${params.id}/document`, { headers: { Authorization: `Bearer ${token}` } });
  return { as: world.org.agent, params, headers: { 'If-None-Match': `"another", W/${first.headers.get('ETag')}` } };
}

export const liveSessionsScenarios: Scenarios = {
  getCoachingSessionDocument: {
    valid: async (world) => ({ as: world.org.leader, params: await liveWith(world, world.org.agent.id) }),
    cases: [{ status: 304, when: 'nothing has changed since', request: readBefore }],
    about: { request: async (world, { id }) => ({ params: await liveWith(world, id) }) },
  },
  updateCoachingSessionDocument: {
    valid: async (world) => ({
      as: world.org.leader,
      params: await liveWith(world, world.org.agent.id),
      body: {
        updates: {
          discussionNotes: `Listened to two calls, ${world.next()}.`,
          topicsCovered: ['Pace'],
          engagementScore: 4,
          agenda: [{ title: 'Closing', covered: true }],
          focusMetrics: ['csat'],
          summary: 'Slower at the end.',
          commitments: [{ text: 'Three calls with the checklist', personId: world.org.agent.id }],
        },
        versions: { discussionNotes: 0, engagementScore: 0 },
      },
    }),
    cases: [
      { status: 409, when: 'the session has not begun', request: async (world) => ({ as: world.org.leader, params: { id: await world.session(world.org.agent.id) }, body: { updates: { summary: 'x' } } }) },
      { status: 409, when: 'it is over', request: async (world) => ({ as: world.org.leader, params: { id: await world.sessionIn('completed', world.org.agent.id) }, body: { updates: { summary: 'x' } } }) },
      { status: 403, when: 'somebody it is about sums it up', request: async (world) => ({ as: world.org.agent, params: await liveWith(world, world.org.agent.id), body: { updates: { summary: 'x' } } }) },
      { status: 422, when: 'somebody who is not in it promises something', request: async (world) => ({ as: world.org.leader, params: await liveWith(world, world.org.agent.id), body: { updates: { commitments: [{ text: 'Name the date.', personId: world.org.colleague.id }] } } }) },
      { status: 400, when: 'the score is none', request: async (world) => ({ as: world.org.leader, params: await liveWith(world, world.org.agent.id), body: { updates: { engagementScore: 6 } } }) },
    ],
    about: { request: async (world, { id }) => ({ params: await liveWith(world, id), body: { updates: { discussionNotes: `Written together, ${world.next()}.` } } }) },
  },
};
