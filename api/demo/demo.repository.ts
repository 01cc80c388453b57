import { sql, type Db } from '../db/db.ts';
import type { PlannedAction, PlannedNote } from './coaching-plan.ts';
import type { PlannedContact } from './history.ts';
import { insertRows, instants, type Column } from './insert-rows.sql.ts';
import type { LedgerInterval } from './presence-plan.ts';
import type { StoryAbsence } from './story/coaching.ts';
import type { StoryTeam, TeamKey } from './story/teams.ts';

/** What an installation remembers of its demo. */
export interface DemoState {
  /** The story's first day. */
  readonly anchor: string;
  /** Until when everything has been told. ISO instant. */
  readonly coveredUntil: string;
  /** Which of their possible lives people lead, by user name. */
  readonly takes: Readonly<Record<string, number>>;
  readonly teams: Readonly<Record<TeamKey, string>>;
  /** Hash of the sign-ins' password, to know the accounts that still have it. */
  readonly passwordHash: string;
}

/** Who and what the story's names stand for. */
export interface DemoIds {
  readonly people: ReadonlyMap<string, number>;
  readonly teams: ReadonlyMap<TeamKey, string>;
  /** The teams people are in by now, where that is another one than in the story. */
  readonly moved?: ReadonlyMap<string, string | null>;
}

export interface NewPerson {
  readonly username: string;
  readonly fullName: string;
  readonly role: string;
  readonly department: string;
  readonly team: TeamKey | null;
  readonly phone: string | null;
  readonly joinedOn: string;
  readonly isActive: boolean;
  readonly passwordHash: string;
}

/** Where a person of the demo stands at present. */
export interface PersonNow {
  readonly id: number;
  readonly username: string;
  readonly teamId: string | null;
  readonly status: string;
  readonly reason: string | null;
  /** Milliseconds. */
  readonly since: number;
}

export interface PersonLedger {
  readonly agentId: number;
  /** When what is open at present ends, in milliseconds; null: it goes on, or nothing is open. */
  readonly openEndsAt: number | null;
  readonly intervals: readonly (LedgerInterval & { readonly id: string })[];
}

const STATE = 'demo';
const SOURCE = 'demo';
/** Of reserved example domains, nothing is ever delivered. */
const MAIL_DOMAIN = 'larkfield.example';

/** Writes the demo's rows in sets. Whole tables are filled here, whichever room they belong to: it is a seed. */
export class DemoRepository {
  /** From now until the transaction ends nobody else loads or tops up. */
  async lock(db: Db): Promise<void> {
    await db.run(sql`select pg_advisory_xact_lock(hashtextextended('sideline demo', 1))`);
  }

  async isEmpty(db: Db): Promise<boolean> {
    return (await db.first(sql`select 1 from agents union all select 1 from teams limit 1`)) === undefined;
  }

  async state(db: Db): Promise<DemoState | undefined> {
    return (await db.first(sql<{ value: DemoState }>`select value from installation where name = ${STATE}`))?.value;
  }

  async saveState(db: Db, state: DemoState, now: Date): Promise<void> {
    await db.run(sql`insert into installation (name, value, updated_at) values (${STATE}, ${JSON.stringify(state)}::jsonb, ${now})
      on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at`);
  }

  /** Everything until now has been told or has happened. */
  async cover(db: Db, now: Date): Promise<void> {
    await db.run(sql`update installation set value = jsonb_set(value, '{coveredUntil}', to_jsonb(${now.toISOString()}::text)), updated_at = ${now} where name = ${STATE}`);
  }

  async insertTeams(db: Db, teams: readonly (StoryTeam & { id: string })[], since: Date): Promise<void> {
    await insertRows(db, 'teams', TEAM_COLUMNS, teams.map((team) => [team.id, team.name, team.department, since, since]));
    const settings = teams.map((team) => [team.id, 1, JSON.stringify(team.settings), since]);
    const columns = (at: string): Column[] => [['team_id', 'uuid'], ['version', 'int'], ['settings', 'jsonb'], [at, 'timestamptz']];
    await insertRows(db, 'team_settings', columns('updated_at'), settings);
    await insertRows(db, 'team_settings_history', columns('changed_at'), settings);
  }

  /** @returns ids by user name, given in the order of the list */
  async insertPeople(db: Db, people: readonly NewPerson[], teams: DemoIds['teams'], now: Date): Promise<Map<string, number>> {
    const rows = people.map((person) => [
      person.username, `${person.username.replaceAll('_', '.')}@${MAIL_DOMAIN}`, person.passwordHash, person.role, person.isActive, person.fullName,
      person.phone, person.department, person.team && teams.get(person.team), person.joinedOn, person.joinedOn, person.joinedOn, now,
    ]);
    await insertRows(db, 'agents', PERSON_COLUMNS, rows);
    return this.peopleIds(db, people.map((person) => person.username));
  }

  async peopleIds(db: Db, usernames: readonly string[]): Promise<Map<string, number>> {
    const rows = await db.rows(sql<{ id: number; username: string }>`select id, username from agents where username = any(${[...usernames]}::text[]) order by id`);
    return new Map(rows.map((row) => [row.username, row.id]));
  }

