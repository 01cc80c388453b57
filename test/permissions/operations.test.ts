import { expect } from 'chai';
import { KEY_SCOPES, type KeyScope } from '../../api/auth/key-scopes.ts';
import type { Role } from '../../api/auth/principal.ts';
import { sql } from '../../api/db/db.ts';
import type { Operation } from '../../api/http/contract.ts';
import type { OperationId } from '../../api/http/handler.ts';
import type { OperationScenarios, ScopedList } from '../contract/scenario.ts';
import { scenarios } from '../contract/scenarios.ts';
import { call } from '../harness/calls.ts';
import { contractChecker, type Answer } from '../harness/contract-checker.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import type { TestPerson } from '../harness/people.ts';
import { startWorld, type Relation, type World } from '../harness/world.ts';

const SCOPES = Object.keys(KEY_SCOPES) as KeyScope[];
const ROLES: readonly Role[] = ['admin', 'manager', 'team_leader', 'cs', 'viewer'];
const RELATIONS: readonly Relation[] = ['self', 'ownTeam', 'otherTeam'];

/** What an operation answers a role about somebody, by its `x-roles` and `x-scope`. */
function statusByScope(operation: Operation, role: Role, relation: Relation): number {
  const success = operation.statuses.find((status) => status < 300) ?? 0;
  if (!operation.roles.includes(role)) return 403;
  if (operation.scope !== 'teams' || role === 'admin' || role === 'manager') return success;
  const inScope: Readonly<Record<Role, readonly Relation[]>> = { admin: RELATIONS, manager: RELATIONS, team_leader: ['self', 'ownTeam'], cs: ['self'], viewer: [] };
  return inScope[role].includes(relation) ? success : 404;
}

describe('Permissions, operation by operation', function () {
  this.timeout(30_000);
  let world: World;

  before(async () => {
    world = await startWorld('permissions');
  });
  after(() => world.close());

  it('are written down for every operation', () => {
    const { operations } = contractChecker().contract;
    expect(operations.filter((operation) => operation.roles.length === 0).map((operation) => operation.id)).to.deep.equal([]);
    expect(operations.filter((operation) => operation.keyScopes.some((scope) => !SCOPES.includes(scope))).map((operation) => operation.id)).to.deep.equal([]);
    expect(operations.filter((operation) => !['all', 'directory', 'teams', 'own', 'none'].includes(operation.scope)).map((operation) => operation.id)).to.deep.equal([]);
  });

  for (const operation of contractChecker().contract.operations) {
    const id = operation.id as OperationId;
    const scenario = scenarios[id];
    if (!scenario || operation.roles.includes('anonymous')) continue;

    describe(`${id} (${operation.scope})`, () => {
      it('refuses whoever is not signed in, and stores nothing', () => refused(operation, scenario, null, 401));
      it(`refuses an API key with every scope but ${operation.keyScopes.join(', ') || 'its own, of which it has none'}, and stores nothing`, () => refusedToKey(operation, scenario));
      for (const scope of operation.keyScopes) it(`accepts an API key with nothing but ${scope}`, () => acceptedFromKey(operation, scenario, scope));

      for (const role of ROLES) {
        if (!operation.roles.includes(role)) it(`refuses ${role}, and stores nothing`, () => refused(operation, scenario, role, 403));
        else if (scenario.about) aboutSomebody(operation, scenario.about, role);
        else if (scenario.list) it(`shows ${role} the rows of their scope and no others`, () => listed(operation, scenario.list, role));
        else it(`accepts ${role}`, () => accepted(operation, scenario, role));
        if (operation.roles.includes(role) && scenario.about && scenario.list) {
          it(`shows ${role} the rows of their scope and no others`, () => listed(operation, scenario.list, role));
        }
      }
    });
  }

  async function refusedToKey(operation: Operation, scenario: OperationScenarios): Promise<void> {
    const request = await scenario.valid(world);
    const as = await world.key(SCOPES.filter((scope) => !operation.keyScopes.includes(scope)));
    const before = await fingerprint(world.app);
    const answer = await call(world.app, operation.id as OperationId, { ...request, as });
    expect(answer.status, answer.text).to.equal(403);
    expect(answer.body).to.have.property('code', operation.keyScopes.length > 0 ? 'scope_missing' : 'not_for_keys');
    expect(await fingerprint(world.app)).to.deep.equal(before);
  }

  async function acceptedFromKey(operation: Operation, scenario: OperationScenarios, scope: KeyScope): Promise<void> {
    const answer = await call(world.app, operation.id as OperationId, { ...(await scenario.valid(world)), as: await world.key([scope]) });
    expect(answer.status, answer.text).to.be.below(300);
  }

  async function refused(operation: Operation, scenario: OperationScenarios, role: Role | null, status: number): Promise<void> {
    const request = await scenario.valid(world);
    const before = await fingerprint(world.app);
    const answer = await call(world.app, operation.id as OperationId, { ...request, as: role === null ? null : world.inRole(role) });
    expect(answer.status, answer.text).to.equal(status);
    expect(await fingerprint(world.app)).to.deep.equal(before);
  }

  async function accepted(operation: Operation, scenario: OperationScenarios, role: Role): Promise<void> {
    const request = await scenario.valid(world);
    const as = request.as === null || operation.id === 'logout' ? request.as : world.inRole(role);
    const answer = await call(world.app, operation.id as OperationId, { ...request, as });
    expect(answer.status, answer.text).to.be.below(300);
  }

  function aboutSomebody(operation: Operation, about: NonNullable<OperationScenarios['about']>, role: Role): void {
    for (const relation of RELATIONS) {
      const status = about.except?.(role, relation) ?? statusByScope(operation, role, relation);
      it(`answers ${role} about ${relation} with ${status}`, async () => {
        const by = world.inRole(role);
        const request = await about.request(world, world.related(by, relation), by);
        const before = await fingerprint(world.app);
        const answer = await call(world.app, operation.id as OperationId, { ...request, as: by });
        expect(answer.status, answer.text).to.equal(status);
        if (status >= 400) expect(await fingerprint(world.app)).to.deep.equal(before);
      });
    }
  }

  async function listed(operation: Operation, list: ScopedList | undefined, role: Role): Promise<void> {
    if (!list) throw new Error('the operation is no list');
    const { org, app } = world;
    for (const person of [org.agent, org.colleague, org.stranger, org.leader]) await list.add(world, person.id);
    const id = operation.id as OperationId;
    const everybody = list.peopleIn(contentOf(await call(app, id, { as: org.admin, ...list })));
    expect(everybody).to.include.members([org.agent.id, org.colleague.id, org.stranger.id]);
    const by = world.inRole(role);
    const seen = list.peopleIn(contentOf(await call(app, id, { as: by, ...list })));
    const scope = await peopleInScope(by, role);
    expect(distinct(seen)).to.deep.equal(distinct(everybody.filter((person) => scope.has(person))));
  }

  /** Those whose rows a list in the scope `teams` shows to a person. */
  async function peopleInScope(by: TestPerson, role: Role): Promise<ReadonlySet<number>> {
    const condition = { admin: sql`true`, manager: sql`true`, team_leader: sql`team_id = ${world.org.team.id} or id = ${by.id}`, cs: sql`id = ${by.id}`, viewer: sql`false` }[role];
    return new Set((await world.app.query(sql<{ id: number }>`select id from agents where ${condition}`)).map((row) => row.id));
  }
});

/** JSON parsed, anything else as its text. */
const contentOf = (answer: Answer): unknown => answer.body ?? answer.text;

const distinct = (ids: readonly number[]): number[] => [...new Set(ids)].sort((a, b) => a - b);
