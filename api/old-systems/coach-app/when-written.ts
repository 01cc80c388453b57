import type { OldRow } from '../old-row.ts';
import type { Places } from '../places.ts';

/** Something that tells when a row was written that does not say so itself. */
export interface Clue {
  /** ISO 8601; null where that has no date either. */
  readonly at: string | null;
  /** As a report says it: `the day of its session`. */
  readonly what: string;
}

/** When people came and sessions were held, by their ids there. Kept beside the memory, as all that a run has met. */
export class DatesOfFile {
  readonly #places: Places;

  constructor(places: Places) {
    this.#places = places;
  }

  remember(kind: 'User' | 'CoachingSession', oldId: string, at: string | null): void {
    if (at !== null) this.#places.set(`${kind}.date`, oldId, { id: null, content: at, place: '' });
  }

  of(kind: 'User' | 'CoachingSession', oldId: string): string | null {
    return this.#places.get(`${kind}.date`, oldId)?.content ?? null;
  }
}

/**
 * When a row was written, ISO 8601; null, and a fault of it, where nothing says so. What is not dated itself is as old as what it
 * belongs to: a made-up date would be read as one.
 * @param clues the nearest first
 */
export function writtenAt(row: OldRow, ...clues: readonly Clue[]): string | null {
  const own = row.instant('createdAt', 'updatedAt');
  if (own !== null) return own;
  const clue = clues.find(({ at }) => at !== null);
  if (clue) row.remarks.push(`without a date: it stands at ${clue.what}`);
  else if (row.faults.length === 0) row.fault(`createdAt is empty, and nobody knows ${clues.map(({ what }) => what).join(' or ')}`);
  return clue?.at ?? null;
}
