import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { call } from '../../test/harness/calls.ts';
import type { components } from '../http/contract.types.ts';
import type { OperationId } from '../http/handler.ts';

type Session = components['schemas']['CoachingSession'];

describe('coaching sessions', function () {
  this.timeout(20_000);
  let app: TestApp;
  let org: Awaited<ReturnType<TestApp['people']['organisation']>>;
  let day = 0;
  const nextSlot = (): string => new Date(Date.UTC(2035, 0, 1, 9) + ++day * 86_400_000).toISOString();

  before(async () => {
    app = await startTestApp('sessions');
    org = await app.people.organisation();
  });
  after(() => app.close());

  const schedule = (body: Record<string, unknown> = {}, as = org.leader) => call(app, 'scheduleCoachingSession', { as, body: { agentId: org.agent.id, scheduledAt: nextSlot(), ...body } });
  const scheduled = async (body: Record<string, unknown> = {}, as = org.leader) => {
    const answer = await schedule(body, as);
    expect(answer.status, answer.text).to.equal(201);
    return answer.body as Session;
  };
  const step = (id: string, operation: OperationId, as = org.leader, body?: unknown) => call(app, operation, { as, params: { id }, ...(body === undefined ? {} : { body }) });

  it('tells the story of a session', async () => {
    const session = await scheduled({ agenda: [{ title: 'Refunds' }], focusMetrics: ['csat'], durationMinutes: 45 });
    expect(session).to.deep.include({ agentId: org.agent.id, status: 'scheduled', durationMinutes: 45, kind: 'one_to_one', commentCount: 0 });
    for (const [operation, status] of [['prepareCoachingSession', 'preparing'], ['startCoachingSession', 'live'], ['completeCoachingSession', 'completed']] as const) {
      const answer = await step(session.id, operation);
      expect(answer.status, answer.text).to.equal(200);
      expect((answer.body as Session).status).to.equal(status);
    }
    const acknowledged = await step(session.id, 'acknowledgeCoachingSession', org.agent, {});
    expect(acknowledged.status, acknowledged.text).to.equal(200);
  });
});
