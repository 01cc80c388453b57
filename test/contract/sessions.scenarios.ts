import type { SessionStatus } from '../../api/sessions/session.entity.ts';
import { sql } from '../../api/db/db.ts';
import type { World } from '../harness/world.ts';
import { personOfNobody, type About, type MakeCall, type Scenarios } from './scenario.ts';

const ofAgent = async (world: World, status: SessionStatus = 'scheduled'): Promise<{ id: string }> => ({ id: await world.sessionIn(status, world.org.agent.id) });

/** Scheduled for an hour ago. */
async function due(world: World, agentId: number): Promise<{ id: string }> {
  const id = await world.session(agentId);
  await world.app.query(sql`update coaching_sessions set scheduled_at = now() - ${world.next()} * interval '1 hour' where id = ${id}`);
  return { id };
}

/** A step by those who run sessions, and by nobody in a session of their own. */
const about = (request: (world: World, agentId: number) => Promise<{ id: string }>, body?: () => unknown): About => ({
  request: async (world, { id }) => ({ params: await request(world, id), ...(body ? { body: body() } : {}) }),
  except: (_role, relation) => (relation === 'self' ? 403 : undefined),
});

const scheduledWith = async (world: World, agentId: number): Promise<{ id: string }> => ({ id: await world.session(agentId) });
const liveWith = async (world: World, agentId: number): Promise<{ id: string }> => ({ id: await world.sessionIn('live', agentId) });
const completedWith = async (world: World, agentId: number): Promise<{ id: string }> => ({ id: await world.sessionIn('completed', agentId) });
const disputedBy = async (world: World, agentId: number): Promise<{ id: string }> => ({ id: await world.disputed(agentId) });

const leader = (status: SessionStatus, body?: unknown): MakeCall => async (world) => ({ as: world.org.leader, params: await ofAgent(world, status), ...(body === undefined ? {} : { body }) });
const agent = (status: SessionStatus, body?: unknown): MakeCall => async (world) => ({ as: world.org.agent, params: await ofAgent(world, status), ...(body === undefined ? {} : { body }) });

/** What attendees alone do: to everybody else who sees the session it is forbidden. */
const byAttendees = (body: unknown): About => ({
  request: async (world, { id }) => ({ params: await completedWith(world, id), body }),
  except: (role, relation) => (relation !== 'self' && (role === 'admin' || role === 'manager' || (role === 'team_leader' && relation === 'ownTeam')) ? 403 : undefined),
});

/** A dispute is given to a manager: leaders see it and do not decide it, nor does anybody their own. */
const byDeciders = (body: (world: World) => unknown): About => ({
  request: async (world, { id }) => ({ params: await disputedBy(world, id), body: body(world) }),
  except: (role, relation) => (relation === 'self' || (role === 'team_leader' && relation === 'ownTeam') ? 403 : undefined),
});

const ofEverybody = (body?: unknown): About => ({ request: async (world, { id }) => ({ params: await scheduledWith(world, id), ...(body === undefined ? {} : { body }) }) });

