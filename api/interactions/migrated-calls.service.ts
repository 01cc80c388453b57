import type { Db } from '../db/db.ts';
import { RowStore } from '../db/row-store.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { callRows, idsIn, joinTeams, markDays, type MigratedCall } from './migrated-interaction.repository.ts';
import { recordingRows, transcriptRows, type MigratedRecording, type MigratedTranscript } from './recording.repository.ts';

export type { MigratedCall } from './migrated-interaction.repository.ts';
export type { MigratedRecording, MigratedTranscript, Turn } from './recording.repository.ts';

export const migratedRecordings = (): RowStore<MigratedRecording & { readonly id: string }> => new RowStore('recording', recordingRows);
export const migratedTranscripts = (): RowStore<MigratedTranscript & { readonly id: string }> => new RowStore('transcript', transcriptRows);

/** Calls that an old system had. One that a host system has told of here stays as it is. */
export class MigratedCalls extends RowStore<MigratedCall & { readonly id: string }> {
  constructor() {
    super('interaction', callRows, async (tx, calls) => {
      const ids = calls.map(({ id }) => id);
      await joinTeams(tx, ids);
      await markDays(tx, ids);
    });
  }

  present(db: Db, calls: readonly MigratedCall[]): Promise<(string | undefined)[]> {
    return idsIn(db, calls[0]?.source ?? '', calls.map(({ externalId }) => externalId));
  }

  /** Ids of calls by their ids in a source, in the order asked. */
  idsIn(db: Db, source: string, externalIds: readonly string[]): Promise<(string | undefined)[]> {
    return idsIn(db, source, externalIds);
  }

  /** The days they leave follow as well. */
  override async update(tx: Tx, calls: readonly (MigratedCall & { readonly id: string })[]): Promise<void> {
    await markDays(tx, calls.map(({ id }) => id));
    await super.update(tx, calls);
  }
}
