// Part of npm run coverage: holds what c8 measured against the shares asked of each layer.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Layer {
  readonly name: string;
  readonly files: RegExp;
  /** Share of lines that tests must run, in per cent, over the whole layer. */
  readonly atLeast: number;
}

/** A file belongs to the first layer that fits. */
const LAYERS: readonly Layer[] = [
  { name: 'entities and repositories', files: /\.(entity|repository|sql)\.ts$/, atLeast: 85 },
  { name: 'services', files: /\.service\.ts$/, atLeast: 90 },
  { name: 'routes', files: /\.(routes|sockets|processor)\.ts$/, atLeast: 95 },
  { name: 'utilities', files: /\.ts$/, atLeast: 95 },
];

interface Lines {
  readonly total: number;
  readonly covered: number;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const summary = JSON.parse(readFileSync(`${ROOT}coverage/coverage-summary.json`, 'utf8')) as Record<string, { lines: Lines }>;
const files = Object.entries(summary)
  .filter(([path]) => path !== 'total')
  .map(([path, { lines }]) => ({ path: relative(ROOT, path), lines }));

const percent = ({ covered, total }: Lines): number => (total === 0 ? 100 : (100 * covered) / total);
const add = (a: Lines, b: Lines): Lines => ({ total: a.total + b.total, covered: a.covered + b.covered });
const SHOWN = 8;

let missed = false;
for (const layer of LAYERS) {
  const own = files.filter(({ path }) => LAYERS.find((candidate) => candidate.files.test(path)) === layer);
  const share = percent(own.map(({ lines }) => lines).reduce(add, { total: 0, covered: 0 }));
  const short = share < layer.atLeast;
  missed ||= short;
  console.log(`${short ? '✖' : '✔'} ${layer.name}: ${share.toFixed(1)} % of lines in ${own.length} files, at least ${layer.atLeast} %`);
  const worst = own.filter(({ lines }) => percent(lines) < layer.atLeast).sort((a, b) => b.lines.total - b.lines.covered - (a.lines.total - a.lines.covered));
  for (const { path, lines } of worst.slice(0, SHOWN)) console.log(`    ${percent(lines).toFixed(0).padStart(3)} %  ${path}`);
}
process.exitCode = missed ? 1 : 0;
