import { median } from 'simple-statistics';

/** How evenly something is spread over people. */
export interface Spread {
  readonly people: number;
  readonly least: number | null;
  readonly median: number | null;
  readonly most: number | null;
  /** 0 where everybody has as many; null under two people, and where nobody has any. */
  readonly gini: number | null;
}

/**
 * Least, median, most and Gini coefficient of counts, one for each person. Source of the last: C. Gini, "Variabilità e
 * mutabilità" (1912); here in the form for sorted values, Σ (2i − n − 1) xᵢ / (n Σ xᵢ).
 */
export function spreadOf(counts: readonly number[]): Spread {
  if (counts.length === 0) return { people: 0, least: null, median: null, most: null, gini: null };
  const sorted = counts.toSorted((a, b) => a - b);
  return { people: counts.length, least: sorted[0]!, median: median(sorted), most: sorted.at(-1)!, gini: gini(sorted) };
}

function gini(sorted: readonly number[]): number | null {
  const n = sorted.length;
  const total = sorted.reduce((sum, count) => sum + count, 0);
  if (n < 2 || total === 0) return null;
  return sorted.reduce((sum, count, i) => sum + (2 * (i + 1) - n - 1) * count, 0) / (n * total);
}
