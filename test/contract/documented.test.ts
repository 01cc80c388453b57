import { expect } from 'chai';
import type { components, operations } from '../../api/http/contract.types.ts';
import { performanceUpdate } from '../../api/performance/performance.events.ts';
import { systemPrincipal } from '../../api/auth/principal.ts';
import { TEST_PASSWORD } from '../harness/people.ts';
import { startWorld, type World } from '../harness/world.ts';
import type * as documented from './documented.ts';
import { eventShapes, shapes, type Shape } from './shapes.ts';

type Schemas = components['schemas'];
/** Compiles only where everything of the one type may be used as the other. */
type Accepts<Expected, Given extends Expected> = [Expected, Given];
type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What the server answers is what the document's clients read, and what they send is what the server takes. */
export type Held = [
  Accepts<documented.Agent, Schemas['Agent']>,
  Accepts<documented.PaginatedAgentResponse, Schemas['AgentPage']>,
  Accepts<documented.AgentPerformanceMetrics, Schemas['AgentPerformanceMetrics']>,
  Accepts<documented.AgentActivity, Schemas['AgentActivity']>,
  Accepts<documented.AgentStats, Schemas['AgentStats']>,
  Accepts<documented.BulkResult, Schemas['BulkUpdateResult']>,
  Accepts<documented.Deactivated, Schemas['Done']>,
  Accepts<documented.WebSocketEvents['agent_online'], Schemas['StatusEvent']>,
  Accepts<documented.WebSocketEvents['agent_status_change'], Schemas['StatusChangeEvent']>,
  Accepts<documented.WebSocketEvents['performance_update'], Schemas['PerformanceUpdateEvent']>,
  Accepts<documented.WebSocketEvents['agent_deleted'], Schemas['AgentDeletedEvent']>,
  Accepts<Schemas['CreateAgentData'], documented.CreateAgentData>,
  Accepts<Schemas['UpdateAgentData'], documented.UpdateAgentData>,
  Accepts<Schemas['BulkUpdateData'], documented.BulkUpdate>,
  Accepts<Writable<NonNullable<operations['listAgents']['parameters']['query']>>, documented.AgentFilters>,
  Accepts<NonNullable<operations['searchAgents']['parameters']['query']>, documented.AgentFilters & { q: string }>,
];