  async insertLeaders(db: Db, leaders: readonly { teamId: string; agentId: number }[]): Promise<void> {
    await insertRows(db, 'team_leaders', [['team_id', 'uuid'], ['agent_id', 'int']], leaders.map(({ teamId, agentId }) => [teamId, agentId]));
  }

  /** Contacts that are there already stay as they are. */
  async insertContacts(db: Db, contacts: readonly PlannedContact[], { people, teams, moved }: DemoIds, timezone: string): Promise<number> {
    const rows = contacts.map((contact) => [
      contact.id, SOURCE, contact.externalId, contact.kind.channel, contact.kind.outbound ? 'outbound' : 'inbound',
      contact.username && people.get(contact.username), moved?.get(contact.username ?? '') ?? teams.get(contact.team), contact.queue, contact.topic, contact.customerRef,
      contact.startedAt, contact.waitSeconds, contact.talkSeconds, contact.holdSeconds, contact.acwSeconds, contact.outcome,
      contact.resolved, contact.firstContact, contact.rating, contact.sentiment, contact.endedAt,
    ]);
    return insertRows(db, 'interactions', CONTACT_COLUMNS, rows, {
      more: {
        started_at: sql`to_timestamp(v.started / 1000)`,
        business_date: sql`(to_timestamp(v.started / 1000) at time zone ${timezone})::date`,
        rating_original: sql`v.rating::text`,
        rating_scale: sql`case when v.rating is not null then '1-5' end`,
        provenance: sql`'{"demo": true}'::jsonb`,
        created_at: sql`to_timestamp(v.ended / 1000)`,
        updated_at: sql`to_timestamp(v.ended / 1000)`,
      },
      tail: sql`on conflict (source, external_id) do nothing`,
    });
  }

  /** Ends what is open and writes what follows; current status, last sign of life and last sign-in move along. */
  async insertLedgers(db: Db, ledgers: readonly PersonLedger[], now: Date): Promise<void> {
    const ids = ledgers.map(({ agentId }) => agentId);
    await db.run(sql`
      update presence_intervals p set ended_at = to_timestamp(v.at / 1000), last_heartbeat_at = to_timestamp(v.at / 1000)
      from unnest(${ids}::int[], ${ledgers.map(({ openEndsAt }) => openEndsAt)}::float8[]) as v(agent_id, at)
      where p.agent_id = v.agent_id and p.ended_at is null and v.at is not null`);
    const rows = ledgers.flatMap(({ agentId, intervals }) =>
      intervals.map((interval) => [interval.id, agentId, interval.status, interval.reason, interval.from, interval.to]));
    await insertRows(db, 'presence_intervals', LEDGER_COLUMNS, rows, {
      more: {
        // What is over is history from elsewhere, of which the ledger checks nothing: half a hundred thousand rows.
        source: sql`case when v.ended is null then 'host' else 'import' end`,
        started_at: sql`to_timestamp(v.started / 1000)`,
        ended_at: sql`to_timestamp(v.ended / 1000)`,
        last_heartbeat_at: sql`coalesce(to_timestamp(v.ended / 1000), ${now})`,
        created_at: sql`to_timestamp(v.started / 1000)`,
      },
    });
    await db.run(sql`
      update agents a set online_status = p.status, status_reason = p.reason, status_since = p.started_at,
        last_seen = case when p.status = 'offline' then p.started_at else ${now} end,
        last_login_at = coalesce((select max(e.ended_at) from presence_intervals e where e.agent_id = a.id and e.status = 'offline'), a.last_login_at)
      from presence_intervals p where p.agent_id = a.id and p.ended_at is null and a.id = any(${ids}::int[])`);
  }

  async insertNotes(db: Db, notes: readonly PlannedNote[], { people }: DemoIds): Promise<void> {
    const rows = notes.map(({ id, note, author, createdAt, interactionId, addressedIn }) => {
      const addressedAt = addressedIn?.completedAt ?? null;
      return [
        id, people.get(note.about), people.get(author), note.type, note.priority, note.category, note.text, note.isPrivate ?? false, interactionId,
        addressedIn && people.get(author), addressedIn?.id ?? null, addressedAt, createdAt, addressedAt ?? createdAt,
      ];
    });
    await insertRows(db, 'quick_notes', NOTE_COLUMNS, rows, { more: instants('addressed_at', 'created_at', 'updated_at') });
  }

  async insertActions(db: Db, actions: readonly PlannedAction[], { people }: DemoIds): Promise<void> {
    const rows = actions.map(({ id, action, session, dueDate, completedAt }) => {
      const status = completedAt !== null ? 'done' : action.begun ? 'in_progress' : 'open';
      return [
        id, people.get(action.for), people.get(action.for), session.id, action.title, action.description, dueDate, action.priority, action.category,
        status, action.metric ?? null, people.get(session.leader), completedAt, session.completedAt, completedAt ?? session.completedAt,
      ];
    });
    await insertRows(db, 'action_items', ACTION_COLUMNS, rows, { more: instants('completed_at', 'created_at', 'updated_at') });
  }

