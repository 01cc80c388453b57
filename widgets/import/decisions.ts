import type { Import, Mapping, MappingData, Question } from './import-model.ts';

export type Value = Question['choices'][number]['value'];

/**
 * What somebody has said on this page and the file was not read by yet: place in the mapping (a JSON pointer) → value;
 * undefined takes back what was said earlier. They are collected, because reading a large file again takes its time.
 */
export type Decisions = ReadonlyMap<string, Value | undefined>;

export const NO_DECISIONS: Decisions = new Map();

/** What a place in the layout decides of the rest: columns are those of one header. */
const LAYOUT: Readonly<Record<string, readonly string[]>> = {
  '/sheet': ['/headerRow', '/table', '/columns', '/options/day', '/options/units', '/options/figure'],
  '/headerRow': ['/table', '/columns', '/options/day', '/options/units', '/options/figure'],
  '/table': ['/columns', '/options/units'],
};

/** `/people/Web~1App`: slashes in names included. */
export const pointerTo = (...path: string[]): string => path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const isLayout = (decisions: Decisions): boolean => [...decisions.keys()].some((pointer) => pointer in LAYOUT);

/** With one more decision. What it makes meaningless is dropped, and so is what says no more than the mapping does. */
export function decide(decisions: Decisions, mapping: Mapping | null, pointer: string, value: Value | undefined): Decisions {
  const next = new Map([...decisions].filter(([other]) => other !== pointer && !isBelow(other, LAYOUT[pointer] ?? [])));
  if (mapping === null || value === undefined || valueAt(mapping, pointer) !== value) next.set(pointer, value);
  return next;
}

/** The answer to a question is a decision even where it says what was assumed meanwhile. */
export function answer(decisions: Decisions, pointer: string, value: Value): Decisions {
  return new Map([...decide(decisions, null, pointer, value)]);
}

/** Without what was chosen before to answer the same question elsewhere in the mapping. */
export function withoutOthers(decisions: Decisions, { choices, answer: chosen }: Pick<Question, 'choices' | 'answer'>): Decisions {
  const places = new Set(choices.flatMap(({ answer: place }) => place ?? []));
  if (places.size === 0) return decisions;
  return new Map([...decisions].filter(([pointer]) => pointer === chosen || !(places.has(pointer) || pointer === '/options/day')));
}

/** Gives a column another meaning. A field that had another column lets go of it, and of what its numbers counted there. */
export function decideColumn(decisions: Decisions, mapping: Mapping, column: number, field: string): Decisions {
  let next = decisions;
  for (const [name, used] of Object.entries(columnsNow(mapping, decisions))) {
    if (used === column && name !== field) next = decide(next, mapping, pointerTo('columns', name), null);
  }
  if (field === '') return next;
  next = decide(next, mapping, pointerTo('columns', field), column);
  return mapping.options.units?.[field] === undefined ? next : decide(next, null, pointerTo('options', 'units', field), undefined);
}

/** Field → column as it was read, with what was decided since. */
export function columnsNow(mapping: Mapping, decisions: Decisions): Readonly<Record<string, number | null>> {
  const decided = [...decisions].flatMap(([pointer, value]) => (pointer.startsWith('/columns/') ? [[partsOf(pointer)[1] ?? '', value as number | null] as const] : []));
  return { ...mapping.columns, ...Object.fromEntries(decided) };
}

/** The field a column is used for, or nothing. */
export function fieldAt(columns: Readonly<Record<string, number | null>>, column: number): string | undefined {
  return Object.entries(columns).find(([, used]) => used === column)?.[0];
}

/** What is to be sent: all that was said so far, and what is said now. */
export function withDecisions(decided: MappingData, decisions: Decisions): MappingData {
  const copy = structuredClone(decided) as Record<string, unknown>;
  for (const pointer of decisions.keys()) for (const gone of LAYOUT[pointer] ?? []) put(copy, gone, undefined);
  for (const [pointer, value] of decisions) put(copy, pointer, value);
  return copy;
}

export function valueAt(mapping: MappingData, pointer: string): unknown {
  return partsOf(pointer).reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined), mapping);
}

function put(mapping: Record<string, unknown>, pointer: string, value: unknown): void {
  const path = partsOf(pointer);
  const last = path.pop();
  if (last === undefined) return;
  let at = mapping;
  for (const part of path) at = (at[part] ??= {}) as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
}

/** Whether columns, words or names of a file mean what was said of an earlier one: nobody has said it of this one, and nothing guessed it. */
export function usesMemory({ mapping, decided, detected }: Pick<Import, 'mapping' | 'decided' | 'detected'>): boolean {
  if (!mapping) return false;
  const guessed = (field: string, column: number | null): boolean => detected?.guesses.some((guess) => guess.field === field && guess.column === column) ?? false;
  const columns = Object.entries(mapping.columns).some(([field, column]) => decided.columns?.[field] === undefined && !guessed(field, column));
  const words = Object.entries(mapping.values).some(([field, meanings]) => Object.keys(meanings).some((word) => decided.values?.[field]?.[word] === undefined));
  return columns || words || Object.keys(mapping.people).some((name) => decided.people?.[name] === undefined);
}

const partsOf = (pointer: string): string[] => pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

const isBelow = (pointer: string, places: readonly string[]): boolean => places.some((place) => pointer === place || pointer.startsWith(`${place}/`));
