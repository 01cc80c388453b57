import type { Role } from '../auth/principal.ts';
import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { TeamSettings } from '../performance/team-settings.ts';
import { TeamEntity, type TeamRecord } from './team.entity.ts';

/** A team as read. Instants are ISO 8601. */
export interface TeamRow {
  id: string;
  name: string;
  department: string;
  isActive: boolean;
  createdAt: string;
  updatedAt: string;
  version: number;
  leaders: { id: number; name: string }[];
  /** Active people only. */
  memberCount: number;
}

export interface StoredSettings {
  teamId: string;
  version: number;
  settings: Partial<TeamSettings>;
  updatedAt: string | null;
  updatedBy: { id: number; name: string } | null;
}

const columns = sql`
  t.id, t.name, t.department, t.is_active as "isActive", ${iso('t.created_at')} as "createdAt", ${iso('t.updated_at')} as "updatedAt", t.version,
  coalesce((select json_agg(json_build_object('id', a.id, 'name', a.full_name) order by a.full_name, a.id)
    from team_leaders tl join agents a on a.id = tl.agent_id where tl.team_id = t.id), '[]') as leaders,
  (select count(*)::int from agents m where m.team_id = t.id and m.is_active) as "memberCount"`;

export class TeamRepository {
  async list(db: Db, page: number, limit: number): Promise<{ rows: TeamRow[]; total: number }> {
    const rows = await db.rows(sql<TeamRow>`select ${columns} from teams t order by t.name, t.id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from teams`);
    return { rows, total: count?.n ?? 0 };
  }

  async byId(db: Db, id: string): Promise<TeamRow | undefined> {
    return db.first(sql<TeamRow>`select ${columns} from teams t where t.id = ${id}`);
  }

  async refs(db: Db, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    return db.rows(sql`select id, name from teams where id = any(${[...ids]}::uuid[]) order by name, id`);
  }

  /**
   * The team for a change, locked until the transaction ends. Not `for update`: that would stop everybody who puts a person of
   * theirs into the team, and whoever changes a team announces its people, who are locked by then.
   */
  async forUpdate(db: Db, id: string): Promise<TeamRecord | undefined> {
    await db.run(sql`select 1 from teams where id = ${id} for no key update`);
    return (await db.em.findOne(TeamEntity, { id }, { refresh: true })) ?? undefined;
  }

  async insert(db: Db, data: Omit<TeamRecord, 'version'>): Promise<void> {
    await db.em.persist(db.em.create(TeamEntity, data)).flush();
  }

  async nameTaken(db: Db, name: string, exceptId: string | null): Promise<boolean> {
    const row = await db.first(sql`select 1 from teams where lower(name) = lower(${name}) and id is distinct from ${exceptId}::uuid`);
    return row !== undefined;
  }

  /** Ids among these that are no active leader, manager or administrator. */
  async notLeaders(db: Db, ids: readonly number[]): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`select w.id from unnest(${[...ids]}::int[]) as w(id)
      left join agents a on a.id = w.id and a.is_active and a.role in ('team_leader', 'manager', 'admin') where a.id is null order by w.id`);
    return rows.map((row) => row.id);
  }

  /** The active teams these people lead. */
  async ledBy(db: Db, leaderIds: readonly number[]): Promise<{ leaderId: number; teamId: string }[]> {
    return db.rows(sql<{ leaderId: number; teamId: string }>`select l.agent_id as "leaderId", t.id as "teamId" from team_leaders l join teams t on t.id = l.team_id
      where t.is_active and l.agent_id = any(${[...leaderIds]}::int[]) order by t.id`);
  }

  /** Ids among these that are nobody active. */
  async unknownPeople(db: Db, ids: readonly number[]): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`select w.id from unnest(${[...ids]}::int[]) as w(id)
      left join agents a on a.id = w.id and a.is_active where a.id is null order by w.id`);
    return rows.map((row) => row.id);
  }

  /** Active or not. */
  async memberIds(db: Db, teamId: string): Promise<number[]> {
    return (await db.rows(sql<{ id: number }>`select id from agents where team_id = ${teamId} order by 1`)).map((row) => row.id);
  }

  async leaderIds(db: Db, teamId: string): Promise<number[]> {
    return (await db.rows(sql<{ id: number }>`select agent_id as id from team_leaders where team_id = ${teamId} order by 1`)).map((row) => row.id);
  }

  async setLeaders(db: Db, teamId: string, ids: readonly number[]): Promise<void> {
    await db.run(sql`delete from team_leaders where team_id = ${teamId} and not agent_id = any(${[...ids]}::int[])`);
    await db.run(sql`insert into team_leaders (team_id, agent_id) select ${teamId}, id from unnest(${[...ids]}::int[]) as w(id) on conflict do nothing`);
  }

  /** Makes these the active members, and answers whose team changed. */
  async setMembers(db: Db, teamId: string, ids: readonly number[], now: Date): Promise<{ id: number; role: Role }[]> {
    // In the order of the ids, as everywhere: no deadlock.
    await db.run(sql`select 1 from agents where team_id = ${teamId} or id = any(${[...ids]}::int[]) order by id for no key update`);
    const rows = await db.rows(sql<{ id: number; role: Role }>`
      update agents set team_id = case when id = any(${[...ids]}::int[]) then ${teamId}::uuid end, updated_at = ${now}, version = version + 1
      where (team_id = ${teamId} and is_active and not id = any(${[...ids]}::int[]))
         or (team_id is distinct from ${teamId}::uuid and id = any(${[...ids]}::int[])) returning id, role`);
    return rows.sort((a, b) => a.id - b.id);
  }

  async settings(db: Db, teamId: string): Promise<StoredSettings | undefined> {
    return db.first(sql<StoredSettings>`
      select s.team_id as "teamId", s.version, s.settings, ${iso('s.updated_at')} as "updatedAt",
        case when a.id is not null then json_build_object('id', a.id, 'name', a.full_name) end as "updatedBy"
      from team_settings s left join agents a on a.id = s.updated_by where s.team_id = ${teamId}`);
  }

  async saveSettings(db: Db, teamId: string, settings: object, by: number, now: Date): Promise<void> {
    const json = JSON.stringify(settings);
    const author = by || null;
    await db.run(sql`
      with saved as (
        insert into team_settings as s (team_id, settings, updated_at, updated_by) values (${teamId}, ${json}::jsonb, ${now}, ${author})
        on conflict (team_id) do update set settings = excluded.settings, version = s.version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by
        returning team_id, version, settings, updated_at, updated_by)
      insert into team_settings_history (team_id, version, settings, changed_at, changed_by) select * from (select team_id, version, settings, updated_at, updated_by from saved) v`);
  }
}
