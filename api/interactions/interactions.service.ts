import { scopeOf, type Principal } from '../auth/principal.ts';
import { PAGE_ROWS, pagesOf } from '../db/pages.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { badRequest, notFound } from '../errors/problem.ts';
import type { DayPosition, ExportedInteraction, InteractionFilters, InteractionRepository, InteractionRow, Position } from './interaction.repository.ts';
import type { RecordingRepository, RecordingRow, TranscriptRef, TranscriptRow } from './recording.repository.ts';

export interface InteractionPage {
  readonly rows: readonly InteractionRow[];
  /** Null above what is worth counting. */
  readonly total: number | null;
  readonly nextCursor: string | null;
}

/** Reads the interactions behind the figures. */
export class InteractionsService {
  readonly #uow: UnitOfWork;
  readonly #interactions: InteractionRepository;
  readonly #recordings: RecordingRepository;

  constructor(deps: { uow: UnitOfWork; interactions: InteractionRepository; recordings: RecordingRepository }) {
    this.#uow = deps.uow;
    this.#interactions = deps.interactions;
    this.#recordings = deps.recordings;
  }

  /** @throws Problem 400 (a cursor that is none, or `from` after `to`). */
  async list(by: Principal, filters: InteractionFilters, cursor: string | undefined, limit: number): Promise<InteractionPage> {
    if (filters.from && filters.to && filters.from > filters.to) {
      throw badRequest('invalid_period', 'from is after to.', [{ path: '/query/from', message: 'is after to' }]);
    }
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const scope = scopeOf(by);
    return this.#uow.read(async (db) => {
      const found = await this.#interactions.list(db, scope, filters, after, limit + 1);
      const total = await this.#interactions.count(db, scope, filters);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const nextCursor = found.length > limit && last ? encodeCursor({ startedAt: last.position, id: last.id }) : null;
      return { rows: page.map(({ position: _position, ...row }) => row), total, nextCursor };
    });
  }

  /** All of them, page by page, newest first: what {@link list} would show. */
  pages(by: Principal, filters: InteractionFilters, gone?: AbortSignal): AsyncIterable<readonly ExportedInteraction[]> {
    const read = (after: DayPosition | undefined, size: number) => this.#uow.report((db) => this.#interactions.page(db, scopeOf(by), filters, after, size), gone);
    return pagesOf(PAGE_ROWS, read, ({ position, id, businessDate }) => ({ startedAt: position, id, businessDate }));
  }

  /** @throws Problem 404. */
  async get(by: Principal, id: string): Promise<InteractionRow> {
    const row = await this.#uow.read((db) => this.#interactions.byId(db, scopeOf(by), id));
    if (!row) throw notFound('Interaction');
    return row;
  }

  /**
   * With references to what was recorded and written down of it.
   * @throws Problem 404.
   */
  async detail(by: Principal, id: string): Promise<InteractionRow & { readonly recordings: readonly RecordingRow[]; readonly transcripts: readonly TranscriptRef[] }> {
    const interaction = await this.get(by, id);
    return this.#uow.read(async (db) => ({ ...interaction, recordings: await this.#recordings.recordings(db, id), transcripts: await this.#recordings.transcriptRefs(db, id) }));
  }

  /** What was said. @throws Problem 404. */
  async transcripts(by: Principal, id: string): Promise<readonly TranscriptRow[]> {
    await this.get(by, id);
    return this.#uow.read((db) => this.#recordings.transcripts(db, id));
  }

  /** Whether there is such an interaction in the caller's scope, and that person took it. */
  async isAbout(by: Principal, id: string, agentId: number): Promise<boolean> {
    const row = await this.#uow.read((db) => this.#interactions.byId(db, scopeOf(by), id));
    return row?.agentId === agentId;
  }
}

const encodeCursor = ({ startedAt, id }: Position): string => Buffer.from(`${startedAt}|${id}`).toString('base64url');

/** What PostgreSQL prints for an instant in UTC, and a uuid: nothing else gets as far as the query. */
const CURSOR = /^(?<startedAt>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00)\|(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function decodeCursor(cursor: string): Position {
  const groups = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.groups;
  const [startedAt, id] = [groups?.['startedAt'], groups?.['id']];
  if (!startedAt || !id || Number.isNaN(Date.parse(startedAt))) {
    throw badRequest('invalid_cursor', 'This cursor is none of ours.', [{ path: '/query/cursor', message: 'is not a cursor' }]);
  }
  return { startedAt, id };
}
