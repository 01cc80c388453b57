/** What a form edits, as one level: nested values by their path (`targets/csat`), lists as one value. */
export type Flat = Readonly<Record<string, unknown>>;

/** A field that somebody else changed while it was being edited here. */
export interface Change {
  readonly key: string;
  readonly from: unknown;
  readonly to: unknown;
  /** Changed here as well, to something else: what was written here was kept. */
  readonly clash: boolean;
}

const isGroup = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param value an object of objects; lists stay whole */
export function flatten(value: object, prefix = ''): Flat {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (isGroup(inner) ? Object.entries(flatten(inner, `${prefix}${key}/`)) : [[prefix + key, inner] as const])),
  );
}

/** The opposite of `flatten`. */
export function unflatten(flat: Flat): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(flat)) {
    const keys = path.split('/');
    const last = keys.pop() ?? path;
    let group = whole;
    for (const key of keys) {
      const inner = group[key];
      group = isGroup(inner) ? inner : (group[key] = {} as Record<string, unknown>);
    }
    group[last] = value;
  }
  return whole;
}

/** Whether two values of a field are the same; a list is compared by its items in their order. */
export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** The fields that differ, with their new values. */
export function changed(base: Flat, draft: Flat): Flat {
  return Object.fromEntries(Object.entries(draft).filter(([key, value]) => !same(base[key], value)));
}

/**
 * Brings what somebody else saved into what is being edited. A field that only they changed is theirs, one that was
 * changed here stays as it is here, so that nothing written is lost.
 *
 * @param base what the edit started from
 */
export function merge(base: Flat, mine: Flat, theirs: Flat): { draft: Flat; changes: Change[] } {
  const draft: Record<string, unknown> = { ...theirs };
  const changes: Change[] = [];
  for (const key of Object.keys(theirs)) {
    const edited = !same(base[key], mine[key]);
    if (edited) draft[key] = mine[key];
    if (same(base[key], theirs[key]) || (edited && same(mine[key], theirs[key]))) continue;
    changes.push({ key, from: base[key], to: theirs[key], clash: edited });
  }
  return { draft, changes };
}
