import { callerOf, isManager, type Principal } from '../../auth/principal.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { conflict, notFound, type Problem } from '../../errors/problem.ts';
import { ownerOf } from '../import-owner.ts';
import type { ImportRecord, ImportRepository } from '../import.repository.ts';
import type { PreviewRow } from '../import-rows.repository.ts';
import { InLine } from './in-line.ts';
import type { PageStart, PreviewCounts, PreviewFilters, PreviewRepository } from './preview.repository.ts';
import type { RejectedFile, RejectedFiles, SheetFormat } from './rejected-files.service.ts';

export interface PreviewPage {
  readonly rows: readonly PreviewRow[];
  readonly total: number;
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null;
}

/** What becomes of the rows of an import, for those who may see it. */
export class PreviewService {
  readonly #uow: UnitOfWork;
  readonly #imports: ImportRepository;
  readonly #preview: PreviewRepository;
  readonly #rejected: RejectedFiles;
  readonly #line = new InLine();

  constructor(deps: { uow: UnitOfWork; imports: ImportRepository; preview: PreviewRepository; rejected: RejectedFiles }) {
    this.#uow = deps.uow;
    this.#imports = deps.imports;
    this.#preview = deps.preview;
    this.#rejected = deps.rejected;
  }

  /** @throws Problem 404, 409 while there is no preview, 429 where too many of one person's questions are waiting */
  async page(by: Principal, id: string, wanted: PreviewFilters, start: PageStart, limit: number): Promise<PreviewPage> {
    if (!(await this.#hasRows(by, id))) return { rows: [], total: 0, nextCursor: null };
    const filters = withinReach(by, wanted);
    return this.#line.run(callerOf(by), () => this.#uow.read(async (db) => {
      const found = await this.#preview.rows(db, id, filters, start, limit + 1);
      const rows = found.slice(0, limit);
      const nextCursor = found.length > limit ? String(rows.at(-1)?.ordinal) : null;
      return { rows, total: await this.#preview.total(db, id, filters), nextCursor };
    }));
  }

  /** @throws Problem as {@link page} */
  async counts(by: Principal, id: string, wanted: PreviewFilters): Promise<PreviewCounts> {
    if (!(await this.#hasRows(by, id))) return { rows: 0, new: 0, changed: 0, unchanged: 0, rejected: 0, reasons: [], changes: [] };
    const filters = withinReach(by, wanted);
    return this.#line.run(callerOf(by), () => this.#uow.read((db) => this.#preview.counts(db, id, filters)));
  }

  /**
   * The rejected rows as the file they came in.
   * @param format by default that of the uploaded file
   * @throws Problem 404, 409 while there is no preview
   */
  async rejectedFile(by: Principal, id: string, format?: SheetFormat): Promise<RejectedFile> {
    const record = await this.#get(by, id);
    if (record.mapping === null || isMoving(record) || isGone(record)) throw noPreview(record);
    return this.#rejected.file(by, record, format);
  }

  async #hasRows(by: Principal, id: string): Promise<boolean> {
    const record = await this.#get(by, id);
    if (isMoving(record)) throw noPreview(record);
    return !isGone(record);
  }

  async #get(by: Principal, id: string): Promise<ImportRecord> {
    const record = await this.#uow.read((db) => this.#imports.byId(db, id, ownerOf(by)));
    if (!record) throw notFound('Import');
    return record;
  }
}

/** Whoever a leader does not lead any more is somebody else's to read about. */
const withinReach = (by: Principal, filters: PreviewFilters): PreviewFilters => (isManager(by) ? filters : { ...filters, teamIds: by.ledTeamIds });

const isMoving = ({ status }: ImportRecord): boolean => status === 'queued' || status === 'parsing';
/** Its rows are cleared away, or about to be. */
const isGone = ({ status }: ImportRecord): boolean => status === 'cancelled' || status === 'discarded';

function noPreview(record: ImportRecord): Problem {
  return conflict('import_not_staged', isMoving(record) ? 'The file is still being read.' : `The import is ${record.status.replace('_', ' ')}; it has no preview.`);
}
