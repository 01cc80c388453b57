import { sql, type Db } from '../db/db.ts';
import { iso } from '../db/iso.ts';

export type ReminderKind = 'overdue' | 'remind_before' | 'remind_after';

/** Something still to be done of which somebody may have to be reminded. */
export interface DueRow {
  readonly id: string;
  readonly assignedTo: number;
  /** `YYYY-MM-DD` */
  readonly dueDate: string;
  readonly createdAt: string;
  readonly remindedBefore: boolean;
}

const STILL_TO_DO = sql`i.status in ('open', 'in_progress')`;

/** What was said because a day came, and what is still to be said. */
export class ReminderRepository {
  /** Locks items that are overdue since nobody was told of, and answers them; one at a time passes over those another holds. */
  async newlyOverdue(db: Db, today: string, limit: number): Promise<DueRow[]> {
    return db.rows(sql<DueRow>`
      select i.id, i.assigned_to as "assignedTo", i.due_date::text as "dueDate", ${iso('i.created_at')} as "createdAt", false as "remindedBefore" from action_items i
      where ${STILL_TO_DO} and i.due_date < ${today}::date
        and not exists (select from action_reminders r where r.action_item_id = i.id and r.due_date = i.due_date and r.kind = 'overdue')
      order by i.id limit ${limit} for update of i skip locked`);
  }

  /** What is due up to a day and lacks its last reminder, in the order of ids from one on. */
  async waiting(db: Db, upTo: string, after: string | null, limit: number): Promise<DueRow[]> {
    return db.rows(sql<DueRow>`
      select i.id, i.assigned_to as "assignedTo", i.due_date::text as "dueDate", ${iso('i.created_at')} as "createdAt",
        exists (select from action_reminders r where r.action_item_id = i.id and r.due_date = i.due_date and r.kind = 'remind_before') as "remindedBefore"
      from action_items i
      where ${STILL_TO_DO} and i.due_date <= ${upTo}::date and (${after}::uuid is null or i.id > ${after}::uuid)
        and not exists (select from action_reminders r where r.action_item_id = i.id and r.due_date = i.due_date and r.kind = 'remind_after')
      order by i.id limit ${limit}`);
  }

  /** Notes that something is said now. @returns whether it had not been said before: of several at once, one is told so. */
  async claim(db: Db, { id, dueDate }: Pick<DueRow, 'id' | 'dueDate'>, kind: ReminderKind, now: Date): Promise<boolean> {
    const claimed = await db.run(sql`insert into action_reminders (action_item_id, kind, due_date, at) values (${id}, ${kind}, ${dueDate}::date, ${now}) on conflict do nothing`);
    return claimed > 0;
  }
}
