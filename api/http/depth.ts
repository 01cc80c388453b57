/** Lists and objects in each other; nothing anybody means to send comes near. */
export const DEEPEST = 64;

/** Whether lists and objects are in each other more than {@link DEEPEST} times. Without recursion: they may be deeper than the stack. */
export function isTooDeep(value: unknown): boolean {
  let level = [value].filter(isHolder);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth === DEEPEST) return true;
    level = level.flatMap((holder) => Object.values(holder).filter(isHolder));
  }
  return false;
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;
