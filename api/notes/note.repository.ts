import type { Principal, Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { kept } from '../db/kept-statements.ts';
import { scopeSql } from '../db/scope-sql.ts';
import { escapeLike, folded, wordsOf } from '../db/text-search.ts';
import { NoteEntity, type NotePriority, type NoteRecord, type NoteType } from './note.entity.ts';

/** A note as read, with the names beside the ids. Instants are ISO 8601. */
export interface NoteRow {
  id: string;
  agentId: number;
  agentName: string;
  /** The author; named as older clients know it. */
  teamLeaderId: number;
  noteType: NoteType;
  content: string;
  priority: NotePriority;
  category: string | null;
  isPrivate: boolean;
  interactionId: string | null;
  addressedAt: string | null;
  addressedBy: { id: number; name: string } | null;
  /** The coaching session that dealt with it. */
  addressedInSession: string | null;
  createdAt: string;
  updatedAt: string;
  createdBy: { id: number; name: string };
  version: number;
}

/** A note and where it stands among all. */
export interface PlacedNote extends NoteRow {
  /** With microseconds, as PostgreSQL prints it. */
  position: string;
}

/** Where a page ends: the position of its last row. */
export interface NotePlace {
  readonly createdAt: string;
  readonly id: string;
}

export interface NoteFilters {
  readonly agentId?: number | undefined;
  /** About people who are in this team today. */
  readonly teamId?: string | undefined;
  readonly noteType?: NoteType | undefined;
  readonly priority?: NotePriority | undefined;
  readonly category?: string | undefined;
  readonly addressed?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Words that all stand in the text, the category or the person's name. */
  readonly search?: string | undefined;
}

const columns = sql`
  n.id, n.agent_id as "agentId", a.full_name as "agentName", n.author_id as "teamLeaderId", n.note_type as "noteType", n.content,
  n.priority, n.category, n.is_private as "isPrivate", n.interaction_id as "interactionId", ${iso('n.addressed_at')} as "addressedAt",
  case when n.addressed_by is not null then json_build_object('id', n.addressed_by, 'name', ab.full_name) end as "addressedBy",
  n.addressed_in_session as "addressedInSession",
  ${iso('n.created_at')} as "createdAt", ${iso('n.updated_at')} as "updatedAt",
  json_build_object('id', n.author_id, 'name', au.full_name) as "createdBy", n.version`;

const from = sql`quick_notes n join agents a on a.id = n.agent_id join agents au on au.id = n.author_id left join agents ab on ab.id = n.addressed_by`;

/** Queries on notes; who may read which is part of every one of them. */
export class NoteRepository {
  async list(db: Db, reader: Principal, scope: Scope, filters: NoteFilters, page: number, limit: number): Promise<{ rows: NoteRow[]; total: number }> {
    const found = conditions(filters);
    const where = every([readable(reader, scope), ...found]);
    // Of the many ways to filter none is asked so often.
    const plan = found.length === 0 ? kept : sql``;
    const rows = await db.rows(sql<NoteRow>`${plan}select ${columns} from ${from} where ${where}
      order by n.created_at desc, n.id desc limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`${plan}select count(*)::int as n from quick_notes n join agents a on a.id = n.agent_id where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  /** The same as {@link list}, by the place where the page before ended. */
  page(db: Db, reader: Principal, scope: Scope, filters: NoteFilters, after: NotePlace | undefined, limit: number): Promise<PlacedNote[]> {
    const beyond = after ? [sql`(n.created_at, n.id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`] : [];
    return db.rows(sql<PlacedNote>`select ${columns}, n.created_at::text as position from ${from}
      where ${every([readable(reader, scope), ...conditions(filters), ...beyond])} order by n.created_at desc, n.id desc limit ${limit}`);
  }

  async byId(db: Db, reader: Principal, scope: Scope, id: string): Promise<NoteRow | undefined> {
    return db.first(sql<NoteRow>`select ${columns} from ${from} where n.id = ${id} and ${readable(reader, scope)}`);
  }

  /** The note for a change, locked until the transaction ends. */
  async forUpdate(db: Db, reader: Principal, scope: Scope, id: string): Promise<NoteRecord | undefined> {
    const row = await db.first(sql`select 1 from quick_notes n join agents a on a.id = n.agent_id where n.id = ${id} and ${readable(reader, scope)} for update of n`);
    return row ? ((await db.em.findOne(NoteEntity, { id }, { refresh: true })) ?? undefined) : undefined;
  }

  async insert(db: Db, note: Omit<NoteRecord, 'version'>): Promise<void> {
    await db.em.persist(db.em.create(NoteEntity, note)).flush();
  }

  /** Among these notes, those that exist and whether they are private: what a replay of old events must respect. */
  async privacy(db: Db, ids: readonly string[]): Promise<Map<string, boolean>> {
    const rows = await db.rows(sql<{ id: string; isPrivate: boolean }>`select id, is_private as "isPrivate" from quick_notes
      where id = any(${[...ids]}::uuid[]) and deleted_at is null`);
    return new Map(rows.map((row) => [row.id, row.isPrivate]));
  }
}

/**
 * In scope, not deleted, and not somebody else's private note (managers and administrators read those too; its subject
 * and API keys never).
 */
function readable(reader: Principal, scope: Scope): RawBuilder<unknown> {
  const seesPrivate =
    reader.key ? sql`not n.is_private`
    : scope.kind === 'all'
      ? sql`(not n.is_private or n.agent_id <> ${reader.agentId})`
      : sql`(not n.is_private or (n.author_id = ${reader.agentId} and n.agent_id <> ${reader.agentId}))`;
  return every([sql`n.deleted_at is null`, scopeSql(scope, { team: 'a.team_id', agent: 'n.agent_id' }), seesPrivate]);
}

const searched = sql`fold_text(concat_ws(' ', n.content, n.category, a.full_name))`;

function conditions(filters: NoteFilters): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [];
  if (filters.agentId !== undefined) found.push(sql`n.agent_id = ${filters.agentId}`);
  if (filters.teamId) found.push(sql`a.team_id = ${filters.teamId}`);
  if (filters.noteType) found.push(sql`n.note_type = ${filters.noteType}`);
  if (filters.priority) found.push(sql`n.priority = ${filters.priority}`);
  if (filters.category) found.push(sql`n.category = ${filters.category}`);
  if (filters.addressed !== undefined) found.push(filters.addressed ? sql`n.addressed_at is not null` : sql`n.addressed_at is null`);
  if (filters.from) found.push(sql`n.created_at >= ${filters.from}::timestamptz`);
  if (filters.to) found.push(sql`n.created_at <= ${filters.to}::timestamptz`);
  for (const word of wordsOf(filters.search ?? '').filter(Boolean)) found.push(sql`${searched} like '%' || ${folded(escapeLike(word))} || '%'`);
  return found;
}
