/** Whose record is read, and whether with what leaders wrote in private. */
export interface Subject {
  readonly agentId: number;
  readonly withPrivateNotes: boolean;
}

/** The place of a row in the order of its section. */
export type Place = readonly string[];

export interface SectionPage {
  /** Each row as JSON text, made by PostgreSQL: nothing is parsed on its way through. */
  readonly rows: readonly string[];
  /** Where the next page goes on; null after the last one. */
  readonly next: Place | null;
}
