import type { Call } from '../harness/calls.ts';
import type { World } from '../harness/world.ts';
import type { OperationScenarios, Scenarios } from './scenario.ts';

/** What is told about an attendee of a session: by whom it may be asked is the same for all of it. */
const aboutAttendee = (status: 'completed' | 'preparing'): OperationScenarios => {
  const session = (world: World, attendees: readonly number[]) => world.coachingSession(attendees, { status, focusMetrics: ['csat', 'aht'] });
  const ofGroup = async (world: World, as: Call['as'], agentId?: number): Promise<Call> => {
    const { agent, colleague } = world.org;
    return { as, params: { id: await session(world, [agent.id, colleague.id]) }, ...(agentId === undefined ? {} : { query: { agentId } }) };
  };
  return {
    valid: async (world) => ({ as: world.org.agent, params: { id: await session(world, [world.org.agent.id]) } }),
    cases: [
      { status: 200, when: 'an attendee of a group asks for their own', request: (world) => ofGroup(world, world.org.agent) },
      { status: 200, when: 'a leader names somebody of a group', request: (world) => ofGroup(world, world.org.leader, world.org.colleague.id) },
      { status: 422, when: 'a leader does not say whom of a group', request: (world) => ofGroup(world, world.org.leader) },
      { status: 404, when: 'an attendee asks for another’s', request: (world) => ofGroup(world, world.org.agent, world.org.colleague.id) },
      { status: 404, when: 'the person does not attend', request: (world) => ofGroup(world, world.org.manager, world.org.stranger.id) },
    ],
    about: {
      // Held by somebody who is nobody's leader here.
      request: async (world, { id }) => ({ params: { id: await world.coachingSession([id], { status, leaderId: id === world.org.admin.id ? world.org.manager.id : world.org.admin.id }) } }),
    },
  };
};

export const effectScenarios: Scenarios = {
  getSessionEffect: aboutAttendee('completed'),
  getSessionPreparation: aboutAttendee('preparing'),
};
