import { inspect, styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Numbers of pino's levels; `info` goes without saying. */
const LEVELS: Readonly<Record<number, readonly [string, Style]>> = {
  10: ['trace', 'gray'],
  20: ['debug', 'gray'],
  40: ['warning', 'yellow'],
  50: ['error', 'red'],
  60: ['fatal', 'red'],
};

/** Fields of a record that the line shows elsewhere or that every line would repeat. */
const HIDDEN = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'name', 'v']);

function clock(time: unknown): string {
  const date = typeof time === 'number' || typeof time === 'string' ? new Date(time) : new Date();
  return (Number.isNaN(date.valueOf()) ? new Date() : date).toTimeString().slice(0, 8);
}

function field(value: unknown): string {
  if (typeof value === 'string') return /\s/.test(value) ? JSON.stringify(value) : value;
  return typeof value === 'object' && value !== null ? inspect(value, { breakLength: Infinity, depth: 4 }) : String(value);
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const record: unknown = JSON.parse(line);
    return typeof record === 'object' && record !== null ? { ...record } : undefined;
  } catch {
    return undefined;
  }
}

/** One error's stack on lines of its own: an object printed in one line cannot be read. */
function stackOf(record: Record<string, unknown>): string {
  const { err } = record;
  if (typeof err !== 'object' || err === null || !('stack' in err)) return '';
  return `\n${String(err.stack).replaceAll(/^/gm, '    ')}`;
}

/**
 * Turns a line of a child's log, usually a JSON record, into one that people can read.
 * @param who which process said it
 */
export function readable(who: string, line: string): string {
  const record = parse(line);
  const [word, style] = LEVELS[Number(record?.['level'])] ?? ['', 'reset'];
  const prefix = `${styleText('gray', clock(record?.['time']))} ${styleText('cyan', who.padEnd(8))}`;
  if (!record) return `${prefix} ${line}`;
  const stack = stackOf(record);
  const details = Object.entries(record)
    .filter(([key]) => !HIDDEN.has(key) && !(key === 'err' && stack))
    .map(([key, value]) => styleText('gray', `${key}=${field(value)}`));
  const message = [word && styleText(style, `${word}:`), typeof record['msg'] === 'string' ? record['msg'] : '', ...details].filter(Boolean).join(' ');
  return `${prefix} ${message}${stack}`;
}
