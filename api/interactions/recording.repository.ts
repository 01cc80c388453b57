import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { RowSet } from '../db/row-set.ts';

/** Where a recording lies, as read. Keys are those of the wire. */
export interface RecordingRow {
  readonly id: string;
  readonly url: string | null;
  readonly format: string | null;
  readonly side: string | null;
  readonly channels: number | null;
  readonly durationSeconds: number | null;
  readonly status: string | null;
  readonly recordedAt: string;
}

/** One thing that was said. */
export interface Turn {
  readonly role: 'agent' | 'customer' | 'other';
  readonly text: string;
  /** Into the interaction; null where nobody knows. */
  readonly seconds: number | null;
}

/** A transcript without what was said. */
export interface TranscriptRef {
  readonly id: string;
  readonly status: string | null;
  readonly summary: string | null;
  readonly turnCount: number;
  readonly createdAt: string;
}

export interface TranscriptRow extends TranscriptRef {
  readonly turns: readonly Turn[];
  readonly analysis: Readonly<Record<string, unknown>> | null;
}

/** A recording of an old system. Instants are ISO 8601. */
export interface MigratedRecording extends Omit<RecordingRow, 'id'> {
  readonly interactionId: string;
  readonly sizeBytes: number | null;
  readonly source: string;
  readonly externalId: string;
}

/** A transcript of an old system. */
export interface MigratedTranscript extends Omit<TranscriptRow, 'id' | 'turnCount'> {
  readonly interactionId: string;
  readonly source: string;
  readonly externalId: string;
}

export const recordingRows = new RowSet<MigratedRecording & { readonly id: string }>('recordings', {
  interactionId: ['interaction_id', 'uuid'], url: ['url', 'text'], format: ['format', 'text'], side: ['side', 'text'], channels: ['channels', 'int'],
  durationSeconds: ['duration_seconds', 'int'], sizeBytes: ['size_bytes', 'bigint'], status: ['status', 'text'], recordedAt: ['recorded_at', 'timestamptz'],
  source: ['source', 'text'], externalId: ['external_id', 'text'],
});

export const transcriptRows = new RowSet<MigratedTranscript & { readonly id: string }>('transcripts', {
  interactionId: ['interaction_id', 'uuid'], status: ['status', 'text'], turns: ['turns', 'jsonb'], summary: ['summary', 'text'], analysis: ['analysis', 'jsonb'],
  createdAt: ['created_at', 'timestamptz'], source: ['source', 'text'], externalId: ['external_id', 'text'],
});

const refColumns = sql`t.id, t.status, t.summary, jsonb_array_length(t.turns) as "turnCount", ${iso('t.created_at')} as "createdAt"`;

/** What was recorded and written down of interactions. Whoever asks has made sure that the reader may see the interaction. */
export class RecordingRepository {
  async recordings(db: Db, interactionId: string): Promise<RecordingRow[]> {
    return db.rows(sql<RecordingRow>`select r.id, r.url, r.format, r.side, r.channels, r.duration_seconds as "durationSeconds", r.status, ${iso('r.recorded_at')} as "recordedAt"
      from recordings r where r.interaction_id = ${interactionId} order by r.recorded_at, r.id`);
  }

  async transcriptRefs(db: Db, interactionId: string): Promise<TranscriptRef[]> {
    return db.rows(sql<TranscriptRef>`select ${refColumns} from transcripts t where t.interaction_id = ${interactionId} order by t.created_at, t.id`);
  }

  async transcripts(db: Db, interactionId: string): Promise<TranscriptRow[]> {
    return db.rows(sql<TranscriptRow>`select ${refColumns}, t.turns, t.analysis from transcripts t where t.interaction_id = ${interactionId} order by t.created_at, t.id`);
  }
}
