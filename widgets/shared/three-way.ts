import { diff3Merge } from 'node-diff3';

/** What two people made of the same thing. `clash`: both changed the same part; then `value` keeps what was written here. */
export interface Merged<T> {
  readonly value: T;
  readonly clash: boolean;
}

/** Whether two values say the same; lists by their entries in their order. */
export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** One value that is written as a whole. */
export function mergeWhole<T>(base: T, mine: T, theirs: T): Merged<T> {
  if (same(mine, base) || same(mine, theirs)) return { value: theirs, clash: false };
  return { value: mine, clash: !same(theirs, base) };
}

/**
 * Text, by its lines, and within a line by its words. What both wrote in the same place stands there twice, theirs
 * first: nothing is lost, and nobody has to decide. A clash is where both replaced the same words.
 */
export function mergeText(base: string, mine: string, theirs: string): Merged<string> {
  const lines = mergeTokens(base, mine, theirs, '\n', (o, a, b) => {
    const words = mergeTokens(o.join('\n'), a.join('\n'), b.join('\n'), /(?<=\s)(?=\S)|(?<=\S)(?=\s)/, undefined);
    return { value: words.value.join('').split('\n'), clash: words.clash };
  });
  return { value: lines.value.join('\n'), clash: lines.clash };
}

type Region = (base: string[], mine: string[], theirs: string[]) => Merged<string[]>;

function mergeTokens(base: string, mine: string, theirs: string, separator: string | RegExp, within: Region | undefined): Merged<string[]> {
  const parts = (text: string): string[] => (text === '' ? [] : text.split(separator));
  const value: string[] = [];
  let clash = false;
  for (const region of diff3Merge(parts(mine), parts(base), parts(theirs), { excludeFalseConflicts: true })) {
    const conflict = region.conflict;
    if (!conflict) {
      value.push(...(region.ok ?? []));
    } else if (conflict.o.length === 0) {
      value.push(...conflict.b, ...conflict.a);
    } else {
      const inner = within?.(conflict.o, conflict.a, conflict.b) ?? { value: conflict.a, clash: true };
      value.push(...inner.value);
      clash ||= inner.clash;
    }
  }
  return { value, clash };
}

/** What an entry of a list is known by. */
type Key<T> = (entry: T) => string;

/**
 * A list, by its entries. What either added stays, what either took out goes unless the other has changed it, and an
 * entry that both changed is merged by its fields.
 */
export function mergeList<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[], key: Key<T>): Merged<T[]> {
  const [was, here, there] = [base, mine, theirs].map((list) => new Map(list.map((entry) => [key(entry), entry])));
  const keys = (list: readonly T[]): string[] => list.map(key);
  // Whoever has moved something decides about the order; of two, they.
  const moved = !same(keys(theirs).filter((k) => was?.has(k)), keys(base).filter((k) => there?.has(k)));
  const order = moved ? interleave(keys(theirs), keys(mine)) : interleave(keys(mine), keys(theirs));
  let clash = false;
  const value = order.flatMap((k) => {
    const entry = mergeEntry(was?.get(k), here?.get(k), there?.get(k));
    clash ||= entry?.clash ?? false;
    return entry ? [entry.value] : [];
  });
  return { value, clash };
}

/** The first order, with what only the second has behind whatever it follows there. */
function interleave(first: readonly string[], second: readonly string[]): string[] {
  const order = [...first];
  second.forEach((k, n) => {
    if (order.includes(k)) return;
    const before = second.slice(0, n).findLast((other) => order.includes(other));
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, k);
  });
  return order;
}

function mergeEntry<T>(base: T | undefined, mine: T | undefined, theirs: T | undefined): Merged<T> | undefined {
  if (mine === undefined && theirs === undefined) return undefined;
  if (mine === undefined) return theirs !== undefined && !same(theirs, base) ? { value: theirs, clash: false } : undefined;
  if (theirs === undefined) return same(mine, base) ? undefined : { value: mine, clash: false };
  if (typeof mine !== 'object' || typeof theirs !== 'object' || mine === null || theirs === null) return { value: theirs, clash: false };
  return mergeFields<T & object>(base ?? undefined, mine, theirs);
}

/** An object, by its fields. Where both have made it there is no base, and what was written here stands. */
export function mergeFields<T extends object>(base: T | undefined, mine: T, theirs: T): Merged<T> {
  let clash = false;
  const fields = (Object.keys(theirs) as (keyof T)[]).map((field) => {
    const merged = mergeWhole((base ?? theirs)[field], mine[field], theirs[field]);
    clash ||= merged.clash;
    return [field, merged.value] as const;
  });
  return { value: Object.fromEntries(fields) as T, clash };
}
