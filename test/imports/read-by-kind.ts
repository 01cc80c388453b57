import { agentsKind } from '../../api/imports/kinds/agents/agents-kind.ts';
import { actionsKind } from '../../api/imports/kinds/actions/actions-kind.ts';
import type { ImportKind } from '../../api/imports/kinds/import-kind.ts';
import { interactionsKind } from '../../api/imports/kinds/interactions/interactions-kind.ts';
import type { ImportKindName } from '../../api/imports/kinds/kind-names.ts';
import { notesKind } from '../../api/imports/kinds/notes/notes-kind.ts';
import { performanceKind } from '../../api/imports/kinds/performance/performance-kind.ts';
import { presenceKind } from '../../api/imports/kinds/presence/presence-kind.ts';
import type { PartialMapping } from '../../api/imports/mapping/import-mapping.ts';
import { proposeMapping, type Proposal } from '../../api/imports/mapping/propose-mapping.ts';
import type { ParsedRow } from '../../api/imports/rows.ts';
import { withSource } from './read-rows.ts';
import { table, type TestCell } from './workbook-writer.ts';

/** What reads needs nobody to write: the rooms that people and presence are written through are left out. */
const written = undefined as never;

export const readingKinds: Readonly<Record<ImportKindName, ImportKind>> = {
  actions: actionsKind(),
  agents: agentsKind(written),
  interactions: interactionsKind(),
  notes: notesKind(),
  performance: performanceKind(),
  presence: presenceKind(written),
};

export interface ReadFile extends Proposal {
  readonly rows: readonly ParsedRow[];
  /** Of the proposal and of the rows. */
  readonly questions: Proposal['questions'];
}

/**
 * A file as its kind reads it, without a database: no person is looked up, and no row compared.
 *
 * @param file rows of a workbook, or the text of a CSV file
 * @param now by which what is imported has to have happened
 */
export function readByKind(name: ImportKindName, file: readonly (readonly TestCell[])[] | string, given: PartialMapping = {}, now = '2026-11-30T12:00:00Z'): Promise<ReadFile> {
  const kind = readingKinds[name];
  const content = typeof file === 'string' ? file : table(file);
  return withSource(content, typeof file === 'string' ? 'file.csv' : 'file.xlsx', async (source) => {
    const proposal = await proposeMapping(source, kind, given, () => Promise.resolve(null), Object.values(readingKinds));
    const { mapping, guessed } = proposal;
    const reader = kind.reader(mapping, { file: 'UTC', business: 'UTC', now: Date.parse(now), guessed });
    const rows: ParsedRow[] = [];
    for await (const row of source.rows(mapping.sheet)) if (row.rowNumber > (mapping.headerRow ?? Infinity)) rows.push(reader.parse(row));
    return { ...proposal, rows, questions: [...proposal.questions, ...reader.questions()] };
  });
}

/** `F2 invalid_duration: “x” is …`, a row each. */
export const faultsOf = ({ rows }: Pick<ReadFile, 'rows'>): string[] =>
  rows.flatMap(({ faults }) => faults.map(({ cell, value, code, message }) => `${cell} “${value}” ${code}: ${message}`));
