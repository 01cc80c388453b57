import { tidy } from '../imports/values/text.ts';
import { cut } from '../text/cut.ts';

export type Outcome = 'new' | 'changed' | 'unchanged' | 'kept' | 'refused';

/** A row of which there is something to say. */
export interface ReportLine {
  readonly place: string;
  readonly oldId: string | null;
  readonly what: Outcome;
  readonly because: string;
}

export type Counts = Readonly<Record<Outcome, number>> & { readonly read: number };

/** A name longer than this fills the screen and says no more. */
const LONGEST_SAID = 1000;

/** One line without anything a terminal would obey. */
const shown = (text: string): string => cut(tidy(text), LONGEST_SAID);

/** Lines that are kept of each table and outcome; of a million that are wrong the first say why. */
const LINES = 20;

/** What became of the rows of one table. */
export class TableReport {
  readonly name: string;
  readonly #counts: Record<Outcome, number> = { new: 0, changed: 0, unchanged: 0, kept: 0, refused: 0 };
  readonly #lines: ReportLine[] = [];
  readonly #said = new Map<Outcome, number>();

  constructor(name: string) {
    this.name = name;
  }

  get counts(): Counts {
    return { ...this.#counts, read: Object.values(this.#counts).reduce((sum, count) => sum + count, 0) };
  }

  get lines(): readonly ReportLine[] {
    return this.#lines;
  }

  /** How many lines of each outcome were not kept. */
  get unsaid(): readonly (readonly [Outcome, number])[] {
    return [...this.#said].flatMap(([what, count]) => (count > LINES ? [[what, count - LINES] as const] : []));
  }

  add(what: Outcome, place: string, oldId: string | null, because: string | null): void {
    this.#counts[what] += 1;
    if (because === null) return;
    const said = (this.#said.get(what) ?? 0) + 1;
    this.#said.set(what, said);
    if (said <= LINES) this.#lines.push({ place: shown(place), oldId: oldId === null ? null : shown(oldId), what, because: shown(because) });
  }
}

/** What became of a whole old system. */
export class MigrationReport {
  readonly dryRun: boolean;
  readonly #tables = new Map<string, TableReport>();
  readonly #notes = new Set<string>();

  constructor(dryRun: boolean) {
    this.dryRun = dryRun;
  }

  table(name: string): TableReport {
    const known = this.#tables.get(name) ?? new TableReport(name);
    this.#tables.set(name, known);
    return known;
  }

  /** Something about the whole of it: tables and columns that are not taken along. */
  note(sentence: string): void {
    this.#notes.add(shown(sentence));
  }

  get tables(): readonly TableReport[] {
    return [...this.#tables.values()];
  }

  get notes(): readonly string[] {
    return [...this.#notes];
  }

  toString(): string {
    const head = this.dryRun ? ['Dry run: nothing is written.', ''] : [];
    const width = Math.max(10, ...this.tables.map(({ name }) => name.length));
    const cells = (name: string, values: readonly (string | number)[]): string => name.padEnd(width) + values.map((value) => String(value).padStart(11)).join('');
    const rows = this.tables.map(({ name, counts: c }) => cells(name, [c.read, c.new, c.changed, c.unchanged, c.kept, c.refused]));
    const told = this.tables.flatMap((table) => [...table.lines.map(({ place, oldId, what, because }) => `${table.name} ${place}${oldId === null ? '' : ` (${oldId})`}: ${what}: ${because}`), ...table.unsaid.map(([what, count]) => `${table.name}: ${count} more ${what}`)]);
    const sections = [[cells('', ['read', 'new', 'changed', 'unchanged', 'kept', 'refused']), ...rows], told, this.notes].filter((lines) => lines.length > 0);
    return [...head, sections.map((lines) => lines.join('\n')).join('\n\n')].join('\n');
  }
}
