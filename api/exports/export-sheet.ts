import type { Principal } from '../auth/principal.ts';

export const EXPORT_KINDS = ['actions', 'agents', 'interactions', 'metrics', 'notes', 'sessions'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** What is exported of a kind. Days are business days, both included. */
export interface ExportFilters {
  readonly agentId?: number | undefined;
  /** People who are in this team today. */
  readonly teamId?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** What stands in a cell. Texts are made harmless by whoever writes them; moments are shown in the business time zone. */
export type Cell = string | number | boolean | null | Moment;

/** An instant, or a day of which no more is known. */
export class Moment {
  /** ISO 8601 */
  readonly instant: string;
  readonly precision: 'second' | 'day';

  constructor(instant: string, precision: 'second' | 'day' = 'second') {
    this.instant = instant;
    this.precision = precision;
  }
}

export const moment = (instant: string | null): Moment | null => (instant === null ? null : new Moment(instant));

/** A column, and what a row has in it. */
export interface Column<Row> {
  readonly header: string;
  /** Its cells are moments: the header names the time zone. */
  readonly isMoment?: boolean;
  /** Of the column, in characters. */
  readonly width?: number;
  readonly of: (row: Row) => Cell;
}

/**
 * One kind of export: its columns, and its rows page by page, those in the reader's scope and no others, until whoever takes
 * them has gone.
 */
export interface ExportSheet<Row> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly pages: (by: Principal, filters: ExportFilters, gone: AbortSignal) => AsyncIterable<readonly Row[]>;
}

/** Sheets of several kinds side by side: nobody needs to know what a row is but the sheet itself. */
export interface AnySheet {
  readonly name: string;
  readonly columns: readonly Omit<Column<never>, 'of'>[];
  readonly pages: (by: Principal, filters: ExportFilters, gone: AbortSignal) => AsyncIterable<readonly Cell[][]>;
}

export const anySheet = <Row>({ name, columns, pages }: ExportSheet<Row>): AnySheet => ({
  name,
  columns,
  pages: async function* (by, filters, gone) {
    for await (const page of pages(by, filters, gone)) yield page.map((row) => columns.map((column) => column.of(row)));
  },
});
