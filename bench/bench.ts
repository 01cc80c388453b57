/** One line of the table: what was measured, of ours and of the bare thing beside it, in the same run. */
export interface Measurement {
  readonly what: string;
  readonly ours: string;
  /** What the bare stack did in the same rounds; empty where there is nothing to compare with. */
  readonly bare: string;
  /** Ours divided by bare. */
  readonly ratio?: number;
  readonly target: string;
  readonly met: boolean | null;
}

/** A benchmark. It prints nothing and asserts nothing: {@link run} answers with what it measured. */
export interface Bench {
  readonly name: string;
  /** What is done, with how much, in a sentence. */
  readonly about: string;
  run(note: (line: string) => void): Promise<readonly Measurement[]>;
}

export const defineBench = (bench: Bench): Bench => bench;

/** The middle value; the mean of the two middle ones where their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** The smallest value that at least `share` (0 to 1) of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
export const milliseconds = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;

/** A ratio with its target, as a line of the table. */
export function compared(what: string, ours: number, bare: number, unit: string, atLeast: number): Measurement {
  const ratio = ours / bare;
  return { what, ours: `${whole(ours)} ${unit}`, bare: `${whole(bare)} ${unit}`, ratio, target: `≥ ${atLeast} ×`, met: ratio >= atLeast };
}

/** A time with its limit, as a line of the table. */
export function timed(what: string, ours: number, bare: number | null, atMost: number): Measurement {
  return { what, ours: milliseconds(ours), bare: bare === null ? '' : milliseconds(bare), target: `≤ ${atMost} ms`, met: ours <= atMost };
}
