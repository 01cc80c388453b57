import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

/** A run that has ended. */
export interface JobRun {
  readonly name: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  /** Null when it succeeded. */
  readonly error: string | null;
}

/** How the runs of a kind of job went so far. Instants are ISO 8601. */
export interface JobRecord {
  readonly name: string;
  readonly runs: number;
  readonly failures: number;
  /** Failures since the last success. */
  readonly failing: number;
  readonly startedAt: string;
  readonly milliseconds: number;
  /** Of the last run; null when it succeeded. */
  readonly error: string | null;
}

/** The record of what was run, one row per kind of job. */
export class JobRunsRepository {
  async record(db: Db, { name, startedAt, finishedAt, error }: JobRun): Promise<void> {
    const failed = error === null ? 0 : 1;
    await db.run(sql`
      insert into job_runs as j (name, runs, failures, failing, started_at, finished_at, error)
      values (${name}, 1, ${failed}, ${failed}, ${startedAt}, ${finishedAt}, ${error})
      on conflict (name) do update set runs = j.runs + 1, failures = j.failures + excluded.failures,
        failing = case when excluded.error is null then 0 else j.failing + 1 end,
        started_at = excluded.started_at, finished_at = excluded.finished_at, error = excluded.error`);
  }

  list(db: Db): Promise<JobRecord[]> {
    return db.rows(sql<JobRecord>`
      select name, runs::int, failures::int, failing, ${iso('started_at')} as "startedAt", error,
        round(extract(epoch from finished_at - started_at) * 1000)::int as milliseconds
      from job_runs order by name`);
  }
}
