import { sql, type Db, type RawBuilder } from '../db/db.ts';

/** One person on one business day. */
export interface PersonDay {
  readonly agentId: number;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/** History of presence that files bring in: intervals beside those that were recorded here, never over them. */
export class ImportedPresenceRepository {
  /** Keeps these people's records as they are until the transaction ends. In one order: two files may name the same people. */
  async hold(db: Db, agentIds: readonly number[]): Promise<void> {
    await db.run(sql`select id from agents where id = any(${[...agentIds]}::int[]) order by id for no key update`);
  }

  /** Business days that intervals touch, by their ids. */
  days(db: Db, ids: readonly string[], timezone: string): Promise<PersonDay[]> {
    const day = (column: string): RawBuilder<unknown> => sql`(${sql.ref(column)} at time zone ${timezone})::date`;
    return db.rows(sql<PersonDay>`
      select distinct p.agent_id as "agentId", day::date::text as date
      from presence_intervals p cross join lateral generate_series(${day('p.started_at')}, ${day('p.ended_at')}, interval '1 day') day
      where p.id = any(${[...ids]}::uuid[])`);
  }
}
