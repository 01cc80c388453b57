import { BSONValue } from 'bson';
import { cleanText, OldRow } from '../old-row.ts';
import type { Document } from './export-file.ts';

export type Collection = 'calls' | 'recordings' | 'transcripts';

/** Fields that only the documents of one collection have; the first that fits decides. */
const MARKS: readonly (readonly [Collection, readonly string[]])[] = [
  ['recordings', ['recordingSid']],
  ['transcripts', ['transcript', 'messages', 'fullText']],
  ['calls', ['from', 'to', 'direction', 'startTime']],
  ['recordings', ['mp3Url', 'wavUrl', 'channels']],
  ['transcripts', ['analysis', 'agent_id']],
];

/** Which collection a document is of, by its fields, and then by what the file is called. */
export function collectionOf(document: Document, fileName: string): Collection | null {
  const mark = MARKS.find(([, fields]) => fields.some((field) => field in document));
  if (mark && ('callSid' in document || '_id' in document)) return mark[0];
  const named = /(calls|recordings|transcripts)/i.exec(fileName)?.[1]?.toLowerCase();
  return named === 'calls' || named === 'recordings' || named === 'transcripts' ? named : null;
}

/** A document's fields as of a row: ids and numbers of MongoDB become text and numbers. */
export const rowOf = (document: Document, asked: Set<string>): OldRow =>
  new OldRow(Object.fromEntries(Object.entries(document).map(([name, value]) => [name, value instanceof BSONValue ? textOf(value) : value])), asked);

/** A nested value as PostgreSQL can hold it; undefined stays away. */
export function cleanJson(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  return JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? cleanText(inner) : inner))) as unknown;
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** ObjectId, Decimal128 and the like: they say themselves what they read as. */
const textOf = (value: { toString(): string }): string => value.toString();
