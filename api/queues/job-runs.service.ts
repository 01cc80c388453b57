import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { JobRecord, JobRun, JobRunsRepository } from './job-runs.repository.ts';
import { systemPrincipal } from '../auth/principal.ts';

const MAX_ERROR = 500;
const SYSTEM = systemPrincipal('jobs');

/** Remembers how jobs went. */
export class JobRunsService {
  readonly #uow: UnitOfWork;
  readonly #runs: JobRunsRepository;

  constructor(deps: { uow: UnitOfWork; runs: JobRunsRepository }) {
    this.#uow = deps.uow;
    this.#runs = deps.runs;
  }

  record(run: Omit<JobRun, 'error'>, error?: unknown): Promise<void> {
    const said = error === undefined ? null : (error instanceof Error ? error.message : 'It threw what is no error.').slice(0, MAX_ERROR);
    return this.#uow.write(SYSTEM, (tx) => this.#runs.record(tx, { ...run, error: said }));
  }

  /** Of every kind of job that was ever run. */
  list(): Promise<JobRecord[]> {
    return this.#uow.read((db) => this.#runs.list(db));
  }
}