export const sessionsScenarios: Scenarios = {
  listCoachingSessions: {
    valid: async (world) => {
      await world.sessionIn('completed', world.org.agent.id);
      const { org } = world;
      return { as: org.leader, query: { agentId: org.agent.id, facilitatorId: org.manager.id, status: 'completed', kind: 'one_to_one', from: '2026-01-01T00:00:00Z', acknowledgement: 'pending', toDecide: false, order: 'earliest' } };
    },
    list: {
      add: (world, agentId) => world.session(agentId),
      peopleIn: (body) => (body as { data: { agentId: number | null }[] }).data.flatMap(({ agentId }) => agentId ?? []),
      // More of them than a page holds are made in the course of a suite; the latest are those that were just added.
      query: { limit: 100, status: 'scheduled' },
    },
  },
  scheduleCoachingSession: {
    valid: (world) => ({
      as: world.org.leader,
      body: {
        agentId: world.org.agent.id, scheduledAt: world.freeTime(), durationMinutes: 45, remoteUrl: 'https://meet.example.test/room',
        focusMetrics: ['csat', 'fcr'], agenda: [{ title: 'Refunds', detail: 'Name the date.' }, { title: 'What went well' }],
      },
    }),
    cases: [
      { status: 404, when: 'nobody has the id', request: (world) => ({ as: world.org.admin, body: { agentId: personOfNobody, scheduledAt: world.freeTime() } }) },
      {
        status: 409,
        when: 'they sit in another session then',
        request: async (world) => {
          const scheduledAt = world.freeTime();
          await world.session(world.org.agent.id, { scheduledAt });
          return { as: world.org.leader, body: { agentId: world.org.agent.id, scheduledAt } };
        },
      },
      { status: 422, when: 'it is over already', request: (world) => ({ as: world.org.leader, body: { agentId: world.org.agent.id, scheduledAt: '2020-01-01T10:00:00Z' } }) },
      { status: 422, when: 'nobody is named', request: (world) => ({ as: world.org.leader, body: { scheduledAt: world.freeTime() } }) },
    ],
    about: {
      request: (world, { id }) => ({ body: { agentId: id, scheduledAt: world.freeTime() } }),
      except: (_role, relation) => (relation === 'self' ? 422 : undefined),
    },
  },
  getCoachingSession: { valid: agent('scheduled'), about: ofEverybody() },
  updateCoachingSession: {
    valid: async (world) => ({ as: world.org.leader, params: await ofAgent(world), body: { scheduledAt: world.freeTime(), durationMinutes: 60, remoteUrl: null, focusMetrics: ['aht'], agenda: [{ title: 'Pace' }] } }),
    cases: [
      { status: 409, when: 'it is completed', request: leader('completed', { durationMinutes: 60 }) },
      { status: 422, when: 'it would be with oneself', request: async (world) => ({ as: world.org.leader, params: await ofAgent(world), body: { facilitatorId: world.org.agent.id } }) },
    ],
    about: about(scheduledWith, () => ({ durationMinutes: 60 })),
  },
  prepareCoachingSession: { valid: leader('scheduled'), cases: [{ status: 409, when: 'it is being prepared already', request: leader('preparing') }], about: about(scheduledWith) },
  startCoachingSession: { valid: leader('preparing'), cases: [{ status: 409, when: 'it is completed', request: leader('completed') }], about: about(scheduledWith) },
  completeCoachingSession: {
    valid: async (world) => {
      const { agent: coached, leader: as } = world.org;
      const body = {
        summary: 'We looked at three refunds.',
        commitments: [{ text: 'Name the date in every refund.', personId: coached.id, dueOn: '2099-12-01' }],
        addressedNoteIds: [await world.note(coached.id)],
        actionItems: [{ title: 'Listen to two calls', dueDate: '2099-12-01', priority: 'HIGH' }],
        followUp: { scheduledAt: world.freeTime(), durationMinutes: 20 },
      };
      return { as, params: await ofAgent(world, 'live'), body };
    },
    cases: [
      { status: 409, when: 'it was not begun', request: leader('scheduled', {}) },
      { status: 422, when: 'somebody who was not there is to have promised something', request: async (world) => ({ as: world.org.leader, params: await ofAgent(world, 'live'), body: { commitments: [{ text: 'Name the date.', personId: world.org.colleague.id }] } }) },
      { status: 422, when: 'a note is not about them', request: async (world) => ({ as: world.org.leader, params: await ofAgent(world, 'live'), body: { addressedNoteIds: [await world.note(world.org.colleague.id)] } }) },
    ],
    about: about(liveWith, () => ({})),
  },
  cancelCoachingSession: { valid: leader('scheduled', { reason: 'Ill.' }), cases: [{ status: 409, when: 'it is completed', request: leader('completed', { reason: 'Ill.' }) }], about: about(scheduledWith, () => ({ reason: 'Ill.' })) },
  missCoachingSession: {
    valid: async (world) => ({ as: world.org.leader, params: await due(world, world.org.agent.id) }),
    cases: [
      { status: 409, when: 'it is completed', request: leader('completed') },
      { status: 422, when: 'its time has not come', request: leader('scheduled') },
    ],
    about: about(due),
  },
  acknowledgeCoachingSession: {
    valid: agent('completed', { comment: 'Yes.' }),
    cases: [
      { status: 403, when: 'it was about somebody else', request: leader('completed', {}) },
      { status: 409, when: 'it is not completed', request: agent('live', {}) },
    ],
    about: byAttendees({}),
  },
  disputeCoachingSession: {
    valid: agent('completed', { comment: 'I did name the date.' }),
    cases: [
      { status: 403, when: 'it was about somebody else', request: leader('completed', { comment: 'No.' }) },
      { status: 409, when: 'it is not completed', request: agent('live', { comment: 'No.' }) },
    ],
    about: byAttendees({ comment: 'I did name the date.' }),
  },
  resolveSessionDispute: {
    valid: async (world) => ({ as: world.org.manager, params: await disputedBy(world, world.org.agent.id), body: { outcome: 'amended', resolution: 'We listened to it again.', summary: 'The date was named.' } }),
    cases: [
      { status: 403, when: 'it is somebody else’s to decide', request: async (world) => ({ as: world.org.leader, params: await disputedBy(world, world.org.agent.id), body: { outcome: 'rejected', resolution: 'No.' } }) },
      {
        status: 409,
        when: 'it was decided',
        request: async (world) => {
          const params = await disputedBy(world, world.org.agent.id);
          await world.app.ctx.coachingSessions.disputes.resolve(await world.principal(world.org.manager), params.id, { outcome: 'upheld', resolution: 'Right.' });
          return { as: world.org.manager, params, body: { outcome: 'rejected', resolution: 'No.' } };
        },
      },
      { status: 422, when: 'nothing is amended', request: async (world) => ({ as: world.org.manager, params: await disputedBy(world, world.org.agent.id), body: { outcome: 'amended', resolution: 'Yes.' } }) },
    ],
    about: byDeciders(() => ({ outcome: 'rejected', resolution: 'We listened to it again.' })),
  },
  reassignSessionDispute: {
    valid: async (world) => ({ as: world.org.manager, params: await disputedBy(world, world.org.agent.id), body: { agentId: world.org.agent.id, ownerId: world.org.admin.id } }),
    cases: [
      {
        status: 409,
        when: 'it was decided',
        request: async (world) => {
          const params = await disputedBy(world, world.org.agent.id);
          await world.app.ctx.coachingSessions.disputes.resolve(await world.principal(world.org.manager), params.id, { outcome: 'upheld', resolution: 'Right.' });
          return { as: world.org.manager, params, body: { ownerId: world.org.admin.id } };
        },
      },
      { status: 422, when: 'they held the session', request: async (world) => ({ as: world.org.manager, params: await disputedBy(world, world.org.agent.id), body: { ownerId: world.org.otherLeader.id } }) },
    ],
    about: byDeciders(({ org }) => ({ ownerId: org.admin.id })),
  },
  addAgendaPoint: {
    valid: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { title: `Point ${world.next()}`, detail: 'In short.' } }),
    cases: [{ status: 409, when: 'it is over', request: agent('completed', { title: 'Late' }) }],
    about: ofEverybody({ title: 'One more thing' }),
  },
  listSessionComments: { valid: agent('scheduled'), about: ofEverybody() },
  createSessionComment: { valid: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { content: `I am looking forward to it, ${world.next()}.` } }), about: ofEverybody({ content: 'Good.' }) },
  getSessionCalendar: { valid: agent('scheduled'), about: ofEverybody() },
  getSessionSummary: { valid: agent('completed'), about: ofEverybody() },
};

