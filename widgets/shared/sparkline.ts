import { html, svg, type TemplateResult } from 'lit';

export interface SparklineOptions {
  /** One value a day, oldest first; a day without data is a gap, not a zero. */
  values: readonly (number | null)[];
  /** Fixed ends of the scale, so that two rows can be compared; values beyond are drawn at the edge. */
  min: number;
  max: number;
  label: string;
  width?: number;
  height?: number;
}

const PAD = 2;

/** A small line of days. Lone days between gaps are dots. */
export function sparkline({ values, min, max, label, width = 56, height = 16 }: SparklineOptions): TemplateResult {
  const x = (index: number): number => PAD + (index * (width - 2 * PAD)) / Math.max(1, values.length - 1);
  const y = (value: number): number => {
    const share = (Math.min(max, Math.max(min, value)) - min) / (max - min);
    return height - PAD - share * (height - 2 * PAD);
  };
  const runs = runsOf(values);
  return html`<svg class="sparkline" part="sparkline" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label=${label}>
    ${runs.map((run) => {
      const points = run.map(({ index, value }) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`);
      const last = run.at(-1);
      return run.length > 1
        ? svg`<polyline points=${points.join(' ')} fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"></polyline>`
        : svg`<circle cx=${x(last?.index ?? 0)} cy=${y(last?.value ?? min)} r="1.5" fill="currentColor"></circle>`;
    })}
  </svg>`;
}

interface Point {
  index: number;
  value: number;
}

/** Consecutive days with data. */
function runsOf(values: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (const [index, value] of values.entries()) {
    if (value !== null) run.push({ index, value });
    if ((value === null || index === values.length - 1) && run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}
