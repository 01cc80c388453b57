import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { AbsenceEntity, type AbsenceKind, type AbsenceRecord } from './absence.entity.ts';
import type { PageRequest } from './agent.repository.ts';

/** Leave as read. Days are `YYYY-MM-DD`, both included. */
export interface AbsenceRow {
  id: string;
  agentId: number;
  kind: AbsenceKind;
  startsOn: string;
  endsOn: string;
  comment: string | null;
  createdAt: string;
}

const columns = sql`id, agent_id as "agentId", kind, starts_on::text as "startsOn", ends_on::text as "endsOn", comment, ${iso('created_at')} as "createdAt"`;

export class AbsenceRepository {
  async list(db: Db, agentId: number, { page, limit }: PageRequest): Promise<{ rows: AbsenceRow[]; total: number }> {
    const rows = await db.rows(sql<AbsenceRow>`select ${columns} from absences where agent_id = ${agentId}
      order by starts_on desc, id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from absences where agent_id = ${agentId}`);
    return { rows, total: count?.n ?? 0 };
  }

  async byId(db: Db, agentId: number, id: string): Promise<AbsenceRow | undefined> {
    return db.first(sql<AbsenceRow>`select ${columns} from absences where id = ${id} and agent_id = ${agentId}`);
  }

  async overlapping(db: Db, agentId: number, startsOn: string, endsOn: string): Promise<AbsenceRow | undefined> {
    return db.first(sql<AbsenceRow>`select ${columns} from absences where agent_id = ${agentId}
      and starts_on <= ${endsOn}::date and ends_on >= ${startsOn}::date order by starts_on limit 1`);
  }

  /** Whoever of these people is away on one of the days. */
  async covering(db: Db, agentIds: readonly number[], from: string, to: string): Promise<(Pick<AbsenceRow, 'agentId' | 'startsOn' | 'endsOn'> & { name: string })[]> {
    return db.rows(sql<Pick<AbsenceRow, 'agentId' | 'startsOn' | 'endsOn'> & { name: string }>`
      select b.agent_id as "agentId", a.full_name as name, b.starts_on::text as "startsOn", b.ends_on::text as "endsOn"
      from absences b join agents a on a.id = b.agent_id
      where b.agent_id = any(${[...agentIds]}::int[]) and b.starts_on <= ${to}::date and b.ends_on >= ${from}::date order by b.agent_id, b.starts_on`);
  }

  async insert(db: Db, data: Omit<AbsenceRecord, 'version'>): Promise<void> {
    await db.em.persist(db.em.create(AbsenceEntity, data)).flush();
  }

  /** Whether this call removed it: of several at once, one does. */
  async remove(db: Db, id: string): Promise<boolean> {
    return (await db.em.nativeDelete(AbsenceEntity, { id })) > 0;
  }
}
