import { isBusy, type Import } from './import-model.ts';

/** What is new about an import since it was last looked at. */
export interface Move {
  /** The status it had; undefined when it is looked at for the first time. */
  readonly from: Import['status'] | undefined;
  /** It has another status now. */
  readonly arrived: boolean;
  /** It went on, with or without that. */
  readonly moved: boolean;
}

/** Watches one import from status to status, and since when it is worked on and has not moved. */
export class Following {
  /** ms since the epoch. */
  busySince = 0;
  movedAt = 0;
  #id: string | undefined;
  #status: Import['status'] | undefined;
  #progress = '';

  get id(): string | undefined {
    return this.#id;
  }

  begin(id: string | undefined, now: number): void {
    this.#id = id;
    this.#status = undefined;
    this.#progress = '';
    this.busySince = now;
    this.movedAt = now;
  }

  look({ status, progress }: Pick<Import, 'status' | 'progress'>, now: number): Move {
    const from = this.#status;
    const seen = JSON.stringify(progress);
    const arrived = status !== from;
    const moved = arrived || seen !== this.#progress;
    if (moved) this.movedAt = now;
    // Waiting and reading are one piece of work: its pace is that of the whole.
    if (arrived && isBusy({ status }) && !(from === 'queued' && status === 'parsing')) this.busySince = now;
    this.#status = status;
    this.#progress = seen;
    return { from, arrived, moved };
  }
}
