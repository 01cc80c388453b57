import { isDeepStrictEqual } from 'node:util';
import { sql } from '../../api/db/db.ts';
import { KEY_SCOPES, type KeyScope } from '../../api/auth/key-scopes.ts';
import { systemPrincipal, type Role } from '../../api/auth/principal.ts';
import type { Operation } from '../../api/http/contract.ts';
import type { OperationId } from '../../api/http/handler.ts';
import { call, type Call } from '../harness/calls.ts';
import type { World } from '../harness/world.ts';
import { personOfNobody, uuidOfNobody, type OperationScenarios } from './scenario.ts';
import { until } from '../harness/until.ts';
import { waiters } from '../harness/waiters.ts';

/** A request made from the operation's valid one, and the status it must get. */
export interface Derived {
  readonly status: number;
  readonly when: string;
  readonly request: (world: World) => Promise<Call>;
  /** The problem's code, where every operation has the same. */
  readonly code?: string;
}

const ROLES: readonly Role[] = ['admin', 'manager', 'team_leader', 'cs', 'viewer'];
const LARGER_THAN_ANY_BODY = JSON.stringify({ padding: 'x'.repeat(1_100_000) });

/**
 * The refusals that follow from the contract alone. 429 and 503 need an installation of their own
 * and are walked beside these.
 */
export function derivedRefusals(operation: Operation, { valid }: OperationScenarios): Derived[] {
  const found: Derived[] = [];
  const add = (status: number, code: string | undefined, when: string, change: (call: Call, world: World) => Call | Promise<Call>): void => {
    found.push({ status, when, ...(code ? { code } : {}), request: async (world) => change(await valid(world), world) });
  };
  const hasBody = 'application/json' in operation.requestTypes;
  add(400, 'validation_failed', 'a query parameter is unknown', (request) => ({ ...request, query: { ...request.query, unheardOf: 1 } }));
  if (operation.path.startsWith('/api/')) {
    add(400, 'unsupported_version', 'another API version is asked for', (request) => ({ ...request, headers: { ...request.headers, 'Accept-Version': 'v2' } }));
  }
  if (hasBody) {
    add(400, 'validation_failed', 'the body has an unknown field', (request) => ({ ...request, body: { ...(request.body as object), unheardOf: 1 } }));
    add(400, 'invalid_json', 'the body is not JSON', (request) => ({ ...request, body: '{"' }));
    add(413, 'payload_too_large', 'the body is over a megabyte', (request) => ({ ...request, body: LARGER_THAN_ANY_BODY }));
    add(415, 'unsupported_media_type', 'the body is text', (request) => ({ ...request, body: 'text', headers: { ...request.headers, 'Content-Type': 'text/plain' } }));
  }
  if (!operation.roles.includes('anonymous')) {
    add(401, 'token_missing', 'no token is sent', (request) => ({ ...request, as: null }));
    const refused = ROLES.find((role) => !operation.roles.includes(role));
    if (refused) add(403, 'role_not_allowed', `the role is ${refused}`, (request, world) => ({ ...request, as: world.inRole(refused) }));
    const lacking = (Object.keys(KEY_SCOPES) as KeyScope[]).filter((scope) => !operation.keyScopes.includes(scope));
    const code = operation.keyScopes.length === 0 ? 'not_for_keys' : 'scope_missing';
    add(403, code, 'an API key lacks the scope', async (request, world) => ({ ...request, as: await world.key(lacking) }));
  }
  for (const { name, schema } of operation.parameters.filter((parameter) => parameter.in === 'path')) {
    const isPerson = JSON.stringify(schema).includes('AgentId');
    // One of a few words is no id of anything.
    const isChoice = 'enum' in schema;
    if (!isChoice) add(404, undefined, `nothing has the ${name}`, (request) => ({ ...request, params: { ...request.params, [name]: isPerson ? personOfNobody : uuidOfNobody } }));
    add(400, 'validation_failed', `the ${name} is no id`, (request) => ({ ...request, params: { ...request.params, [name]: 'me' } }));
  }
  if (operation.parameters.some((parameter) => parameter.name === 'If-Match')) {
    add(412, 'version_mismatch', 'somebody was faster', (request) => ({ ...request, headers: { ...request.headers, 'If-Match': '"9999"' } }));
  }
  return found;
}

const system = systemPrincipal('test');

/** What `Idempotency-Key` promises for a create, told as what went wrong: nothing when all is well. */
export async function idempotencyFaults(world: World, id: OperationId, { valid }: OperationScenarios): Promise<string[]> {
  const faults: string[] = [];
  const key = { 'Idempotency-Key': `key-${world.next()}` };
  const first: Call = { ...(await valid(world)), headers: key };
  const created = await call(world.app, id, first);
  const again = await call(world.app, id, first);
  if (again.status !== created.status || !isDeepStrictEqual(again.body, created.body)) faults.push(`the repetition answered ${again.status} ${again.text}`);
  if (again.headers.get('Idempotency-Replayed') !== 'true') faults.push('the repetition is not marked as one');
  const other = await call(world.app, id, { ...(await valid(world)), headers: key });
  if (other.status !== 422) faults.push(`another body under the same key answered ${other.status}`);
  const slow: Call = { ...(await valid(world)), headers: { 'Idempotency-Key': `key-${world.next()}` } };
  const [running, meanwhile] = await whileNothingIsStored(world, async () => {
    const pending = call(world.app, id, slow);
    await keyIsClaimed(world);
    return [pending, await call(world.app, id, slow)] as const;
  });
  if (meanwhile.status !== 409) faults.push(`a repetition while the first one runs answered ${meanwhile.status}`);
  if ((await running).status !== created.status) faults.push(`the first one then answered ${(await running).status}`);
  return faults;
}

/** Holds every answer of a create back, right before it is stored with its key, until `work` is done. */
async function whileNothingIsStored<T>(world: World, work: () => Promise<T>): Promise<T> {
  return world.app.ctx.uow.write(system, async (tx) => {
    await tx.run(sql`lock table idempotency_keys in exclusive mode`);
    // Outside this transaction: the requests have their own.
    return work();
  });
}

const keyIsClaimed = (world: World): Promise<void> => until(async () => (await waiters(world.app)).length > 0);
