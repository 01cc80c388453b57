import type { Role } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { kept } from '../db/kept-statements.ts';
import { wordsOf } from '../db/text-search.ts';
import { onlineHoursToday, type DayNow } from '../presence/online-hours.sql.ts';
import { conditions } from './agent-filters.sql.ts';
import type { AgentFilters } from './agent-filters.ts';
import { BY_RELEVANCE, exactly, nearly } from './agent-search.sql.ts';
import { addUp, type AgentStats, type StatsGroup } from './agent-stats.ts';
import { AgentEntity, type AgentRecord, type OnlineStatus } from './agent.entity.ts';

/** A person as read, before the viewer's projection. Keys are those of the wire. */
export interface AgentRow {
  id: number;
  username: string;
  email: string;
  role: Role;
  isActive: boolean;
  lastLoginAt: string | null;
  createdAt: string;
  updatedAt: string;
  fullName: string;
  avatar: string | null;
  phone: string | null;
  department: string;
  teamId: string | null;
  teamName: string | null;
  joinedOn: string;
  onlineStatus: OnlineStatus;
  statusReason: string | null;
  statusSince: string;
  lastSeen: string | null;
  currentTickets: number;
  totalTicketsHandled: number;
  avgResponseTime: number | null;
  customerSatisfaction: number | null;
  ticketsResolvedToday: number;
  messagesHandledToday: number;
  onlineHoursToday: number;
  performanceLevel: 'high' | 'medium' | 'low' | null;
  version: number;
  /** Whether the person's team hides figures from peers. */
  figuresHidden: boolean;
}

/** Of everybody, whom a roster is about; days are `YYYY-MM-DD`, both included. */
export interface RosterFilters extends Pick<AgentFilters, 'teamId' | 'peer'> {
  readonly id?: number | undefined;
  readonly joinedFrom?: string | undefined;
  readonly joinedTo?: string | undefined;
}

/** Where a page of a roster ends: the position of its last row. */
export interface NamePlace {
  readonly fullName: string;
  readonly id: number;
}

export interface PageRequest {
  readonly page: number;
  readonly limit: number;
}

export interface DepartmentRow {
  name: string;
  agents: number;
  active: number;
}

/** @param day the business day: counters of an earlier one are over, whether or not a job has run since */
const columnsOn = (day: DayNow): RawBuilder<unknown> => sql`
  a.id, a.username, a.email, a.role, a.is_active as "isActive", ${iso('a.last_login_at')} as "lastLoginAt",
  ${iso('a.created_at')} as "createdAt", ${iso('a.updated_at')} as "updatedAt", a.full_name as "fullName", a.avatar, a.phone,
  a.department, a.team_id as "teamId", t.name as "teamName", a.joined_on::text as "joinedOn",
  a.online_status as "onlineStatus", a.status_reason as "statusReason", ${iso('a.status_since')} as "statusSince",
  ${iso('a.last_seen')} as "lastSeen", a.current_tickets as "currentTickets", a.total_tickets_handled as "totalTicketsHandled",
  a.avg_response_time::float8 as "avgResponseTime", a.customer_satisfaction::float8 as "customerSatisfaction",
  ${ofDay('a.tickets_resolved_today', day.date)} as "ticketsResolvedToday", ${ofDay('a.messages_handled_today', day.date)} as "messagesHandledToday",
  ${onlineHoursToday(day)} as "onlineHoursToday", a.performance_level as "performanceLevel", a.version,
  coalesce(ts.settings->>'peerFigures' = 'hidden', false) as "figuresHidden"`;

function ofDay(column: string, today: string): RawBuilder<unknown> {
  return sql`case when a.figures_on = ${today}::date then ${sql.ref(column)} else 0 end`;
}

const joins = sql`left join teams t on t.id = a.team_id left join team_settings ts on ts.team_id = a.team_id`;

