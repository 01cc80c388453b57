import { expect } from 'chai';
import fc from 'fast-check';
import type { Operation } from '../../api/http/contract.ts';
import { personOfNobody, uuidOfNobody } from '../contract/scenario.ts';
import { toAnswer, type Call } from '../harness/calls.ts';
import { contractChecker, type Answer } from '../harness/contract-checker.ts';
import { fingerprint } from '../harness/fingerprint.ts';
import { LONG } from '../harness/long.ts';
import { startWorld, type World } from '../harness/world.ts';
import { ContractArbitrary, hostileName, hostileValue, type Pools } from './arbitrary.ts';

const RUNS = LONG ? 500 : 14;
const { contract } = contractChecker();

/** A request taken apart, so that every part can be spoilt. */
interface Parts {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** One thing that is wrong with a request. */
type Damage = (parts: Parts) => Parts;

const RAW_SEGMENTS = ['%', '%00', '%E0%A4%A', '%ff', '..%2f..', '%2e%2e', 'x'.repeat(4000), '1 or 1=1', '1;', '-1', '0', '1.0', '1e3', '%20', '𝟙', 'null', 'undefined', '[object Object]', '__proto__'];
const HEADER_VALUES = ['', ' ', '"', '"1', 'W/"1"', '"-1"', '"99999999999"', '*', 'é', 'x'.repeat(300), '\t', '"1", "2"'];

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(hostileValue, fc.nat()).map(([value, at]): Damage => (parts) => ({ ...parts, body: replaceAt(parts.body, at, value) })),
  fc.tuple(hostileName, hostileValue).map(([name, value]): Damage => (parts) => ({ ...parts, body: withField(parts.body, name, value) })),
  fc.nat().map((at): Damage => (parts) => ({ ...parts, body: withoutField(parts.body, at) })),
  hostileValue.map((body): Damage => (parts) => ({ ...parts, body })),
  fc.tuple(hostileName, hostileValue).map(([name, value]): Damage => (parts) => ({ ...parts, query: withField(parts.query, name, value) as Parts['query'] })),
  fc.tuple(hostileValue, fc.nat()).map(([value, at]): Damage => (parts) => ({ ...parts, query: Object.keys(parts.query).length > 0 ? (replaceAt(parts.query, at, value) as Parts['query']) : parts.query })),
  fc.tuple(fc.constantFrom(...RAW_SEGMENTS), fc.nat()).map(([segment, at]): Damage => (parts) => ({ ...parts, params: replaceAt(parts.params, at, { raw: segment }) as Parts['params'] })),
  fc.tuple(fc.constantFrom('If-Match', 'Idempotency-Key', 'Accept-Version', 'X-Request-Id', 'Range', 'Accept', 'Expect-Nothing'), fc.constantFrom(...HEADER_VALUES)).map(([name, value]): Damage => (parts) => ({ ...parts, headers: { ...parts.headers, [name]: value } })),
);

