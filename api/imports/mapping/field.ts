import type { CellValue } from '../parsing/row-source.ts';

/** What the cells of a field are read as. */
export type Holding = 'text' | 'person' | 'id' | 'date' | 'time' | 'duration' | 'count' | 'rating' | 'share' | 'word';

/** A field rows of some kind can have, and how its column is recognised. */
export interface FieldDefinition {
  readonly name: string;
  readonly label: string;
  readonly holds: Holding;
  /** Headers this field goes by, as folded words: a list each language, best known first. */
  readonly synonyms: readonly (readonly string[])[];
  /** Whether a non-blank cell could belong to this field; decides between columns with similar names. */
  plausible(value: CellValue): boolean;
  /** Whether it could as well be something else's: it speaks for this field only where the header is one of its names. None is by default. */
  vague?(value: CellValue): boolean;
  /** It holds means: what a header calls a total or a maximum is none. */
  readonly isMean?: boolean;
}
