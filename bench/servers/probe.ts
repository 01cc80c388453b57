// Loaded into a server before its own code: watches its heap and its event loop, and tells of them when asked.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ProbeAnswer } from '../probe.ts';

const EVERY_MS = 50;
const loop = monitorEventLoopDelay({ resolution: 10 });
let heap = 0;

loop.enable();
setInterval(() => {
  heap = Math.max(heap, process.memoryUsage().heapUsed);
}, EVERY_MS).unref();

process.on('message', (message) => {
  if (typeof message !== 'object' || message === null || !('probe' in message)) return;
  const answer: ProbeAnswer = { probe: true, heapMegabytes: heap / 1024 ** 2, loopP99Ms: loop.percentile(99) / 1e6 };
  heap = 0;
  loop.reset();
  process.send?.(answer);
});
// Whoever only listens must not be kept from ending.
process.channel?.unref();
