import type { Db } from '../../db/db.ts';
import type { MigratedCall, MigratedRecording, MigratedTranscript } from '../../interactions/migrated-calls.service.ts';
import type { ThingStore } from '../things.ts';

/** The doors of the room that takes calls. */
export interface CallStores {
  readonly calls: ThingStore<MigratedCall> & { idsIn(db: Db, source: string, externalIds: readonly string[]): Promise<readonly (string | undefined)[]> };
  readonly recordings: ThingStore<MigratedRecording>;
  readonly transcripts: ThingStore<MigratedTranscript>;
}

export interface CallsOptions {
  /** Label of the old system, and source of its interactions. */
  readonly system: string;
  readonly dryRun: boolean;
  /** Told after every batch. */
  readonly progress?: ((text: string) => void) | undefined;
}
