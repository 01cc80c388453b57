import padjust from '@stdlib/stats-padjust';
import ttest2 from '@stdlib/stats-ttest2';

/** How two means differ, as far as two samples tell. */
export interface MeanDifference {
  /** Mean of the second sample minus mean of the first. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  /** Two-sided p-value of "no difference". */
  readonly p: number;
}

/**
 * Welch's interval for the difference of two means: the samples may vary differently and be of different size.
 * Source: B. L. Welch, "The generalization of 'Student's' problem when several different population variances are
 * involved", Biometrika 34 (1947), 28–35; computed by `@stdlib/stats-ttest2`. Two samples that do not vary at all leave
 * nothing to estimate: the interval is the difference itself.
 *
 * @param first, second at least two values each
 * @param level of confidence, between 0 and 1
 */
export function welchDifference(first: readonly number[], second: readonly number[], level: number): MeanDifference {
  if (isConstant(first) && isConstant(second)) {
    const difference = second[0]! - first[0]!;
    return { difference, lower: difference, upper: difference, p: difference === 0 ? 1 : 0 };
  }
  const { xmean, ymean, ci, pValue } = ttest2([...second], [...first], { alpha: 1 - level });
  return { difference: xmean - ymean, lower: ci[0]!, upper: ci[1]!, p: pValue }; // two-sided: both ends are there
}

const isConstant = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

/** What several tests together allow to be said of one of them. */
export interface HolmStep {
  /** Adjusted p-value. */
  readonly p: number;
  readonly rejected: boolean;
  /**
   * The level of confidence at which the test was decided: an interval at this level excludes "no difference" exactly
   * where `rejected` says so.
   */
  readonly level: number;
}

/**
 * Holm's procedure: the chance that any of several tests finds something where there is nothing stays below `1 − level`.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6 (1979), 65–70. The i-th
 * smallest p-value is held against (1 − level) / (m − i + 1), and after the first that is larger nothing is rejected.
 *
 * @returns in the order of the p-values
 */
export function holm(pValues: readonly number[], level: number): HolmStep[] {
  if (pValues.length === 0) return [];
  const alpha = 1 - level;
  const adjusted = padjust([...pValues], 'holm');
  const rejected = adjusted.map((p) => p <= alpha);
  // Whatever was not rejected was decided at the step of the first that was not.
  const steps = rejected.filter(Boolean).length;
  const ranks = ranksOf(pValues);
  return adjusted.map((p, i) => ({ p, rejected: rejected[i]!, level: 1 - alpha / (pValues.length - Math.min(ranks[i]!, steps)) }));
}

/** The place of each value among all, from 0; equal values in the order in which they stand. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks: number[] = [];
  for (const [rank, index] of order.entries()) ranks[index] = rank;
  return ranks;
}
