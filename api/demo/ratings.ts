/** How customers rate who are neither pleased nor displeased more than usual, from 1 to 5. */
const USUAL = [0.05, 0.05, 0.14, 0.34, 0.42];
const STEPS = 40;
const known = new Map<number, readonly number[]>();

/**
 * The rating that a draw from 0 to 1 comes to where ratings have the given mean: the usual distribution, tilted
 * (each share times θ^rating) until its mean is right.
 *
 * @param mean between 1 and 5, both excluded
 */
export function ratingAt(mean: number, draw: number): number {
  const shares = sharesFor(Math.round(Math.min(4.97, Math.max(1.03, mean)) * 100) / 100);
  let left = draw;
  const index = shares.findIndex((share) => (left -= share) < 0);
  return index < 0 ? 5 : index + 1;
}

function sharesFor(mean: number): readonly number[] {
  const found = known.get(mean);
  if (found) return found;
  let [low, high] = [-8, 8];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (meanOf(tilted(middle)) < mean) low = middle;
    else high = middle;
  }
  const shares = tilted((low + high) / 2);
  known.set(mean, shares);
  return shares;
}

function tilted(logTheta: number): number[] {
  const weights = USUAL.map((share, i) => share * Math.exp(logTheta * (i - 2)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const meanOf = (shares: readonly number[]): number => shares.reduce((sum, share, i) => sum + share * (i + 1), 0);
