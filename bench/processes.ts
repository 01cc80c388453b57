import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

/** What the system tells of processes by /proc; NaN where there is none. */
const ticksPerSecond = (): number => Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Resident memory. */
export const residentMegabytes = (pid: number | undefined): number => statusMegabytes(pid, 'VmRSS');

/** The most resident memory since the process began, or since {@link forgetPeak}. */
export const peakMegabytes = (pid: number | undefined): number => statusMegabytes(pid, 'VmHWM');

/** From here on {@link peakMegabytes} counts anew; proc(5), `clear_refs`. */
export function forgetPeak(pid: number | undefined): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Without /proc there is no peak either.
  }
}

function statusMegabytes(pid: number | undefined, key: string): number {
  try {
    return Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return NaN;
  }
}

/** Processor time of everything that runs on the machine. */
export function machineSeconds(): number {
  try {
    const [user = NaN, nice = NaN, system = NaN, , , irq = NaN, softirq = NaN] = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
    return (user + nice + system + irq + softirq) / ticksPerSecond();
  } catch {
    return NaN;
  }
}

/** Processor time of a process and of its children, those that have ended included. */
export function processorSeconds(pid: number | undefined): number {
  try {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => statOf(name) ?? []);
    const children = all.filter(({ parent }) => parent === pid);
    const self = all.find((one) => one.pid === pid);
    return self ? (self.own + self.waitedFor + children.reduce((sum, child) => sum + child.own, 0)) / ticksPerSecond() : NaN;
  } catch {
    return NaN;
  }
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** In ticks of the system's clock. */
  readonly own: number;
  readonly waitedFor: number;
}

/** proc(5): what follows the name in brackets starts with the third field. Undefined for a process that has just ended. */
function statOf(name: string): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    const field = (number: number): number => fields[number - 3] ?? NaN;
    return { pid: Number(name), parent: field(4), own: field(14) + field(15), waitedFor: field(16) + field(17) };
  } catch {
    return undefined;
  }
}