  async insertAbsences(db: Db, absences: readonly (StoryAbsence & { id: string; startsOn: string; endsOn: string })[], { people }: DemoIds, since: Date): Promise<void> {
    const columns = [['id', 'uuid'], ['agent_id', 'int'], ['kind', 'text'], ['starts_on', 'date'], ['ends_on', 'date'], ['comment', 'text'], ['created_at', 'timestamptz'], ['updated_at', 'timestamptz']] as const;
    await insertRows(db, 'absences', columns, absences.map((absence) => [absence.id, people.get(absence.who), absence.kind, absence.startsOn, absence.endsOn, absence.comment ?? null, since, since]));
  }

  /** Nothing is known yet about tables filled in the same transaction; without it they would be read row by row. */
  async analyze(db: Db): Promise<void> {
    await db.run(sql`analyze agents, interactions (agent_id, team_id, business_date, started_at, outcome), presence_intervals (agent_id, started_at, ended_at)`);
  }

  async leave(db: Db, ids: readonly number[], from: string): Promise<{ agentId: number; startsOn: string; endsOn: string }[]> {
    return db.rows(sql`select agent_id as "agentId", starts_on::text as "startsOn", ends_on::text as "endsOn" from absences
      where agent_id = any(${[...ids]}::int[]) and ends_on >= ${from}`);
  }

  /** The people of the demo who are still there, locked until the transaction ends. */
  peopleNow(db: Db, usernames: readonly string[]): Promise<PersonNow[]> {
    return db.rows(sql<PersonNow>`select id, username, team_id as "teamId", online_status as status, status_reason as reason, extract(epoch from status_since)::float8 * 1000 as since
      from agents where username = any(${[...usernames]}::text[]) and is_active order by id for no key update`);
  }

  /** Gives the accounts that have one password hash another one, and answers whose they were. */
  async exchangePassword(db: Db, usernames: readonly string[], from: string, to: string): Promise<number[]> {
    const rows = await db.rows(sql<{ id: number }>`update agents set password_hash = ${to}
      where username = any(${[...usernames]}::text[]) and password_hash = ${from} returning id`);
    return rows.map((row) => row.id);
  }

  async havingPassword(db: Db, hash: string): Promise<string[]> {
    const rows = await db.rows(sql<{ username: string }>`select username from agents where password_hash = ${hash} order by id`);
    return rows.map((row) => row.username);
  }
}

const TEAM_COLUMNS: readonly Column[] = [['id', 'uuid'], ['name', 'text'], ['department', 'text'], ['created_at', 'timestamptz'], ['updated_at', 'timestamptz']];
const PERSON_COLUMNS: readonly Column[] = [
  ['username', 'text'], ['email', 'text'], ['password_hash', 'text'], ['role', 'text'], ['is_active', 'boolean'], ['full_name', 'text'], ['phone', 'text'],
  ['department', 'text'], ['team_id', 'uuid'], ['joined_on', 'date'], ['created_at', 'timestamptz'], ['updated_at', 'timestamptz'], ['status_since', 'timestamptz'],
];
const CONTACT_COLUMNS: readonly Column[] = [
  ['id', 'uuid'], ['source', 'text'], ['external_id', 'text'], ['channel', 'text'], ['direction', 'text'], ['agent_id', 'int'], ['team_id', 'uuid'],
  ['queue', 'text'], ['topic', 'text'], ['customer_ref', 'text'], ['*started', 'float8'], ['wait_seconds', 'int'], ['talk_seconds', 'int'],
  ['hold_seconds', 'int'], ['acw_seconds', 'int'], ['outcome', 'text'], ['resolved', 'boolean'], ['first_contact', 'boolean'], ['rating', 'numeric'],
  ['sentiment', 'numeric'], ['*ended', 'float8'],
];
const LEDGER_COLUMNS: readonly Column[] = [['id', 'uuid'], ['agent_id', 'int'], ['status', 'text'], ['reason', 'text'], ['*started', 'float8'], ['*ended', 'float8']];
const NOTE_COLUMNS: readonly Column[] = [
  ['id', 'uuid'], ['agent_id', 'int'], ['author_id', 'int'], ['note_type', 'text'], ['priority', 'text'], ['category', 'text'], ['content', 'text'],
  ['is_private', 'boolean'], ['interaction_id', 'uuid'], ['addressed_by', 'int'], ['addressed_in_session', 'uuid'],
  ['*addressed_at', 'float8'], ['*created_at', 'float8'], ['*updated_at', 'float8'],
];
const ACTION_COLUMNS: readonly Column[] = [
  ['id', 'uuid'], ['agent_id', 'int'], ['assigned_to', 'int'], ['session_id', 'uuid'], ['title', 'text'], ['description', 'text'], ['due_date', 'date'],
  ['priority', 'text'], ['category', 'text'], ['status', 'text'], ['target_metric', 'text'], ['created_by', 'int'],
  ['*completed_at', 'float8'], ['*created_at', 'float8'], ['*updated_at', 'float8'],
];
