import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { importedFrom } from '../imports/imported-from.sql.ts';
import { METRICS, type MetricId } from '../performance/metric-definitions.ts';
import { ROW_CONDITIONS } from '../performance/metric-rows.ts';

export type Channel = 'voice' | 'chat' | 'email' | 'ticket' | 'message';
export type Direction = 'inbound' | 'outbound';
export type Outcome = 'open' | 'answered' | 'abandoned' | 'missed' | 'busy' | 'failed' | 'voicemail';

/** An interaction as read. Keys are those of the wire. */
export interface InteractionRow {
  readonly id: string;
  readonly source: string;
  readonly externalId: string;
  readonly channel: Channel;
  readonly direction: Direction;
  readonly agentId: number | null;
  readonly agentName: string | null;
  readonly teamId: string | null;
  readonly queue: string | null;
  readonly topic: string | null;
  readonly customerRef: string | null;
  readonly startedAt: string;
  readonly businessDate: string;
  readonly precision: 'second' | 'day';
  readonly waitSeconds: number | null;
  readonly talkSeconds: number | null;
  readonly holdSeconds: number | null;
  readonly acwSeconds: number | null;
  readonly outcome: Outcome;
  readonly resolved: boolean | null;
  readonly firstContact: boolean | null;
  readonly rating: number | null;
  readonly ratingOriginal: string | null;
  readonly ratingScale: string | null;
  readonly sentiment: number | null;
  readonly campaignId: string | null;
  readonly provenance: Record<string, unknown>;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** What a file tells of an interaction, with the name of the team it was taken in: for a million of them each column counts. */
export interface ExportedInteraction extends Omit<InteractionRow, 'teamId' | 'campaignId' | 'provenance' | 'createdAt' | 'updatedAt' | 'version'> {
  readonly position: string;
  readonly teamName: string | null;
}

export interface InteractionFilters {
  readonly agentId?: number | undefined;
  readonly teamId?: string | undefined;
  /** Only what the front-line people took who are in this team today. */
  readonly membersOf?: string | undefined;
  /** What the people took who are in this team today, and what nobody took of this team's. */
  readonly ofTeam?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly channel?: Channel | undefined;
  readonly direction?: Direction | undefined;
  readonly outcome?: Outcome | undefined;
  /** Whether it is still running. */
  readonly open?: boolean | undefined;
  /** Only what this metric counts. */
  readonly metric?: MetricId | undefined;
}

/** Where a page ends: the position of its last row. */
export interface Position {
  readonly startedAt: string;
  readonly id: string;
}

/** Where a page ends of what is in the order of business days. */
export interface DayPosition extends Position {
  readonly businessDate: string;
}

/** Counting stops here: nobody reads further, and a manager's question may be about ten million rows. */
const COUNT_LIMIT = 100_000;

const facts = sql`
  i.id, i.source, i.external_id as "externalId", i.channel, i.direction, i.agent_id as "agentId", a.full_name as "agentName",
  i.queue, i.topic, i.customer_ref as "customerRef", ${iso('i.started_at')} as "startedAt",
  i.business_date::text as "businessDate", i.precision, i.wait_seconds as "waitSeconds", i.talk_seconds as "talkSeconds",
  i.hold_seconds as "holdSeconds", i.acw_seconds as "acwSeconds", i.outcome, i.resolved, i.first_contact as "firstContact",
  i.rating::float8 as rating, i.rating_original as "ratingOriginal", i.rating_scale as "ratingScale", i.sentiment::float8 as sentiment`;

const columns = sql`${facts},
  i.team_id as "teamId", i.campaign_id as "campaignId", ${iso('i.created_at')} as "createdAt",
  ${iso('i.updated_at')} as "updatedAt", i.version`;

/** The row of a file is in columns: a hundred thousand of them are written sooner than as JSON. */
const origin = sql`case when i.import_row is null then i.provenance else jsonb_build_object('importId', i.import_id, 'sheet', i.import_sheet, 'row', i.import_row) || i.provenance end`;

const beyond = (after: Position): RawBuilder<unknown> => sql`(i.started_at, i.id) < (${after.startedAt}::timestamptz, ${after.id}::uuid)`;

const beyondDay = (after: DayPosition): RawBuilder<unknown> =>
  sql`(i.business_date, i.started_at, i.id) < (${after.businessDate}::date, ${after.startedAt}::timestamptz, ${after.id}::uuid)`;

const from = sql`interactions i left join agents a on a.id = i.agent_id`;

/** Queries on interactions; whose may be read is part of every one of them. */
export class InteractionRepository {
  /** Newest first; of the same instant by id. Instants in {@link Position} have microseconds. */
  list(db: Db, scope: Scope, filters: InteractionFilters, after: Position | undefined, limit: number): Promise<(InteractionRow & { position: string })[]> {
    const where = [inScope(scope), ...conditions(filters)];
    if (after) where.push(beyond(after));
    return db.rows(sql<InteractionRow & { position: string }>`
      select ${columns}, ${importedFrom(origin, scope)} as provenance, i.started_at::text as position from ${from} where ${every(where)}
      order by i.started_at desc, i.id desc limit ${limit}`);
  }

