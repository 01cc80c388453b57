import { sql } from '../../api/db/db.ts';
import type { ActionStatus } from '../../api/actions/action.entity.ts';
import type { World } from '../harness/world.ts';
import { personOfNobody, uuidOfNobody, type Scenarios } from './scenario.ts';

const DUE = '2099-12-31';

async function inStatus(world: World, status: ActionStatus): Promise<string> {
  const id = await world.action(world.org.agent.id);
  await world.app.ctx.actions.update(await world.principal(world.org.admin), id, { status });
  return id;
}

/** A day on which this person handled a call, and its daily row. */
async function measured(world: World, agentId: number): Promise<string> {
  await world.interaction(agentId);
  const [row] = await world.app.query(sql<{ day: string }>`select max(business_date)::text as day from interactions where agent_id = ${agentId}`);
  if (!row) throw new Error('there is a call');
  await world.app.ctx.uow.write(await world.principal(world.org.admin), (tx) => world.app.ctx.recomputation.markStale(tx, [{ agentId, date: row.day }]));
  await world.app.ctx.recomputation.recomputeStaleDays();
  return row.day;
}

const ofAgent = async (world: World): Promise<{ id: string }> => ({ id: await world.action(world.org.agent.id) });

export const actionsScenarios: Scenarios = {
  listActionItems: {
    valid: async (world) => {
      await world.action(world.org.agent.id, world.org.leader, { targetMetric: 'csat', targetValue: 4.5 });
      return { as: world.org.agent, query: { agentId: world.org.agent.id, status: 'open', overdue: false, dueFrom: '2026-01-01', withProgress: true } };
    },
    list: {
      add: (world, agentId) => world.action(agentId),
      peopleIn: (body) => (body as { data: { agentId: number }[] }).data.map((item) => item.agentId),
      query: { limit: 100 },
    },
  },
  createActionItem: {
    valid: ({ org, next }) => ({
      as: org.leader,
      body: { agentId: org.agent.id, title: `Say what you are looking up, ${next()}`, dueDate: DUE, priority: 'HIGH', category: 'Silence', targetMetric: 'csat', targetValue: 4.5 },
    }),
    cases: [
      { status: 403, when: 'an agent gives something to their leader', request: ({ org }) => ({ as: org.agent, body: { agentId: org.agent.id, title: 'Listen in', dueDate: DUE, assignedTo: org.leader.id } }) },
      { status: 400, when: 'its day is an instant that no clock shows', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Listen in', dueDate: `${DUE}T10:00:00+99:99` } }) },
      { status: 404, when: 'nobody has the id', request: ({ org }) => ({ as: org.admin, body: { agentId: personOfNobody, title: 'Listen in', dueDate: DUE } }) },
      { status: 422, when: 'the day has passed', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Listen in', dueDate: '2026-01-01' } }) },
      { status: 422, when: 'there is no such day', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Listen in', dueDate: '2099-02-30' } }) },
      { status: 422, when: 'a colleague is to do it', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Listen in', dueDate: DUE, assignedTo: org.colleague.id } }) },
      { status: 422, when: 'the session is somebody else’s', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Listen in', dueDate: DUE, sessionId: uuidOfNobody } }) },
      { status: 422, when: 'the metric cannot have the value', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Listen in', dueDate: DUE, targetMetric: 'fcr', targetValue: 80 } }) },
      { status: 422, when: 'a value has no metric', request: ({ org }) => ({ as: org.leader, body: { agentId: org.agent.id, title: 'Listen in', dueDate: DUE, targetValue: 80 } }) },
    ],
    about: { request: ({ next }, { id }) => ({ body: { agentId: id, title: `Listen in, ${next()}`, dueDate: `${DUE}T12:00:00Z` } }) },
  },
  getActionItem: {
    valid: async (world) => ({ as: world.org.agent, params: await ofAgent(world) }),
    about: { request: async (world, { id }) => ({ params: { id: await world.action(id) } }) },
  },
  updateActionItem: {
    valid: async (world) => ({
      as: world.org.leader,
      params: await ofAgent(world),
      body: { title: 'Now it says this', description: null, dueDate: '2099-11-30', priority: 'LOW', category: 'Tone', assignedTo: world.org.leader.id, targetMetric: 'aht', targetValue: 300, status: 'in_progress' },
    }),
    cases: [
      { status: 403, when: 'an agent moves the day', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { dueDate: '2099-11-30' } }) },
      { status: 403, when: 'an agent cancels what a leader wants done', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { status: 'cancelled' } }) },
      {
        status: 403,
        when: 'it is for the leader to do',
        request: async (world) => ({ as: world.org.agent, params: { id: await world.action(world.org.agent.id, world.org.admin, { assignedTo: world.org.leader.id }) }, body: { status: 'done' } }),
      },
      { status: 409, when: 'it is done and shall be cancelled', request: async (world) => ({ as: world.org.leader, params: { id: await inStatus(world, 'done') }, body: { status: 'cancelled' } }) },
      { status: 409, when: 'it is cancelled and shall be done', request: async (world) => ({ as: world.org.leader, params: { id: await inStatus(world, 'cancelled') }, body: { status: 'done' } }) },
      { status: 409, when: 'it is done and its text shall change', request: async (world) => ({ as: world.org.leader, params: { id: await inStatus(world, 'done') }, body: { title: 'Too late' } }) },
      { status: 422, when: 'the new day has passed', request: async (world) => ({ as: world.org.leader, params: await ofAgent(world), body: { dueDate: '2026-01-01' } }) },
      { status: 422, when: 'the new assignee is not concerned', request: async (world) => ({ as: world.org.leader, params: await ofAgent(world), body: { assignedTo: world.org.otherLeader.id } }) },
    ],
    about: { request: async (world, { id }) => ({ params: { id: await world.action(id) }, body: { status: 'done' } }) },
  },
  getActionItemProgress: {
    valid: async (world) => ({ as: world.org.agent, params: { id: await world.action(world.org.agent.id, world.org.admin, { targetMetric: 'csat' }) } }),
    cases: [{ status: 404, when: 'it has no target metric', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world) }) }],
    about: { request: async (world, { id }) => ({ params: { id: await world.action(id, world.org.admin, { targetMetric: 'aht', targetValue: 300 }) } }) },
  },
  listActionItemComments: {
    valid: async (world) => {
      const params = await ofAgent(world);
      await world.app.ctx.actionEvidence.comment(await world.principal(world.org.leader), params.id, 'How is it going?');
      return { as: world.org.agent, params };
    },
    about: { request: async (world, { id }) => ({ params: { id: await world.action(id) } }) },
  },
  createActionItemComment: {
    valid: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { text: `Half of it is done, ${world.next()}` } }),
    about: { request: async (world, { id }) => ({ params: { id: await world.action(id) }, body: { text: 'How is it going?' } }) },
  },
  listActionItemEvidence: {
    valid: async (world) => {
      const params = await ofAgent(world);
      const [by, day] = [await world.principal(world.org.leader), await measured(world, world.org.agent.id)];
      await world.app.ctx.actionEvidence.add(by, params.id, { kind: 'metric', metric: 'aht', from: day, to: day });
      await world.app.ctx.actionEvidence.add(by, params.id, { kind: 'link', url: 'https://example.test/handbook', text: 'Chapter 3' });
      return { as: world.org.agent, params };
    },
    about: { request: async (world, { id }) => ({ params: { id: await world.action(id) } }) },
  },
  createActionItemEvidence: {
    valid: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { kind: 'interaction', interactionId: await world.interaction(world.org.agent.id), text: `Asked twice, ${world.next()}` } }),
    cases: [
      { status: 201, when: 'a metric was measured', request: async (world) => {
        const day = await measured(world, world.org.agent.id);
        return { as: world.org.agent, params: await ofAgent(world), body: { kind: 'metric', metric: 'csat', from: day, to: day } };
      } },
      { status: 201, when: 'it is a link', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { kind: 'link', url: 'https://example.test/?a=b#c' } }) },
      { status: 400, when: 'the link is no address on the web', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { kind: 'link', url: 'javascript:alert(1)' } }) },
      { status: 422, when: 'the interaction is a colleague’s', request: async (world) => ({ as: world.org.leader, params: await ofAgent(world), body: { kind: 'interaction', interactionId: await world.interaction(world.org.colleague.id) } }) },
      { status: 422, when: 'nothing was measured on these days', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { kind: 'metric', metric: 'csat', from: '2020-01-01', to: '2020-01-31' } }) },
      { status: 422, when: 'the days are the wrong way round', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { kind: 'metric', metric: 'csat', from: '2020-01-31', to: '2020-01-01' } }) },
      { status: 422, when: 'the days are to come', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { kind: 'metric', metric: 'csat', from: '2098-01-01', to: '2098-01-31' } }) },
      { status: 422, when: 'the days are too many', request: async (world) => ({ as: world.org.agent, params: await ofAgent(world), body: { kind: 'metric', metric: 'csat', from: '2020-01-01', to: '2020-12-31' } }) },
    ],
    about: { request: async (world, { id }) => ({ params: { id: await world.action(id) }, body: { kind: 'text', text: 'Done on every call this week.' } }) },
  },
};
