import type { Group, Row } from './board-model.ts';

/** px of each kind of line; known, not measured, so that nothing shifts while one scrolls. */
export type LineHeights = Readonly<Record<(Group | Row)['kind'], number>>;

/** To be read once for all lines: each of them needs its height several times. @param wide whether a person fits into one line */
export function lineHeights(wide: boolean): LineHeights {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const coarse = matchMedia('(pointer: coarse)').matches; // a finger needs 44 px of a line, a pointer less
  const one = coarse ? 2.75 : 2.5;
  const two = coarse ? 4.25 : 3.25;
  return { group: Math.round(rem * 2.5), agent: Math.round(rem * (wide ? one : two)) };
}