/** Searches for more words, or with filters, are too seldom and too various for their plans to be kept. */
const KEPT_WORDS = 2;
/** With so many found to the letter, others are not guessed at. */
const ENOUGH = 50;
/** A name, a part of it long enough to tell an error from another name. User names and addresses are not guessed at: many are alike. */
const GUESSABLE = /^(?=.*\p{L}{4})[\p{L}\p{M}'’ .-]+$/u;

/** Queries on people. Everybody may see everybody; what they see of them is the presenter's projection. */
export class AgentRepository {
  readonly #today: () => DayNow;

  /** @param today the business day it is, and what time */
  constructor(today: () => DayNow) {
    this.#today = today;
  }

  async byId(db: Db, id: number): Promise<AgentRow | undefined> {
    return db.first(sql<AgentRow>`${kept}select ${columnsOn(this.#today())} from agents a ${joins} where a.id = ${id}`);
  }

  /** Rows by id, in the order of the ids; ids that are not there are left out. */
  async byIds(db: Db, ids: readonly number[]): Promise<AgentRow[]> {
    return db.rows(sql<AgentRow>`${kept}select ${columnsOn(this.#today())} from unnest(${[...ids]}::int[]) with ordinality as wanted(id, n)
      join agents a on a.id = wanted.id ${joins} order by wanted.n`);
  }

  /**
   * One page by name, and how many there are in all, in one round trip. Only the rows of the page are read whole: however
   * deep it lies, what is before it is counted off in the index of names.
   */
  async list(db: Db, filters: AgentFilters, { page, limit }: PageRequest): Promise<{ rows: AgentRow[]; total: number }> {
    const where = every(conditions(filters));
    // What is searched for decides how it is best found.
    const plan = filters.search ? sql`` : kept;
    const rows = await db.rows(sql<AgentRow & { total: number }>`${plan}
      select ${columnsOn(this.#today())}, (select count(*)::int from agents a where ${where}) as total
      from (select a.id from agents a where ${where} order by a.full_name, a.id limit ${limit} offset ${(page - 1) * limit}) page
      join agents a on a.id = page.id ${joins} order by a.full_name, a.id`);
    return { rows: rows.map(({ total: _total, ...row }) => row), total: await this.#totalOf(db, rows, page, where) };
  }

  /** The same by the place where the page before ended, for whoever reads everybody. */
  page(db: Db, { id, joinedFrom, joinedTo, ...filters }: RosterFilters, after: NamePlace | undefined, limit: number): Promise<AgentRow[]> {
    const where = conditions(filters);
    if (id !== undefined) where.push(sql`a.id = ${id}`);
    if (joinedFrom) where.push(sql`a.joined_on >= ${joinedFrom}::date`);
    if (joinedTo) where.push(sql`a.joined_on <= ${joinedTo}::date`);
    if (after) where.push(sql`(a.full_name, a.id) > (${after.fullName}, ${after.id})`);
    return db.rows(sql<AgentRow>`select ${columnsOn(this.#today())} from agents a ${joins} where ${every(where)} order by a.full_name, a.id limit ${limit}`);
  }

  /**
   * The best matches first: the whole name, its beginning, the beginnings of its words, parts of words; then, nearest
   * first, what is at most two typing errors away from every word that was typed. Where many are found to the letter,
   * nobody has mistyped.
   */
  async search(db: Db, q: string, filters: AgentFilters, { page, limit }: PageRequest): Promise<{ rows: AgentRow[]; total: number }> {
    const words = wordsOf(q);
    const offset = (page - 1) * limit;
    const plan = words.length <= KEPT_WORDS && Object.values(filters).every((filter) => filter === undefined || filter === filters.peer) ? kept : sql``;
    const exact = await this.#found(db, plan, exactly(words, filters), { limit, offset });
    if (exact.total >= ENOUGH || !GUESSABLE.test(words.join(' '))) return { rows: await this.byIds(db, exact.ids), total: exact.total };
    const near = await this.#found(db, plan, nearly(words, filters, exact.all), { limit: limit - exact.ids.length, offset: Math.max(0, offset - exact.total) });
    return { rows: await this.byIds(db, [...exact.ids, ...near.ids]), total: exact.total + near.total };
  }

  /** How many match, whose page it is, and, where they are few, everybody. */
  async #found(db: Db, plan: RawBuilder<unknown>, matches: RawBuilder<unknown>, { limit, offset }: { limit: number; offset: number }): Promise<{ total: number; ids: number[]; all: number[] }> {
    const row = await db.first(sql<{ total: number; ids: number[]; all: number[] }>`${plan}
      with match as materialized (${matches})
      select (select count(*)::int from match) as total,
        array(select match.id from match order by ${BY_RELEVANCE} limit ${limit} offset ${offset}) as ids,
        array(select match.id from match limit ${ENOUGH}) as "all"`);
    return row ?? { total: 0, ids: [], all: [] };
  }

  /** Every row carries the total; an empty page beyond the first has to ask for it. */
  async #totalOf(db: Db, rows: readonly { total: number }[], page: number, where: RawBuilder<unknown>): Promise<number> {
    return rows[0]?.total ?? (page === 1 ? 0 : this.#count(db, where));
  }

  async #count(db: Db, where: RawBuilder<unknown>): Promise<number> {
    return (await db.first(sql<{ n: number }>`select count(*)::int as n from agents a where ${where}`))?.n ?? 0;
  }

  /** Nobody else changes these people until the transaction ends. In the order of the ids, as everywhere: no deadlock. */
  async lock(db: Db, ids: readonly number[]): Promise<void> {
    await db.run(sql`select 1 from agents where id = any(${[...ids]}::int[]) order by id for no key update`);
  }

  /** The person for a change, locked until the transaction ends. */
  async forUpdate(db: Db, id: number): Promise<AgentRecord | undefined> {
    await db.run(sql`${kept}select 1 from agents where id = ${id} for no key update`);
    return (await db.em.findOne(AgentEntity, { id }, { refresh: true })) ?? undefined;
  }

  async insert(db: Db, data: Omit<AgentRecord, 'id' | 'version' | 'mustChangePassword'>): Promise<AgentRecord> {
    const agent = db.em.create(AgentEntity, { ...data, mustChangePassword: false });
    await db.em.persist(agent).flush();
    return agent;
  }

  /** Whether another person has the user name or e-mail, ignoring case: the name of the field, if any. */
  async taken(db: Db, { username, email }: { username?: string | undefined; email?: string | undefined }, exceptId = 0): Promise<'username' | 'email' | undefined> {
    const row = await db.first(sql<{ field: 'username' | 'email' }>`
      select case when lower(username) = lower(${username ?? ''}) then 'username' else 'email' end as field from agents
      where id <> ${exceptId} and (lower(username) = lower(${username ?? ''}) or lower(email) = lower(${email ?? ''})) limit 1`);
    return row?.field;
  }

  /**
   * How many active administrators there are; nobody else gets to know until the transaction ends, so that two who
   * remove each other at once cannot each rely on the other. Not by locking their rows: each holds one already.
   */
  async activeAdminsAlone(db: Db): Promise<number> {
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended('administrators', 1))`);
    return (await db.first(sql<{ n: number }>`select count(*)::int as n from agents where role = 'admin' and is_active`))?.n ?? 0;
  }

  async count(db: Db): Promise<number> {
    return this.#count(db, sql`true`);
  }

  /** One pass over the people. */
  async stats(db: Db): Promise<AgentStats> {
    const groups = await db.rows(sql<StatsGroup>`select role, department, is_active as "isActive", online_status as "onlineStatus", count(*)::int as n
      from agents group by role, department, is_active, online_status`);
    return addUp(groups);
  }

  async departments(db: Db): Promise<DepartmentRow[]> {
    return db.rows(sql<DepartmentRow>`select department as name, agents, active from department_stats order by lower(department), department`);
  }

  /** Who belongs where, for routing events. */
  async placements(db: Db): Promise<{ id: number; teamId: string | null; department: string; figuresHidden: boolean }[]> {
    return db.rows(sql`select a.id, a.team_id as "teamId", a.department, coalesce(ts.settings->>'peerFigures' = 'hidden', false) as "figuresHidden"
      from agents a left join team_settings ts on ts.team_id = a.team_id`);
  }
}
