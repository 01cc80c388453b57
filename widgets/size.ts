// Prints what each widget costs a page, gzip, and fails above the promised sizes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const DIST = fileURLToPath(new URL('../dist/widgets/', import.meta.url));
const KB = 1000;

/** kB gzip of an entry with everything it imports at once; what it loads later (`import()`) is not its first load. */
const limits: Record<string, number> = {
  'sideline.js': 30,
  'provider.js': 45,
  'quick-note.js': 30,
  'status-board.js': 45,
  'status-control.js': 45,
  'priority-queue.js': 45,
  'agent-card.js': 45,
  'notes.js': 45,
  'notifications.js': 45,
  'session-requests.js': 45,
  'action-items.js': 45,
  'quick-stats.js': 45,
  'fairness.js': 45,
  'session.js': 45,
  'import.js': 45,
  'exports.js': 45,
  'admin.js': 45,
};

const STATIC_IMPORT = /(?:^|[;}\n])\s*(?:import|export)\s*(?:[\w*{}$\s,]+?\s*from\s*)?["'](\.{1,2}\/[^"']+)["']/g;

/** An entry's files, itself included, each once. */
function closure(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const source = readFileSync(DIST + file, 'utf8');
  for (const [, target] of source.matchAll(STATIC_IMPORT)) {
    closure(new URL(target ?? '', `http://x/${file}`).pathname.slice(1), seen);
  }
  return seen;
}

const gzip = (file: string): number => gzipSync(readFileSync(DIST + file), { level: 9 }).length / KB;

let failed = false;
for (const [entry, limit] of Object.entries(limits)) {
  // A widget is of no use without the provider that signs it in: its cost includes it.
  const files = new Set([...closure(entry), ...(entry === 'sideline.js' ? [] : closure('provider.js'))]);
  const size = [...files].reduce((sum, file) => sum + gzip(file), 0);
  const over = size > limit;
  failed ||= over;
  console.log(`${entry.padEnd(18)} ${size.toFixed(1).padStart(5)} kB gzip of ${limit} kB, ${files.size} files${over ? '  TOO LARGE' : ''}`);
}
if (failed) process.exit(1);
