import { sql, type Db } from '../db/db.ts';
import type { LiveContact, Placed, Status } from './floor.ts';

/** Whose day a contact counts for. */
export interface ContactDay {
  readonly agentId: number;
  /** Business day. */
  readonly date: string;
}

const TURN = 'demo.simulator';
/** Nobody talks longer in the demo: of contacts whose end nobody saw, the rest is not counted. */
const LONGEST_SECONDS = 1800;

/** Contacts that go on, and whose turn it is to simulate them. */
export class FloorRepository {
  /** Takes or keeps the simulator's turn until an instant; false while another process has it. */
  async holdTurn(db: Db, holder: string, until: Date, now: Date): Promise<boolean> {
    const value = JSON.stringify({ holder, until: until.toISOString() });
    const taken = await db.run(sql`
      insert into installation as i (name, value, updated_at) values (${TURN}, ${value}::jsonb, ${now})
      on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at
        where i.value ->> 'holder' = ${holder} or (i.value ->> 'until')::timestamptz < ${now}`);
    return taken > 0;
  }

  async leaveTurn(db: Db, holder: string): Promise<void> {
    await db.run(sql`delete from installation where name = ${TURN} and value ->> 'holder' = ${holder}`);
  }

  /** Whether a simulator is at work anywhere. */
  async isTaken(db: Db, now: Date): Promise<boolean> {
    return (await db.first(sql`select 1 from installation where name = ${TURN} and (value ->> 'until')::timestamptz >= ${now}`)) !== undefined;
  }

  people(db: Db, usernames: readonly string[]): Promise<Placed[]> {
    return db.rows(sql<Placed>`select id, username, online_status as status, status_reason as reason from agents
      where username = any(${[...usernames]}::text[]) and is_active order by id`);
  }

  /** A person's status, locked until the transaction ends; undefined for somebody who is not active any more. */
  async statusOf(db: Db, agentId: number): Promise<Status | undefined> {
    return db.first(sql<Status>`select online_status as status, status_reason as reason from agents where id = ${agentId} and is_active for no key update`);
  }

  /** @returns the business day it counts for */
  async open(db: Db, contact: LiveContact, agentId: number, timezone: string, now: Date): Promise<string> {
    const startedAt = new Date(contact.startedAt);
    const row = await db.first(sql<{ date: string }>`
      insert into interactions (id, source, external_id, channel, direction, agent_id, team_id, queue, topic, customer_ref, started_at, business_date,
        wait_seconds, outcome, provenance, created_at, updated_at)
      select ${contact.id}, 'demo', ${`live-${contact.id}`}, ${contact.kind.channel}, ${contact.kind.outbound ? 'outbound' : 'inbound'}, a.id, a.team_id,
        ${contact.queue}, ${contact.topic}, ${contact.customerRef}, ${startedAt}, (${startedAt}::timestamptz at time zone ${timezone})::date,
        ${contact.waitSeconds}, 'open', '{"demo": true, "simulated": true}', ${now}, ${now}
      from agents a where a.id = ${agentId} returning business_date::text as date`);
    return row!.date; // the person is locked by the caller
  }

  /** @returns the business day it counts for; none when somebody has ended or removed it meanwhile */
  async close(db: Db, contact: LiveContact, now: Date): Promise<string[]> {
    const seconds = Math.max(0, Math.round((now.getTime() - contact.takenAt) / 1000));
    const rest = (contact.holdSeconds ?? 0) + (contact.acwSeconds ?? 0);
    const talk = contact.talkSeconds === null ? null : Math.max(0, seconds - rest);
    const rows = await db.rows(sql<{ date: string }>`
      update interactions set outcome = ${contact.outcome}, talk_seconds = ${talk}, hold_seconds = ${contact.holdSeconds}, acw_seconds = ${contact.acwSeconds},
        resolved = ${contact.resolved}, first_contact = ${contact.firstContact}, rating = ${contact.rating}, rating_original = ${contact.rating}::int::text,
        rating_scale = case when ${contact.rating}::int is not null then '1-5' end, sentiment = ${contact.sentiment}, updated_at = ${now}, version = version + 1
      where id = ${contact.id} and outcome = 'open' returning business_date::text as date`);
    return rows.map((row) => row.date);
  }

  /** Ends every contact that the demo has left open, at an instant; how it went nobody knows. */
  closeAll(db: Db, at: Date, now: Date): Promise<ContactDay[]> {
    return db.rows(sql<ContactDay>`
      update interactions i set outcome = 'answered', updated_at = ${now}, version = version + 1,
        talk_seconds = least(${LONGEST_SECONDS}::int, greatest(0, extract(epoch from ${at}::timestamptz - i.started_at)::int - coalesce(i.wait_seconds, 0)))
      where i.source = 'demo' and i.outcome = 'open' returning i.agent_id as "agentId", i.business_date::text as date`);
  }

  /** Sets how many contacts people have open at present, and answers whose number changed. */
  countOpen(db: Db, agentIds: readonly number[]): Promise<{ agentId: number; count: number }[]> {
    return db.rows(sql<{ agentId: number; count: number }>`
      update agents a set current_tickets = o.count
      from (select v.id, count(i.id)::int as count from unnest(${[...agentIds]}::int[]) as v(id)
        left join interactions i on i.agent_id = v.id and i.outcome = 'open' group by v.id) o
      where a.id = o.id and a.current_tickets <> o.count returning a.id as "agentId", o.count`);
  }
}
