import type { KnownPerson } from '../../agents/imported-people.service.ts';
import type { DateOrder } from '../values/dates.ts';
import type { DurationUnit } from '../values/durations.ts';

/** How the columns of a file become fields: guessed, shown, corrected, and remembered for the next file like it. */
export interface ImportMapping {
  /** Label of the system the file comes from; part of every row's identity. */
  readonly source: string | null;
  /** Null in files that have no named sheets. */
  readonly sheet: string | null;
  /** 1-based row of the header; null while none is found. */
  readonly headerRow: number | null;
  /** First column of the table that is read, 0-based, where several stand side by side; null reads the whole width. */
  readonly table: number | null;
  /** Field → 0-based column; null when the user decided that the file has none. */
  readonly columns: Readonly<Record<string, number | null>>;
  /** Field → word in the file → what it means. */
  readonly values: Readonly<Record<string, Readonly<Record<string, MappedValue>>>>;
  readonly options: MappingOptions;
  /** Name in the file → id of the person; null leaves the row without one. */
  readonly people: Readonly<Record<string, number | null>>;
}

/** What a bare number counts: time, or a share of one or of a hundred. */
export type ValueUnit = DurationUnit | 'fraction' | 'percent';

export type MappedValue = string | number | boolean | null;

export interface MappingOptions {
  /** IANA zone of times that do not name one; default is the business time zone. */
  readonly timezone?: string;
  readonly dateOrder?: DateOrder;
  /** The one day that all rows are of, `YYYY-MM-DD`, where no column has it. Said of one file, never remembered for another. */
  readonly day?: string;
  /** The scale ratings are given on, such as `1-10`; they are stored on 1 to 5. */
  readonly ratingScale?: string;
  /** Whether rows that nobody sees in the spreadsheet are read; they are by default. */
  readonly hidden?: 'include' | 'exclude';
  /** The field that the cells of a table with days as columns hold, where the file does not say. */
  readonly figure?: string;
  /** Field → what its bare numbers count. */
  readonly units?: Readonly<Record<string, ValueUnit>>;
}

/** JSON pointer (RFC 6901) into a mapping: `/people/Web~1App`, slashes in names included. */
export const pointerTo = (...path: readonly string[]): string => path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** What a user sends, or what is remembered: anything left out is guessed. */
export type PartialMapping = { readonly [Part in keyof ImportMapping]?: ImportMapping[Part] | undefined };

/** Column and people decisions are merged one by one, the later ones winning. */
export function mergeMappings(earlier: PartialMapping, later: PartialMapping): PartialMapping {
  return {
    ...earlier,
    ...Object.fromEntries(Object.entries(later).filter(([, part]) => part !== undefined)),
    columns: { ...earlier.columns, ...later.columns },
    values: mergeValues(earlier.values ?? {}, later.values ?? {}),
    options: { ...earlier.options, ...later.options, units: { ...earlier.options?.units, ...later.options?.units } },
    people: { ...earlier.people, ...later.people },
  };
}

/** What was decided for an earlier file with the same header. */
export interface Memory {
  readonly mapping: PartialMapping;
  /** Whoever it is remembered for has decided it, not somebody else. */
  readonly isOwn: boolean;
}

/** What is remembered for an import that may touch the people of these teams alone; null for all. */
export function withinReach(memory: Memory | null, people: readonly KnownPerson[], teamIds: readonly string[] | null): PartialMapping {
  if (!memory || memory.isOwn || teamIds === null) return memory?.mapping ?? {};
  const reachable = new Set(people.filter(({ teamId }) => teamId !== null && teamIds.includes(teamId)).map(({ id }) => id));
  return { ...memory.mapping, people: Object.fromEntries(Object.entries(memory.mapping.people ?? {}).filter(([, id]) => id !== null && reachable.has(id))) };
}

/** As in the contract of what is decided for one file: what is remembered of many grows no further. */
const mostPeople = 5000;
const mostWords = 500;

/** A mapping to be remembered: of more names and words than one file may have decided, those that were decided last. */
export function remembered(mapping: PartialMapping): PartialMapping {
  const { people = {}, values = {}, ...others } = mapping;
  return { ...others, people: lastOf(people, mostPeople), values: Object.fromEntries(Object.entries(values).map(([field, words]) => [field, lastOf(words, mostWords)])) };
}

const lastOf = <Value>(entries: Readonly<Record<string, Value>>, count: number): Record<string, Value> => Object.fromEntries(Object.entries(entries).slice(-count));

function mergeValues(earlier: ImportMapping['values'], later: ImportMapping['values']): ImportMapping['values'] {
  const fields = new Set([...Object.keys(earlier), ...Object.keys(later)]);
  return Object.fromEntries([...fields].map((field) => [field, { ...earlier[field], ...later[field] }]));
}

/** Something the file does not say and nobody should guess. Open questions block the commit, not the preview. */
export interface ImportQuestion {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
  /** JSON pointer of the part of the mapping that answers it, such as `/options/dateOrder`. */
  readonly answer: string;
  /** `answer` of a choice: where that one belongs instead. */
  readonly choices: { readonly value: MappedValue; readonly label: string; readonly answer?: string }[];
  /** What may be put there besides: any day, `YYYY-MM-DD`. */
  readonly input?: 'date';
}
