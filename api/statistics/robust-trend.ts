import { errorFunction } from 'simple-statistics';

/** Result of {@link mannKendall}. */
export interface MannKendall {
  /** Concordant minus discordant pairs; negative for a falling series. */
  readonly s: number;
  /** Standard normal score after the continuity correction; 0 when it cannot be computed. */
  readonly z: number;
  /** Two-sided p-value of "no monotonic trend". */
  readonly p: number;
}

/**
 * Theil–Sen estimator: the median of the slopes between all pairs of points with different x.
 * Source: P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", JASA 63 (1968), 1379–1389.
 *
 * @returns change of y per unit of x; null with fewer than two different x
 */
export function theilSenSlope(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const slopes = new Float64Array((x.length * (x.length - 1)) / 2);
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      const run = x[j]! - x[i]!;
      if (run !== 0) slopes[count++] = (y[j]! - y[i]!) / run;
    }
  }
  if (count === 0) return null;
  // A typed array sorts by value without a comparison callback, which is most of the time of a large queue.
  const sorted = slopes.subarray(0, count).sort();
  return (sorted[(count - 1) >> 1]! + sorted[count >> 1]!) / 2;
}

/**
 * Mann–Kendall test for a monotonic trend: two-sided normal approximation with the correction for ties and for
 * continuity. Source: R. O. Gilbert, "Statistical Methods for Environmental Pollution Monitoring" (1987), §16.4.2:
 * Var(S) = [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] / 18, Z = (S ∓ 1) / √Var(S). Adequate from about 10 values.
 *
 * @param y values in the order of time, at different times
 */
export function mannKendall(y: ArrayLike<number>): MannKendall {
  const n = y.length;
  let s = 0;
  let ties = 0;
  for (let i = 0; i < n; i++) {
    let up = 0;
    let down = 0;
    for (let j = i + 1; j < n; j++) {
      // Added rather than branched upon: the outcome is as good as random, and this is the inner loop of a whole queue.
      up += Number(y[j]! > y[i]!);
      down += Number(y[j]! < y[i]!);
    }
    s += up - down;
    // A group of t equal values has t − 1, t − 2, … 0 equal ones after each: the differences add up to its whole term.
    const equal = n - 1 - i - up - down;
    ties += pairTerm(equal + 1) - pairTerm(equal);
  }
  const variance = (pairTerm(n) - ties) / 18;
  if (s === 0 || variance <= 0) return { s, z: 0, p: 1 };
  const z = (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, z, p: twoSidedP(z) };
}

const pairTerm = (n: number): number => n * (n - 1) * (2 * n + 5);

/** 2·(1 − Φ(|z|)); the error function's approximation is good to about 1e-7. */
function twoSidedP(z: number): number {
  return Math.min(1, Math.max(0, 1 - errorFunction(Math.abs(z) / Math.SQRT2)));
}
