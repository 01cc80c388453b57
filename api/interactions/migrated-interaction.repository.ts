import { sql, type Db } from '../db/db.ts';
import { RowSet } from '../db/row-set.ts';
import type { Direction, Outcome } from './interaction.repository.ts';

/** A call of an old system. Instants are ISO 8601. */
export interface MigratedCall {
  readonly channel: 'voice';
  readonly direction: Direction;
  readonly agentId: number | null;
  readonly startedAt: string;
  /** `YYYY-MM-DD` */
  readonly businessDate: string;
  readonly waitSeconds: number | null;
  readonly talkSeconds: number | null;
  readonly outcome: Outcome;
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
  readonly source: string;
  readonly externalId: string;
}

export const callRows = new RowSet<MigratedCall & { readonly id: string }>('interactions', {
  channel: ['channel', 'text'], direction: ['direction', 'text'], agentId: ['agent_id', 'int'], startedAt: ['started_at', 'timestamptz'], businessDate: ['business_date', 'date'],
  waitSeconds: ['wait_seconds', 'int'], talkSeconds: ['talk_seconds', 'int'], outcome: ['outcome', 'text'], provenance: ['provenance', 'jsonb'], createdAt: ['created_at', 'timestamptz'],
  source: ['source', 'text'], externalId: ['external_id', 'text'],
});

/** Ids of interactions by their ids in a source, in the order asked. */
export async function idsIn(db: Db, source: string, externalIds: readonly string[]): Promise<(string | undefined)[]> {
  const rows = await db.rows(sql<{ id: string; externalId: string }>`select id, external_id as "externalId" from interactions where source = ${source} and external_id = any(${[...externalIds]}::text[])`);
  const found = new Map(rows.map(({ id, externalId }) => [externalId, id]));
  return externalIds.map((externalId) => found.get(externalId));
}

/** The figures of these interactions' days follow. */
export async function markDays(db: Db, ids: readonly string[]): Promise<void> {
  await db.run(sql`insert into stale_days (agent_id, date)
    select distinct agent_id, business_date from interactions where id = any(${[...ids]}::uuid[]) and agent_id is not null order by 1, 2
    on conflict (agent_id, date) do update set marked_at = excluded.marked_at`);
}

/** Nobody knows which team it was at the time: the one their person is in. */
export async function joinTeams(db: Db, ids: readonly string[]): Promise<void> {
  await db.run(sql`update interactions i set team_id = a.team_id from agents a
    where i.id = any(${[...ids]}::uuid[]) and a.id = i.agent_id and i.team_id is distinct from a.team_id`);
}
