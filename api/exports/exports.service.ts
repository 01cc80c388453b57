import type { Principal } from '../auth/principal.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { badRequest } from '../errors/problem.ts';
import { Places } from '../http/places.ts';
import type { AnySheet, ExportFilters, ExportKind } from './export-sheet.ts';
import { csvFile } from './writing/csv-file.ts';
import { clockText, type LocalTimes } from './writing/local-times.ts';
import { xlsxFile } from './writing/xlsx-file.ts';

export type ExportFormat = 'csv' | 'xlsx';

/** A file that is written while it is read. */
export interface ExportFile {
  readonly name: string;
  readonly pieces: AsyncIterable<string | Uint8Array>;
}

/** Making pages of a file keeps a process from answering others: a few, and not one after the other to one person alone. */
const AT_ONCE = { all: 4, each: 2 } as const;

/** Gives out rows as files. Whose rows, the rooms they come from decide as they do for their lists. */
export class ExportsService {
  readonly #uow: UnitOfWork;
  readonly #sheets: Readonly<Record<ExportKind, AnySheet>>;
  readonly #times: LocalTimes;
  readonly #places = new Places(AT_ONCE);

  constructor(deps: { uow: UnitOfWork; sheets: Readonly<Record<ExportKind, AnySheet>>; times: LocalTimes }) {
    this.#uow = deps.uow;
    this.#sheets = deps.sheets;
    this.#times = deps.times;
  }

  /**
   * Begins an export. It is in the audit log before its first row is read; each page of rows is as it stands when it is read.
   * @param gone whoever downloads it has gone: it is read no further, nor to the end of a page
   * @throws Problem 400 (`from` after `to`); with the first piece 503, where too many are given out already
   */
  async export(by: Principal, kind: ExportKind, format: ExportFormat, filters: ExportFilters, gone: AbortSignal): Promise<ExportFile> {
    const { from, to, agentId, teamId } = filters;
    if (from && to && from > to) throw badRequest('invalid_period', 'from is after to.', [{ path: '/query/from', message: 'is after to' }]);
    const now = await this.#uow.write(by, (tx) => {
      tx.audit({ action: 'export.create', targetType: 'export', targetId: kind, after: { format, from: from ?? null, to: to ?? null, agentId: agentId ?? null, teamId: teamId ?? null } });
      return Promise.resolve(tx.now);
    });
    const stamp = clockText(this.#times.of(now.toISOString()).clock).slice(0, 16).replace(' ', '-').replace(':', '');
    return { name: `sideline-${kind}-${stamp}.${format}`, pieces: this.#places.held(by, this.#pieces(by, kind, format, filters, gone)) };
  }

  #pieces(by: Principal, kind: ExportKind, format: ExportFormat, filters: ExportFilters, gone: AbortSignal): ExportFile['pieces'] {
    const sheet = this.#sheets[kind];
    const columns = sheet.columns.map((column) => ({ ...column, header: column.isMoment ? `${column.header} (${this.#times.zone})` : column.header }));
    const pages = sheet.pages(by, filters, gone);
    return format === 'csv' ? csvFile(columns.map(({ header }) => header), pages, this.#times) : xlsxFile(sheet.name, columns, pages, this.#times);
  }
}
