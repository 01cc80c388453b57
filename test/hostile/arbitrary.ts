import fc from 'fast-check';
import { isName } from '../../api/http/plain-text.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Ids that valid requests name: of things that are there and that a suite can do without, and of nothing. */
export interface Pools {
  readonly people: readonly number[];
  readonly uuids: readonly string[];
}

/** What is sent in place of a value that belongs there. */
export const HOSTILE: readonly unknown[] = [
  null, true, 0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, '', ' ', '\u00a0', '0', '-1', '1e999', 'NaN', 'a\0b', '\ud800', 'x\udfff', '\u202egnp.exe', '\ufeff', '🦄'.repeat(300),
  'İ'.repeat(255), 'x'.repeat(100_000), ' '.repeat(10_000), `a${' '.repeat(10_000)}`, '\n', "'; drop table agents; --", '${7*7}', '%00', '../../etc/passwd', '<script>alert(1)</script>',
  '__proto__', 'constructor', 'toString', '0000-00-00', '0000-01-01', '9999-99-99', '9999-12-31', '2026-02-30', '10000-01-01', '-000001-01-01', '2026-01-01', '0000-01-01T00:00:00Z',
  '2026-12-31T23:59:60Z', '2026-01-01T00:00:00+23:59', '2026-01-01t00:00:00z', '9999-12-31T23:59:59.999999999Z', '018F0000-0000-7000-8000-000000000000', [], {}, [[]], [null], ['x'], { x: {} },
  JSON.parse('{"__proto__":{"admin":true}}'), JSON.parse('{"constructor":{"prototype":{"admin":true}}}'), { toString: 1 }, { length: 1e9 },
  Array.from({ length: 20_000 }, (_, i) => i), Array.from({ length: 3000 }, () => 'x'),
];

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...HOSTILE) },
  { weight: 1, arbitrary: fc.anything({ withNullPrototype: false, maxDepth: 3 }).filter(isJson) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** Names of properties that no schema knows. */
export const hostileName = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', 'x'.repeat(5000), 'a\0b', '$ref', 'unheardOf', 'id', 'version', 'isActive', 'role');

/** Values that a schema allows, to its edges: dates of all its years, texts of all letters, numbers at both ends. */
export class ContractArbitrary {
  readonly #document: Schema;
  readonly #pools: Pools;

  constructor(document: Schema, pools: Pools) {
    this.#document = document;
    this.#pools = pools;
  }

  of(schema: Schema): fc.Arbitrary<unknown> {
    if (typeof schema['$ref'] === 'string') return this.#reference(schema['$ref']);
    if ('const' in schema) return fc.constant(schema['const']);
    if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
    const choices = (schema['oneOf'] ?? schema['anyOf']) as Schema[] | undefined;
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice)));
    const types = [schema['type']].flat() as string[];
    return fc.oneof(...types.map((type) => this.#typed(type, schema)));
  }

  #reference(ref: string): fc.Arbitrary<unknown> {
    if (ref.endsWith('/AgentId')) return fc.constantFrom(...this.#pools.people);
    if (ref.endsWith('/Uuid')) return fc.constantFrom(...this.#pools.uuids);
    let found: unknown = this.#document;
    for (const part of ref.slice(2).split('/')) found = (found as Schema)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
    return this.of(found as Schema);
  }

  #typed(type: string, schema: Schema): fc.Arbitrary<unknown> {
    switch (type) {
      case 'integer':
        return between(schema, 'integer');
      case 'number':
        return between(schema, 'number');
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      case 'array':
        return this.#array(schema);
      case 'object':
        return this.#object(schema);
      default:
        return text(schema);
    }
  }

  #array(schema: Schema): fc.Arbitrary<unknown> {
    const items = this.of((schema['items'] ?? { type: 'string' }) as Schema);
    const minLength = Number(schema['minItems'] ?? 0);
    const maxLength = Math.max(minLength, Math.min(5, Number(schema['maxItems'] ?? 5)));
    return schema['uniqueItems'] ? fc.uniqueArray(items, { minLength, maxLength, comparator: (a, b) => JSON.stringify(a) === JSON.stringify(b) }) : fc.array(items, { minLength, maxLength });
  }

  #object(schema: Schema): fc.Arbitrary<unknown> {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    const required = (schema['required'] ?? []) as string[];
    const atLeast = Number(schema['minProperties'] ?? 0);
    const fields = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, this.of(inner)]));
    return fc.record(fields, { requiredKeys: required, noNullPrototype: true }).filter((value) => Object.keys(value).length >= atLeast);
  }
}

function between(schema: Schema, kind: 'integer' | 'number'): fc.Arbitrary<number> {
  const min = Number(schema['minimum'] ?? -1e6);
  const max = Number(schema['maximum'] ?? 1e6);
  return kind === 'integer' ? fc.integer({ min: Math.ceil(min), max: Math.floor(max) }) : fc.double({ min, max, noNaN: true });
}

const twoDigits = (max: number, min = 0): fc.Arbitrary<string> => fc.integer({ min, max }).map((n) => String(n).padStart(2, '0'));
const date = fc.tuple(fc.oneof(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1900, max: 2199 })), twoDigits(12, 1), twoDigits(28, 1)).map(([y, m, d]) => `${String(y).padStart(4, '0')}-${m}-${d}`);
const offset = fc.oneof(fc.constantFrom('Z', 'z'), fc.tuple(fc.constantFrom('+', '-'), twoDigits(23), twoDigits(59)).map(([sign, h, m]) => `${sign}${h}:${m}`));
const instant = fc.tuple(date, fc.constantFrom('T', 't', ' '), twoDigits(23), twoDigits(59), twoDigits(60), fc.constantFrom('', '.1', '.123456789'), offset).map(([d, t, h, m, s, f, z]) => `${d}${t}${h}:${m}:${s}${f}${z}`);
/** Patterns with conditions that cannot be generated from. */
const SPECIAL: readonly [RegExp, fc.Arbitrary<string>][] = [
  [/\(\?=/, fc.string({ minLength: 5, maxLength: 30 }).map((rest) => `aA1${rest}`)],
  [/^\^\(19\|20\|21\)/, fc.oneof(date, instant)],
];

function text(schema: Schema): fc.Arbitrary<string> {
  const { format, pattern } = schema as { format?: string; pattern?: string };
  if (format === 'date') return date;
  if (format === 'date-time') return instant;
  if (format === 'email') return fc.emailAddress();
  const minLength = Number(schema['minLength'] ?? 0);
  const maxLength = Math.min(300, Number(schema['maxLength'] ?? 300));
  if (pattern === undefined) return fc.string({ unit: 'grapheme', minLength, maxLength });
  const special = SPECIAL.find(([form]) => form.test(pattern));
  if (special) return special[1];
  // A text of all letters that also has to be a name (one line, all of it visible).
  if (format === 'name') return fc.string({ unit: 'grapheme', minLength: Math.max(2, minLength), maxLength }).map((value) => `a${value}z`.slice(0, maxLength)).filter(isName);
  if (pattern.startsWith('^')) return fc.stringMatching(new RegExp(pattern)).filter((value) => value.length >= minLength && value.length <= maxLength);
  return fc.string({ unit: 'grapheme', minLength: Math.max(2, minLength), maxLength }).map((value) => `a${value}z`.slice(0, maxLength));
}

/** Whether a value survives the way over JSON at all. */
function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
