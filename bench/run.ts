// npm run bench [-- NAME …]: runs the benchmarks, prints their tables and keeps them in docs/benchmarks.md.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { agentList } from './agent-list.ts';
import type { Bench, Measurement } from './bench.ts';
import { bigData } from './big-data.ts';
import { exportRows } from './export.ts';
import { fanOut } from './fan-out.ts';
import { importAgain } from './import-again.ts';
import { importMillion, importRows } from './import.ts';
import { mixedLoad } from './mixed-load.ts';
import { priorityQueue } from './priority-queue.ts';

const benches: readonly Bench[] = [agentList, fanOut, priorityQueue, importRows, importMillion, importAgain, exportRows, mixedLoad, bigData];
const PAGE = new URL('../docs/benchmarks.md', import.meta.url);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${benches.map((bench) => bench.name).join(', ')}`);
  process.exit(1);
}
for (const bench of benches.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n${bench.name}: ${bench.about}`);
  const load = loadavg()[0] ?? 0;
  const table = toTable(await bench.run((line) => console.log(`  ${line}`)));
  console.log(`\n${table}`);
  keep(bench, table, load);
}

function toTable(lines: readonly Measurement[]): string {
  const rows = lines.map(({ what, ours, bare, ratio, target, met }) => [what, ours, bare, ratio === undefined ? '' : ratio.toFixed(2), target, met === null ? '' : met ? 'met' : '**missed**']);
  return [['', 'ours', 'bare', 'ratio', 'target', ''], Array<string>(6).fill('---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Replaces what stands between the two marks of this benchmark on the page; adds them at the end where there are none. */
function keep(bench: Bench, table: string, load: number): void {
  const [begin, end] = [`<!-- ${bench.name}: written by npm run bench -->`, `<!-- /${bench.name} -->`];
  const text = readFileSync(PAGE, 'utf8');
  const section = `${begin}\n${bench.about}\n\n${table}\n\nMeasured ${new Date().toISOString().slice(0, 10)} at ${commit()} on ${machine()}; load of the machine before: ${load.toFixed(1)}.\n${end}`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  writeFileSync(PAGE, from < 0 || to < 0 ? `${text.trimEnd()}\n\n## ${bench.name}\n\n${section}\n` : text.slice(0, from) + section + text.slice(to + end.length));
}

function commit(): string {
  const hash = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const dirty = execFileSync('git', ['status', '--porcelain', '--untracked-files=no', 'api'], { encoding: 'utf8' }) !== '';
  return `\`${hash}\`${dirty ? ' and uncommitted changes' : ''}`;
}

function machine(): string {
  const processors = cpus();
  return `${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, one machine for load, server and PostgreSQL`;
}
