import { expect } from 'chai';
import { createApp } from '../../api/app.ts';
import { allHandlers } from '../../api/handlers.ts';
import { InFlight } from '../../api/http/in-flight.ts';
import { Idempotency } from '../../api/http/idempotency.ts';
import { RateLimits } from '../../api/http/rate-limits.ts';
import { ContractValidator } from '../../api/http/validator.ts';
import type { Operation } from '../../api/http/contract.ts';
import type { OperationId } from '../../api/http/handler.ts';
import { call, send } from '../harness/calls.ts';
import { contractChecker } from '../harness/contract-checker.ts';
import { startFaultProxy } from '../harness/fault-proxy.ts';
import { createDatabaseFromTemplate } from '../harness/postgres.ts';
import { startWorld, type World } from '../harness/world.ts';
import { derivedRefusals, idempotencyFaults } from './derived.ts';
import type { MakeCall, OperationScenarios } from './scenario.ts';
import { scenarios } from './scenarios.ts';

interface Story {
  readonly status: number;
  readonly when: string;
  readonly request: MakeCall;
  readonly code?: string;
}

const { contract } = contractChecker();
const known = (operation: Operation): OperationScenarios | undefined => scenarios[operation.id as OperationId];
const successOf = (operation: Operation): number => operation.statuses.find((status) => status < 300) ?? 0;
/** Told by the two installations of their own below. */
const LIMITED = 429;
const AWAY = 503;

function storiesOf(operation: Operation, scenario: OperationScenarios): Story[] {
  const valid = { status: scenario.validGives ?? successOf(operation), when: 'the request is valid', request: scenario.valid };
  return [valid, ...(scenario.cases ?? []), ...derivedRefusals(operation, scenario)];
}

describe('The contract', function () {
  this.timeout(60_000);
  let world: World;

  before(async () => {
    world = await startWorld('contract');
  });
  after(() => world.close());

  it('has a scenario for every operation, and none for anything else', () => {
    const ids = contract.operations.map((operation) => operation.id);
    expect(Object.keys(scenarios).sort()).to.deep.equal([...ids].sort());
  });

  it('lists exactly the routes the server has', () => {
    const { ctx } = world.app;
    const app = createApp(ctx, {
      contract,
      validator: ContractValidator.of(contract),
      handlers: allHandlers(ctx, { ready: true, others: () => ({}), ping: () => Promise.resolve() }, null),
      limits: new RateLimits(1),
      idempotency: new Idempotency(ctx.uow),
      inFlight: new InFlight(10),
    });
    const routes = app.router.stack.flatMap(({ route }) => {
      if (!route) return [];
      const { methods } = route as unknown as { methods: Record<string, boolean> }; // not in the types of Express
      // `app.all`, which answers every method that is not in the contract with 405, lists them all.
      return methods['trace'] ? [] : Object.keys(methods).map((method) => `${method} ${route.path}`);
    });
    const documented = contract.operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    expect(routes.sort()).to.deep.equal(documented.sort());
  });

  for (const operation of contract.operations) {
    const id = operation.id as OperationId;
    const scenario = known(operation);
    if (!scenario) continue;

    describe(id, () => {
      const stories = storiesOf(operation, scenario);
      for (const story of stories) {
        it(`answers ${story.status} when ${story.when}`, async () => {
          const answer = await call(world.app, id, await story.request(world));
          expect(answer.status, answer.text).to.equal(story.status);
          if (story.code) expect(answer.body).to.have.property('code', story.code);
          if (answer.status === 400) expect(answer.body, 'names the field').to.have.property('details').that.is.not.empty;
        });
      }

      if (operation.idempotent) {
        it('keeps the promises of Idempotency-Key', async () => {
          expect(await idempotencyFaults(world, id, scenario)).to.deep.equal([]);
        });
      }

      it('documents no status that no request produces', () => {
        const told = new Set([...stories.map((story) => story.status), LIMITED, AWAY, ...(operation.idempotent ? [409, 422] : [])]);
        expect(operation.statuses.filter((status) => !told.has(status))).to.deep.equal([]);
      });
    });
  }
});

describe('The contract of an installation that allows one request of a kind', function () {
  this.timeout(60_000);
  let world: World;

  before(async () => {
    world = await startWorld('limited', { RATE_LIMIT_FACTOR: '0.001' });
  });
  after(() => world.close());

  for (const operation of contract.operations) {
    const scenario = known(operation);
    if (!scenario) continue;
    it(`has ${operation.id} answer 429 to the second`, async () => {
      const id = operation.id as OperationId;
      const refused = { ...(await scenario.valid(world)), query: { unheardOf: 1 } };
      expect((await send(world.app, id, refused)).status, 'the first').to.equal(400);
      const second = await call(world.app, id, refused);
      expect(second.status, second.text).to.equal(429);
      expect(second.body).to.have.property('code', 'rate_limited');
      expect(second.headers.get('RateLimit')).to.match(new RegExp(`^"${id}";r=0;t=\\d+$`));
    });
  }
});

describe('The contract while the database is away', function () {
  this.timeout(60_000);
  let world: World;
  let proxy: Awaited<ReturnType<typeof startFaultProxy>>;
  const answers = new Map<string, Awaited<ReturnType<typeof send>>>();

  before(async () => {
    const database = await createDatabaseFromTemplate('away');
    const url = new URL(database.url);
    proxy = await startFaultProxy(Number(url.port));
    url.port = String(proxy.port);
    world = await startWorld('away', { DATABASE_URL: url.href }, {}, database);
    const requests = new Map<OperationId, Awaited<ReturnType<MakeCall>>>();
    for (const operation of contract.operations) {
      const scenario = known(operation);
      if (scenario) requests.set(operation.id as OperationId, await scenario.valid(world));
    }
    // Nobody's sign-in is remembered, so that every request has to ask the database.
    world.app.ctx.authenticator.forget(Object.values(world.org).flatMap((person) => ('token' in person ? [person.id] : [])));
    proxy.cut();
    for (const [id, request] of requests) answers.set(id, await send(world.app, id, request));
    proxy.restore();
  });
  after(async () => {
    await world.close();
    await proxy.close();
  });

  for (const operation of contract.operations) {
    if (!known(operation)) continue;
    it(`has ${operation.id} answer 503 and say when to come back`, () => {
      const answer = answers.get(operation.id);
      if (!answer) throw new Error('it was not asked');
      expect(answer.status, answer.text).to.equal(503);
      expect(contractChecker().faults(operation.id, answer)).to.deep.equal([]);
    });
  }

  it('answers again as soon as the database is back', async () => {
    expect((await call(world.app, 'getMe', { as: world.org.agent })).status).to.equal(200);
  });
});
