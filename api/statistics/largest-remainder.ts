/**
 * Rounds parts to tenths so that they add up to their total rounded to tenths: every part is rounded down, and the
 * tenths left over go to the largest remainders, the earlier part first among equals (Hamilton's method). A part is
 * never more than 0.1 from its value, and a part of 0 stays 0.
 *
 * @param parts non-negative numbers
 */
export function roundToTenths(parts: readonly number[]): { readonly parts: number[]; readonly total: number } {
  const tenths = parts.map((part) => part * 10);
  const floors = tenths.map(Math.floor);
  const total = Math.round(tenths.reduce((sum, part) => sum + part, 0));
  const left = total - floors.reduce((sum, part) => sum + part, 0);
  const byRemainder = tenths
    .map((part, index) => ({ index, remainder: part - floors[index]! }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  const lifted = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return { parts: floors.map((floor, index) => (lifted.has(index) ? floor + 1 : floor) / 10), total: total / 10 };
}
