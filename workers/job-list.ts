import type { EventJob, JobDefinition, QueueName } from '../api/queues/jobs.ts';
import type { JobSchedule } from '../api/queues/queues.ts';

/** What an operator sees of a job. Instants are ISO 8601. */
export interface JobState {
  readonly name: string;
  readonly queue: QueueName;
  /** When it runs: by the clock, after events, or both. */
  readonly schedule: string;
  readonly nextRun: string | null;
  readonly lastRun: string | null;
  readonly lastResult: 'ok' | 'failed' | null;
  readonly lastError: string | null;
  readonly durationMs: number | null;
  readonly runs: number;
  readonly failures: number;
  /** Failures since the last success. */
  readonly failing: number;
}

interface Recorded {
  readonly name: string;
  readonly runs: number;
  readonly failures: number;
  readonly failing: number;
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly error: string | null;
}

/** Every job with its schedule and how its runs went, by name. */
export function toJobStates(jobs: readonly JobDefinition<unknown>[], eventJobs: readonly EventJob[], schedules: readonly JobSchedule[], records: readonly Recorded[]): JobState[] {
  return jobs
    .map(({ name, queue }): JobState => {
      const scheduled = schedules.filter((schedule) => schedule.name === name);
      const events = eventJobs.filter((eventJob) => eventJob.job.name === name).length;
      const record = records.find((one) => one.name === name);
      const next = scheduled.flatMap((schedule) => schedule.next ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
      return {
        name,
        queue,
        schedule: [...scheduled.map((schedule) => schedule.when), ...(events > 0 ? [`after ${events === 1 ? 'an event' : `${events} events`}`] : [])].join(', ') || 'on demand',
        nextRun: next?.toISOString() ?? null,
        lastRun: record?.startedAt ?? null,
        lastResult: record ? (record.error === null ? 'ok' : 'failed') : null,
        lastError: record?.error ?? null,
        durationMs: record?.milliseconds ?? null,
        runs: record?.runs ?? 0,
        failures: record?.failures ?? 0,
        failing: record?.failing ?? 0,
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

const HEADER = ['JOB', 'SCHEDULE', 'NEXT RUN (UTC)', 'LAST RUN (UTC)', 'RESULT', 'TOOK', 'FAILURES'];

/** A table for the terminal; the errors of what failed last stand below it. */
export function jobLines(states: readonly JobState[]): string[] {
  const rows = states.map((state) => [
    state.name, state.schedule, minute(state.nextRun), minute(state.lastRun), state.lastResult ?? '–', state.durationMs === null ? '–' : `${state.durationMs} ms`,
    `${state.failures} of ${state.runs}${state.failing > 1 ? `, the last ${state.failing}` : ''}`,
  ]);
  const errors = states.flatMap(({ name, lastError }) => (lastError === null ? [] : [`${name}: ${lastError.split('\n', 1)[0]}`]));
  return [...tableLines([HEADER, ...rows]), ...(errors.length > 0 ? ['', ...errors] : [])];
}

export function queueLines(counts: readonly { readonly queue: string; readonly counts: Readonly<Record<string, number>> }[]): string[] {
  const states = ['waiting', 'active', 'delayed', 'failed'];
  return tableLines([['QUEUE', ...states.map((state) => state.toUpperCase())], ...counts.map(({ queue, counts: of }) => [queue, ...states.map((state) => String(of[state] ?? 0))])]);
}

function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
}

const minute = (instant: string | null): string => (instant === null ? '–' : instant.slice(0, 19).replace('T', ' '));
