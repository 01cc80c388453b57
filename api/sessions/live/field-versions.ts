import { isDeepStrictEqual } from 'node:util';
import { LIVE_FIELDS, type LiveField } from '../session-document.ts';

/** How often each field was written; one that is missing never was. */
export type LiveVersions = Readonly<Partial<Record<LiveField, number>>>;
type LiveValues = Readonly<Record<LiveField, unknown>>;

/** What somebody else has written meanwhile. */
export interface Refused {
  readonly value: unknown;
  readonly version: number;
}

/** What becomes of a write, field by field. */
export interface Verdict {
  /** To be written. */
  readonly writes: Partial<Record<LiveField, unknown>>;
  /** Already so: written by somebody else, or by an attempt whose answer was lost. */
  readonly agreed: readonly LiveField[];
  readonly refused: Partial<Record<LiveField, Refused>>;
}

/**
 * Decides about each field of a write by itself. It is made on the version it names; a field that was written since
 * is refused with what it says now, unless it says the same.
 * @param base the version of each field the writer has seen; one that is missing: none, so 0
 */
export function judge(values: LiveValues, versions: LiveVersions, updates: Partial<Record<LiveField, unknown>>, base: LiveVersions): Verdict {
  const writes: Verdict['writes'] = {};
  const refused: Verdict['refused'] = {};
  const agreed: LiveField[] = [];
  for (const field of LIVE_FIELDS) {
    if (!(field in updates)) continue;
    const version = versions[field] ?? 0;
    if (isDeepStrictEqual(updates[field], values[field])) agreed.push(field);
    else if ((base[field] ?? 0) === version) writes[field] = updates[field];
    else refused[field] = { value: values[field], version };
  }
  return { writes, agreed, refused };
}
