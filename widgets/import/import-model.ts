import type { components } from '../../api/http/contract.types.ts';

type Schemas = components['schemas'];
export type Import = Schemas['Import'];
export type Kind = Schemas['ImportKind'];
export type KindInfo = Schemas['ImportKindInfo'];
export type Field = KindInfo['fields'][number];
export type Row = Schemas['ImportRow'];
export type RowPage = Schemas['ImportRowPage'];
export type RowAction = Schemas['ImportRowAction'];
export type Mapping = Schemas['ImportMapping'];
export type MappingData = Schemas['ImportMappingData'];
export type Question = Schemas['ImportQuestion'];
export type Progress = Schemas['ImportProgress'];
export type TeamRef = Schemas['TeamRef'];

export const ACTIONS = ['new', 'changed', 'unchanged', 'rejected'] as const satisfies readonly RowAction[];

/** The steps somebody sees, in their order. */
export const STEPS = ['file', 'columns', 'preview', 'write', 'done'] as const;
export type Step = (typeof STEPS)[number];

const names = new Intl.Collator('en', { sensitivity: 'base', usage: 'search' });
const tidy = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');

/** Whom a row was taken to be about, where the file calls them otherwise than by their name; case and accents do not matter. */
export function matchedPerson({ values, agentName }: Pick<Row, 'values' | 'agentName'>): string | undefined {
  const named = values?.['agent'];
  if (!agentName || (typeof named === 'string' && names.compare(tidy(named), tidy(agentName)) === 0)) return undefined;
  return agentName;
}

/** The import is being worked on: what is shown changes by itself. */
export function isBusy({ status }: Pick<Import, 'status'>): boolean {
  return status === 'queued' || status === 'parsing' || status === 'committing' || status === 'rolling_back';
}

/** Where an import stands; undecided things keep it with the columns. */
export function stepOf({ status, questions }: Pick<Import, 'status' | 'questions'>, undecided: boolean): Step {
  switch (status) {
    case 'staged':
      return questions.length > 0 || undecided ? 'columns' : 'preview';
    case 'committing':
      return 'write';
    case 'committed':
    case 'rolling_back':
    case 'rolled_back':
      return 'done';
    default:
      return 'file';
  }
}

/** Rows per second and seconds left, measured since the work began; undefined while there is nothing to go by. */
export function pace(progress: Progress, sinceMs: number): { speed: number; left: number } | undefined {
  const seconds = sinceMs / 1000;
  if (progress.percent <= 0 || progress.percent >= 100 || seconds < 1) return undefined;
  return { speed: Math.round(progress.rows / seconds), left: (seconds * (100 - progress.percent)) / progress.percent };
}

/** The kind somebody most likely brings next: that of their last import. */
export function likelyKind(past: readonly Import[], me: number | undefined): Kind {
  return past.find(({ uploadedBy }) => uploadedBy.id === me)?.kind ?? 'interactions';
}

/** The name of a field; nothing where the kind has none of that name: then it is about the row as a whole. */
export function fieldLabel(kind: KindInfo | undefined, field: string): string | undefined {
  return kind?.fields.find(({ name }) => name === field)?.label;
}

/** The same for a column, which always has a name: fields that a reader makes of others go by their own, in words. */
export function labelOf(kind: KindInfo | undefined, field: string): string {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return fieldLabel(kind, field) ?? words.charAt(0).toUpperCase() + words.slice(1);
}
