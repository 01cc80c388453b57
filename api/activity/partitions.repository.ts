import { sql, type Db } from '../db/db.ts';

/** The months of `agent_activities`; what is done is told by the functions of migration 152. */
export class PartitionsRepository {
  /** Makes what is missing, this month and some ahead; answers how many. */
  async keep(db: Db, now: Date, ahead: number): Promise<number> {
    return (await db.first(sql<{ made: number }>`select keep_activity_partitions(${now}, ${ahead}) as made`))?.made ?? 0;
  }

  /** Takes out months that ended before; answers the tables' names. */
  async detach(db: Db, before: Date): Promise<string[]> {
    return (await db.rows(sql<{ name: string }>`select * from detach_activity_partitions(${before}) as name`)).map(({ name }) => name);
  }
}
