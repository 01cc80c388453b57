/** Whose figures, and of which days: the instants at the edges of the period, and its last business day. */
export interface FairnessFrame {
  /** A null among them stands for the people without a team. */
  readonly teamIds: readonly (string | null)[];
  readonly from: string;
  readonly to: string;
  readonly opens: Date;
  readonly closes: Date;
  readonly now: Date;
}

export type PersonKind = 'people' | 'inCadence' | 'outOfCadence' | 'coached';
export type SessionKind = 'held' | 'cancelled' | 'noShow';
export type NoteKind = 'praise' | 'correction';
export type AnswerKind = 'acknowledged' | 'pending' | 'overdue' | 'disputed';
export type FairnessKind = PersonKind | SessionKind | NoteKind | AnswerKind;