  /**
   * The same with the name of the team, for whoever reads everything there is: the order is always one that an index has, so
   * that no page has to sort what all of them hold. Of one person that is by the business day first, which comes to the same.
   */
  page(db: Db, scope: Scope, { from: first, to: last, ...filters }: InteractionFilters, after: DayPosition | undefined, limit: number): Promise<ExportedInteraction[]> {
    const ofOne = filters.agentId !== undefined || scope.kind === 'self';
    const where = [inScope(scope, takenByMembers), ...conditions(filters, takenByMembers), ...(ofOne ? conditions({ from: first, to: last }) : byInstant(first, last, after))];
    if (after) where.push(ofOne ? beyondDay(after) : beyond(after));
    return db.rows(sql<ExportedInteraction>`
      select ${facts}, i.started_at::text as position, t.name as "teamName" from ${from} left join teams t on t.id = i.team_id where ${every(where)}
      order by ${ofOne ? sql`i.business_date desc, ` : sql``}i.started_at desc, i.id desc limit ${limit}`);
  }

  /** How many there are; null for more than 100,000. */
  async count(db: Db, scope: Scope, filters: InteractionFilters): Promise<number | null> {
    const where = every([inScope(scope), ...conditions(filters)]);
    const row = await db.first(sql<{ n: number }>`
      select count(*)::int as n from (select from ${from} where ${where} limit ${COUNT_LIMIT + 1}) counted`);
    return row && row.n <= COUNT_LIMIT ? row.n : null;
  }

  async byId(db: Db, scope: Scope, id: string): Promise<InteractionRow | undefined> {
    return db.first(sql<InteractionRow>`select ${columns}, ${importedFrom(origin, scope)} as provenance from ${from} where i.id = ${id} and ${inScope(scope)}`);
  }
}

/** Whether somebody took an interaction who is in one of the teams today. */
type TakenBy = (teams: RawBuilder<unknown>) => RawBuilder<unknown>;
const takenByMember: TakenBy = (teams) => sql`a.team_id = ${teams}`;
/** For whoever reads all of them: the members are looked up once, and not the person of each interaction to be passed over. */
const takenByMembers: TakenBy = (teams) => sql`i.agent_id in (select id from agents where team_id = ${teams})`;

/** By the team the person is in today, as with everything else about them; by its own team where nobody took it. */
function inScope(scope: Scope, takenBy = takenByMember): RawBuilder<unknown> {
  switch (scope.kind) {
    case 'all':
      return sql`true`;
    case 'teams': {
      const teams = sql`any(${[...scope.teamIds]}::uuid[])`;
      return sql`(${takenBy(teams)} or i.agent_id = ${scope.selfId} or (i.agent_id is null and i.team_id = ${teams}))`;
    }
    case 'self':
      return sql`i.agent_id = ${scope.agentId}`;
    case 'none':
      return sql`false`;
  }
}

function conditions(filters: InteractionFilters, takenBy = takenByMember): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [];
  if (filters.agentId !== undefined) found.push(sql`i.agent_id = ${filters.agentId}`);
  if (filters.teamId) found.push(sql`i.team_id = ${filters.teamId}`);
  if (filters.membersOf) found.push(sql`(a.team_id = ${filters.membersOf} and a.role = 'cs' and a.is_active)`);
  if (filters.ofTeam) found.push(sql`(${takenBy(sql`${filters.ofTeam}`)} or (i.agent_id is null and i.team_id = ${filters.ofTeam}))`);
  if (filters.from) found.push(sql`i.business_date >= ${filters.from}::date`);
  if (filters.to) found.push(sql`i.business_date <= ${filters.to}::date`);
  if (filters.channel) found.push(sql`i.channel = ${filters.channel}`);
  if (filters.direction) found.push(sql`i.direction = ${filters.direction}`);
  if (filters.outcome) found.push(sql`i.outcome = ${filters.outcome}`);
  // Two texts, so that the index of what is open is used for the one that is asked often.
  if (filters.open !== undefined) found.push(filters.open ? sql`i.outcome = 'open'` : sql`i.outcome <> 'open'`);
  const rows = filters.metric && METRICS[filters.metric].rows;
  if (rows) found.push(sql`(${sql.raw(ROW_CONDITIONS[rows])})`);
  return found;
}

/**
 * Business days for what is read in the order of instants, which begins and ends where such days can lie in any zone. The days
 * themselves are put so that PostgreSQL makes no guess of them: it would multiply it with its guess of the instants, expect next
 * to nothing, and sort the whole period for each page.
 */
function byInstant(from: string | undefined, to: string | undefined, after: Position | undefined): RawBuilder<unknown>[] {
  const found: RawBuilder<unknown>[] = [];
  if (from) found.push(sql`i.started_at >= ${from}::date - 1 and coalesce(i.business_date >= ${from}::date, false)`);
  if (to && !after) found.push(sql`i.started_at < ${to}::date + 2`);
  if (to) found.push(sql`coalesce(i.business_date <= ${to}::date, false)`);
  return found;
}
