import { newId } from '../../api/db/ids.ts';
import { sql } from '../../api/db/db.ts';
import type { World } from '../harness/world.ts';
import type { Scenarios } from './scenario.ts';

const HOUR_MS = 3_600_000;

/** When the record of a person begins; somebody without one gets one, a day old. */
async function recordOf({ app }: World, agentId: number): Promise<Date> {
  await app.query(sql`insert into presence_intervals (id, agent_id, status, source, started_at)
    select ${newId()}, ${agentId}, 'offline', 'system', now() - interval '1 day'
    where not exists (select from presence_intervals where agent_id = ${agentId})`);
  const [row] = await app.query(sql<{ at: number }>`select ceil(extract(epoch from min(started_at)) * 1000)::float8 as at
    from presence_intervals where agent_id = ${agentId} and superseded_at is null`);
  return new Date(row?.at ?? Number.NaN);
}

const corrected = async (world: World, agentId: number) => ({
  params: { id: agentId },
  body: { from: (await recordOf(world, agentId)).toISOString(), to: new Date().toISOString(), status: 'busy', statusReason: `Talk ${world.next()}`, reason: 'Was in a talk and forgot to say so.' },
});

export const presenceScenarios: Scenarios = {
  getPresence: {
    valid: async (world) => {
      await recordOf(world, world.org.agent.id);
      return { as: world.org.leader, params: { id: world.org.agent.id } };
    },
    cases: [
      { status: 400, when: 'the period is turned round', request: ({ org }) => ({ as: org.leader, params: { id: org.agent.id }, query: { from: '2026-05-02', to: '2026-05-01' } }) },
      { status: 400, when: 'the period is over 31 days', request: ({ org }) => ({ as: org.leader, params: { id: org.agent.id }, query: { from: '2026-05-01', to: '2026-06-01' } }) },
    ],
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
  correctPresence: {
    valid: async (world) => ({ as: world.org.leader, ...(await corrected(world, world.org.agent.id)) }),
    cases: [
      { status: 403, when: 'it is the leader’s own record', request: async (world) => ({ as: world.org.leader, ...(await corrected(world, world.org.leader.id)) }) },
      {
        status: 409,
        when: 'the record says so already',
        request: async (world) => {
          const id = await world.someone();
          const from = await recordOf(world, id);
          return { as: world.org.leader, params: { id }, body: { from: from.toISOString(), to: new Date().toISOString(), status: 'offline', reason: 'Was not there.' } };
        },
      },
      {
        status: 422,
        when: 'it is about the future',
        request: async (world) => {
          const request = await corrected(world, world.org.agent.id);
          return { as: world.org.leader, ...request, body: { ...request.body, to: new Date(Date.now() + HOUR_MS).toISOString() } };
        },
      },
      {
        status: 422,
        when: 'it is about a time before the record',
        request: async (world) => {
          const request = await corrected(world, world.org.agent.id);
          return { as: world.org.leader, ...request, body: { ...request.body, from: '2020-01-01T00:00:00Z' } };
        },
      },
      {
        status: 422,
        when: 'it ends before it begins',
        request: async (world) => {
          const request = await corrected(world, world.org.agent.id);
          return { as: world.org.leader, ...request, body: { ...request.body, to: request.body.from } };
        },
      },
      {
        status: 422,
        when: 'the team has no such reason',
        request: async (world) => {
          const request = await corrected(world, world.org.agent.id);
          return { as: world.org.leader, ...request, body: { ...request.body, reasonCode: 'no_such' } };
        },
      },
    ],
    about: {
      request: (world, { id }) => corrected(world, id),
      except: (role, relation) => (role === 'team_leader' && relation === 'self' ? 403 : undefined),
    },
  },
  listAgentSessions: {
    valid: ({ org }) => ({ as: org.leader, params: { id: org.agent.id }, query: { active: true } }),
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
  listStatusReasons: {
    valid: ({ org }) => ({ as: org.agent, params: { id: org.agent.id } }),
    about: { request: (_world, { id }) => ({ params: { id } }) },
  },
};
