const candidates = [',', ';', '\t', '|'] as const;

export interface CsvDialect {
  readonly delimiter: string;
  /** The file opens with Excel's `sep=;` line, which is no row. */
  readonly hasSeparatorLine: boolean;
}

/**
 * Finds the delimiter from the beginning of a file: the one that most records have equally often, counted
 * outside of quotes; among equals the one that makes more columns.
 */
export function detectDialect(sample: string): CsvDialect {
  const declared = /^\uFEFF?sep=(.)\r?\n/i.exec(sample)?.[1];
  if (declared) return { delimiter: declared, hasSeparatorLine: true };
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of candidates) {
    const score = consistency(countPerRecord(sample, delimiter));
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, hasSeparatorLine: false };
}

/** How often the delimiter stands in each of the first records, quoted text left out. */
function countPerRecord(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  let count = 0;
  let quoted = false;
  for (const character of sample) {
    if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === delimiter) count += 1;
    else if (character === '\n') {
      counts.push(count);
      count = 0;
      if (counts.length === 100) break;
    }
  }
  if (counts.length === 0) counts.push(count);
  return counts;
}

/** Share of the records that have the commonest count, plus a little for every column it makes. */
function consistency(counts: readonly number[]): number {
  const frequency = new Map<number, number>();
  for (const count of counts) if (count > 0) frequency.set(count, (frequency.get(count) ?? 0) + 1);
  let score = 0;
  for (const [count, records] of frequency) {
    score = Math.max(score, records / counts.length + Math.min(count, 50) / 1000);
  }
  return score;
}