describe('The backend document', function () {
  this.timeout(30_000);
  let world: World;
  const heard = new Map<string, unknown[]>();

  before(async () => {
    world = await startWorld('documented');
    const socket = await world.app.socket(world.org.admin.token);
    for (const name of Object.keys(eventShapes)) socket.on(name, (payload: unknown) => heard.set(name, [...(heard.get(name) ?? []), payload]));
    await world.interaction(world.org.agent.id);
    await world.activity(world.org.agent.id);
  });
  after(() => world.close());

  const as = (person: { token: string }) => world.app.request(person.token);
  const holds = (shape: Shape<unknown>, body: unknown): void => {
    expect(shape(body)).to.deep.equal([]);
  };

  it('is kept by every list and by one person, for everybody who reads them', async () => {
    const { admin, manager, leader, agent, viewer } = world.org;
    for (const person of [admin, manager, leader, agent, viewer]) {
      const { body } = await as(person).get('/api/agents?limit=100').expect(200);
      holds(shapes.page, body);
      expect(body.data.length).to.be.above(5);
      holds(shapes.page, (await as(person).get('/api/agents/search?q=lena').expect(200)).body);
      holds(shapes.agent, (await as(person).get(`/api/agents/${agent.id}`).expect(200)).body);
      holds(shapes.stats, (await as(person).get('/api/agents/stats').expect(200)).body);
    }
  });

  it('names filters that all work, alone and together', async () => {
    const filters: Required<documented.AgentFilters> = { role: 'cs', status: 'active', onlineStatus: 'offline', department: 'Support', search: 'Ada', performanceLevel: 'high', page: 1, limit: 5 };
    for (const [name, value] of Object.entries(filters)) holds(shapes.page, (await as(world.org.admin).get('/api/agents').query({ [name]: value }).expect(200)).body);
    const { body } = await as(world.org.admin).get('/api/agents').query(filters).expect(200);
    expect(body).to.deep.equal({ data: [], meta: { total: 0, page: 1, limit: 5, totalPages: 0 } });
    holds(shapes.page, (await as(world.org.admin).get('/api/agents/search').query({ ...filters, q: 'ada' }).expect(200)).body);
  });

  it('takes a person from creation to deactivation', async () => {
    const { admin } = world.org;
    const created: documented.CreateAgentData = { username: 'documented', email: 'documented@example.test', fullName: 'Dora Documented', role: 'cs', department: 'Support', phone: '+49 30 1', password: TEST_PASSWORD };
    const { body: person } = await as(admin).post('/api/agents').send(created).expect(201);
    holds(shapes.agent, person);
    const changes: documented.UpdateAgentData = { username: 'documented_2', email: 'documented2@example.test', fullName: 'Dora Again', role: 'viewer', department: 'Sales', phone: '030', isActive: true };
    holds(shapes.agent, (await as(admin).put(`/api/agents/${person.id}`).send(changes).expect(200)).body);
    holds(shapes.agent, (await as(admin).put(`/api/agents/${person.id}/status`).send({ status: 'online' }).expect(200)).body);
    const many: documented.BulkUpdate = { agentIds: [person.id, 2_000_000_000], updates: { department: 'Field' } };
    const { body: bulk } = await as(admin).put('/api/agents/bulk').send(many).expect(200);
    holds(shapes.bulk, bulk);
    expect(bulk).to.include({ success: false, updated: 1 });
    holds(shapes.deactivated, (await as(admin).delete(`/api/agents/${person.id}`).expect(200)).body);
  });

  it('has figures and history as bare lists', async () => {
    const { leader, agent } = world.org;
    await world.app.ctx.recomputation.recomputeStaleDays({ quiet: true });
    const { body: days } = await as(leader).get(`/api/agents/${agent.id}/performance`).expect(200);
    holds(shapes.performance, days);
    expect(days.length).to.be.above(20);
    const { body: history } = await as(leader).get(`/api/agents/${agent.id}/activity`).expect(200);
    holds(shapes.activities, history);
    expect(history).to.not.be.empty;
  });

  it('has every event it names, in its shape', async () => {
    const { app, org } = world;
    await app.ctx.uow.write(systemPrincipal('test'), (tx) => {
      tx.record(performanceUpdate.record(org.agent.id, { agentId: org.agent.id, metric: 'customerSatisfaction', value: 4.2, timestamp: tx.now.toISOString() }, { agentId: org.agent.id }));
      return Promise.resolve();
    });
    await world.activity(org.agent.id);
    await app.settled();
    for (const [name, shape] of Object.entries(eventShapes)) {
      const payloads = heard.get(name) ?? [];
      expect(payloads, name).to.not.be.empty;
      for (const payload of payloads) holds(shape, payload);
    }
  });

  it('would be found broken', () => {
    const person = { ...Object.fromEntries(['username', 'email', 'lastLoginAt', 'avatar', 'phone', 'lastSeen', 'currentTickets', 'totalTicketsHandled', 'avgResponseTime', 'customerSatisfaction', 'ticketsResolvedToday', 'messagesHandledToday', 'onlineHoursToday'].map((key) => [key, null])), id: 1, role: 'cs', isActive: true, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', fullName: 'A', department: 'B', onlineStatus: 'online' };
    holds(shapes.agent, person);
    for (const [key, value] of [['id', '1'], ['role', 'boss'], ['createdAt', '2026-01-01'], ['isActive', 1], ['currentTickets', '3'], ['fullName', null]] as const) expect(shapes.agent({ ...person, [key]: value }), key).to.have.length(1);
    expect(shapes.page([])).to.have.length(1);
  });
});