describe('Hostile requests', function () {
  this.timeout(LONG ? 1_800_000 : 60_000);
  let world: World;
  let arbitrary: ContractArbitrary;
  const statuses = new Map<number, number>();

  before(async () => {
    world = await startWorld('hostile');
    arbitrary = new ContractArbitrary(contract.document, await disposable(world));
  });
  after(() => world.close());

  for (const operation of contract.operations) {
    if (!operation.path.startsWith('/api/') || operation.id === 'logout') continue;
    it(`cannot break ${operation.id}`, async () => {
      await fc.assert(
        fc.asyncProperty(requestFor(operation), fc.array(damage, { maxLength: 2 }), fc.constantFrom('admin', 'manager', 'leader', 'agent' as const), async (parts, damages, who) => {
          const spoilt = damages.reduce((current, apply) => apply(current), parts);
          await judge(operation, spoilt, world.org[who as 'admin']);
        }),
        { numRuns: RUNS },
      );
    });
  }

  it('were among requests that succeeded, were refused as wrong, and as not there', () => {
    for (const status of [200, 201, 400, 401, 403, 404, 422]) expect(statuses.get(status) ?? 0, `${status} of ${JSON.stringify([...statuses])}`).to.be.above(0);
  });

  /** A request that fits the contract. */
  function requestFor(operation: Operation): fc.Arbitrary<Parts> {
    const group = (place: string) =>
      fc.record(
        Object.fromEntries(operation.parameters.filter((parameter) => parameter.in === place).map((parameter) => [parameter.name, arbitrary.of(parameter.schema)])),
        { requiredKeys: operation.parameters.filter((parameter) => parameter.in === place && parameter.required).map((parameter) => parameter.name), noNullPrototype: true },
      );
    const pointer = operation.requestTypes['application/json'];
    const body = pointer === undefined ? fc.constant(undefined) : arbitrary.of({ $ref: `#${pointer}` });
    return fc.record({ params: group('path'), query: group('query'), headers: group('header') as fc.Arbitrary<Record<string, string>>, body });
  }

  async function judge(operation: Operation, parts: Parts, as: NonNullable<Call['as']>): Promise<void> {
    const before = await fingerprint(world.app);
    const answer = await sendParts(operation, parts, as);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const told = `${operation.id} ${JSON.stringify(parts).slice(0, 1500)} → ${answer.status} ${answer.text.slice(0, 600)}`;
    expect(answer.status, told).to.be.below(500);
    if (!arrivedThere(operation, parts)) return;
    expect(contractChecker().faults(operation.id, answer), told).to.deep.equal([]);
    if (answer.status < 400) return;
    const problem = answer.body as { details?: { path: string }[] };
    if (answer.status === 400) expect(problem.details?.every(({ path }) => /^\/(path|query|header|body)/.test(path)) && problem.details.length > 0, `names no field: ${told}`).to.equal(true);
    expect(await fingerprint(world.app), told).to.deep.equal(before);
  }

  async function sendParts(operation: Operation, { params, query, headers, body }: Parts, as: NonNullable<Call['as']>): Promise<Answer> {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => segmentOf(params[name]));
    const search = Object.entries(query).flatMap(([name, value]) => [value].flat().map((one) => `${safe(name)}=${safe(one)}`)).slice(0, 50).join('&').slice(0, 8000);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const response = await fetch(`${world.app.url}${path}${search ? `?${search}` : ''}`, {
      method: operation.method.toUpperCase(),
      headers: { ...headers, Authorization: `Bearer ${as.token}`, ...(text === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(text === undefined || operation.method === 'get' ? {} : { body: text }),
    });
    return toAnswer(response);
  }
});

describe('Hostile bodies', function () {
  this.timeout(60_000);
  let world: World;

  before(async () => {
    world = await startWorld('bodies');
  });
  after(() => world.close());

  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}, method = 'POST'): Promise<{ answer: Answer; ms: number }> => {
    const started = performance.now();
    const response = await fetch(`${world.app.url}${path}`, { method, body, headers: { Authorization: `Bearer ${world.org.admin.token}`, 'Content-Type': 'application/json', ...headers } });
    return { answer: await toAnswer(response), ms: performance.now() - started };
  };
  /** An event loop that is busy for longer makes everybody wait. */
  const PATIENCE_MS = 3000;

  const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
  const bodies: Record<string, string> = {
    'arrays in arrays': `{"agentId":1,"noteType":"POSITIVE","content":${nested('[', ']', 200_000)}}`,
    'objects in objects': `${nested('{"a":', '}', 100_000).replace('}', '1}')}`,
    'objects in an unknown field': `{"agentId":1,"noteType":"POSITIVE","content":"x","x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
    'a hundred thousand unknown fields': `{${Array.from({ length: 60_000 }, (_, i) => `"f${i}":1`).join(',')}}`,
    'a field again and again': `{${Array.from({ length: 60_000 }, () => '"content":"x"').join(',')}}`,
    'a number without end': `{"agentId":${'9'.repeat(500_000)},"noteType":"POSITIVE","content":"x"}`,
    'nothing but blanks': ' '.repeat(900_000),
    'a byte order mark': '\ufeff{}',
    'two documents': '{}{}',
    'a comment': '/* */{}',
    'an unfinished escape': '{"content":"\\u12',
    'a lone surrogate': '{"agentId":1,"noteType":"POSITIVE","content":"\\ud800"}',
    'a lone surrogate in a name': '{"\\ud800":1}',
    'NaN': '{"agentId":NaN}',
  };
  for (const [what, body] of Object.entries(bodies)) {
    it(`of ${what} are refused, naming the field, in no time`, async () => {
      const before = await fingerprint(world.app);
      const { answer, ms } = await post('/api/quick-notes', body);
      expect(answer.status, answer.text.slice(0, 500)).to.equal(400);
      expect((answer.body as { details: { path: string }[] }).details[0]?.path).to.match(/^\/body/);
      expect(answer.text.length).to.be.below(20_000);
      expect(ms).to.be.below(PATIENCE_MS);
      expect(await fingerprint(world.app)).to.deep.equal(before);
    });
  }

  it('of hundreds of thousands of ids are refused in no time', async () => {
    for (const ids of [Array.from({ length: 130_000 }, (_, i) => i + 1), Array.from({ length: 240_000 }, () => 7), Array.from({ length: 150_000 }, () => 'x')]) {
      const { answer, ms } = await post(`/api/teams/${world.org.team.id}/members`, JSON.stringify({ agentIds: ids }), {}, 'PUT');
      expect(answer.status, answer.text.slice(0, 300)).to.equal(400);
      expect(ms).to.be.below(PATIENCE_MS);
    }
  });

  it('of other media types, encodings and charsets are refused as such', async () => {
    const refused: [Record<string, string>, number][] = [
      [{ 'Content-Type': 'text/plain' }, 415],
      [{ 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
      [{ 'Content-Type': 'application/json; charset=utf-7' }, 415],
      [{ 'Content-Encoding': 'zstd-unheard-of' }, 415],
      [{ 'Content-Encoding': 'gzip' }, 400],
    ];
    for (const [headers, status] of refused) {
      const { answer } = await post('/api/quick-notes', '{}', headers);
      expect(answer.status, JSON.stringify(headers)).to.equal(status);
      expect(contractChecker().faults('createQuickNote', answer)).to.deep.equal([]);
    }
  });

  it('that are small but inflate beyond a megabyte are too large', async () => {
    const { gzipSync } = await import('node:zlib');
    const { answer } = await post('/api/quick-notes', new Uint8Array(gzipSync(JSON.stringify({ content: 'x'.repeat(50_000_000) }))), { 'Content-Encoding': 'gzip' });
    expect(answer.status).to.equal(413);
  });

  it('of words that PostgreSQL, JSON or HTML would read are kept to the letter', async () => {
    const contents = ["'; drop table agents; --", '{"$gt":""}', '<img src=x onerror=alert(1)>', '\\u0000 \\x00 %00', '=cmd|calc!A1', '🦄 Ω ﷽ \u200f', 'a\tb\nc', 'a\u2028\u2029b'];
    for (const content of contents) {
      const { answer } = await post('/api/quick-notes', JSON.stringify({ agentId: world.org.agent.id, noteType: 'POSITIVE', content }));
      expect(answer.status, content).to.equal(201);
      expect(answer.body).to.have.property('content', content);
    }
  });
});

/** Things that a suite may change or lose, beside ids of nothing. */
async function disposable(world: World): Promise<Pools> {
  const { agent, team } = world.org;
  const people = [await world.someone(), await world.someone('team_leader'), await world.someone('viewer'), personOfNobody];
  const uuids = [await world.team(), await world.note(people[0] ?? 0), await world.session(people[0] ?? 0), await world.sessionIn('live', agent.id), await world.disputed(agent.id), await world.absence(people[0] ?? 0), await world.interaction(agent.id), team.id.toUpperCase(), uuidOfNobody];
  return { people, uuids };
}

/** Whether a spoilt path is still one of the operation's. */
function arrivedThere(operation: Operation, { params }: Parts): boolean {
  return operation.parameters.filter((parameter) => parameter.in === 'path').every(({ name }) => !/^(\.|%2e)*$|%2f/i.test(segmentOf(params[name])));
}

function segmentOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'raw' in value ? encodeURI(String(value.raw)).replaceAll('%25', '%') : safe(value);
}

/** Percent-encoded, with what is no text as its replacement character. */
const safe = (value: unknown): string => encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed()).slice(0, 5000).replace(/%.?$/, '');

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Puts a value in place of one that is there, however deep. */
function replaceAt(target: unknown, at: number, value: unknown): unknown {
  if (!isObject(target) || Object.keys(target).length === 0) return value;
  const names = Object.keys(target);
  const name = names[at % names.length] ?? '';
  const deeper = at % 3 === 0 && isObject(target[name]);
  const changed = deeper ? replaceAt(target[name], Math.floor(at / names.length), value) : value;
  return withField(target, name, changed);
}

function withField(target: unknown, name: string, value: unknown): unknown {
  const copy: object = Array.isArray(target) ? [...(target as unknown[])] : isObject(target) ? { ...target } : {};
  Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

function withoutField(target: unknown, at: number): unknown {
  if (!isObject(target)) return target;
  const names = Object.keys(target);
  return Object.fromEntries(Object.entries(target).filter(([name]) => name !== names[at % Math.max(1, names.length)]));
}
