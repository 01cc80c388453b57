import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import { provenance } from '../comparing/comparison.repository.ts';
import type { UndoableThings } from '../comparing/rollback.repository.ts';

/** Fields of a row's `data` and the column of a person that holds each; the team is found by its name. */
const fields: Readonly<Record<string, { column: string; type: string }>> = {
  fullName: { column: 'full_name', type: 'text' },
  email: { column: 'email', type: 'text' },
  username: { column: 'username', type: 'text' },
  role: { column: 'role', type: 'text' },
  department: { column: 'department', type: 'text' },
  phone: { column: 'phone', type: 'text' },
  joinedOn: { column: 'joined_on', type: 'date' },
  isActive: { column: 'is_active', type: 'boolean' },
};
const all = Object.entries(fields);

/** A row's data as a record `d`, taken apart once. */
const record = sql.raw(`jsonb_to_record(r.data) as d("agentId" int, team text, ${all.map(([key, { type }]) => `"${key}" ${type}`).join(', ')})`);

const teamNamed = (name: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select t.id from teams t where lower(t.name) = lower(${name}))`;

/** What only managers change about somebody. */
const MANAGED = ['email', 'username', 'role', 'isActive', 'team', 'joinedOn'];

/** Why a person may not be written, in the order in which a reader would want to know. */
function objection(data: RawBuilder<unknown>, teamIds: readonly string[] | null): RawBuilder<unknown> {
  const owner = (key: string, column: string): RawBuilder<unknown> =>
    sql`(select o.full_name from agents o where lower(o.${sql.ref(column)}) = lower(${data} ->> ${key}) and o.id::text is distinct from s.id limit 1)`;
  const team = teamNamed(sql`${data} ->> 'team'`);
  const managed = sql.join(MANAGED.map((key) => sql`(${data} ? ${key} and lower(${data} ->> ${key}) is distinct from lower(s.values ->> ${key}))`), sql` or `);
  const ofLeaders = teamIds === null ? sql`` : sql`
    when s.id is null and (${team} = any(${[...teamIds]}::uuid[])) is not true then 'Leaders add people to teams they lead.'
    when s.id is null and coalesce(${data} ->> 'role', 'cs') <> 'cs' then 'Leaders add agents alone.'
    when s.id is not null and (${managed}) then 'Leaders change name, department and telephone of their people, nothing else.'`;
  return sql`case
    when s.values ->> 'role' in ('admin', 'manager') then 'Managers and administrators are looked after by hand.'
    when s.id is null and not ${data} ? 'fullName' then 'Somebody new needs a name.'
    when ${data} ->> 'team' is not null and ${team} is null then 'There is no team called “' || (${data} ->> 'team') || '”.'${ofLeaders}
    when ${owner('email', 'email')} is not null then 'This e-mail address is that of ' || ${owner('email', 'email')} || '.'
    when ${owner('username', 'username')} is not null then 'This user name is that of ' || ${owner('username', 'username')} || '.'
  end`;
}

/** The person `i` a row is about. */
export const storedPeople: UndoableThings = {
  table: 'agents',
  idType: 'integer',
  restored: [...all.map(([, { column }]) => column), 'team_id', 'import_id', 'provenance'],
  find: ({ agentId }) => sql`
    left join lateral (
      select i.id::text as id, i.team_id, ${sql.raw(`jsonb_build_object(${all.map(([key, { column }]) => `'${key}', i.${column}`).join(', ')}, 'team', t.name)`)} as values
      from agents i left join teams t on t.id = i.team_id where i.id = ${agentId} limit 1
    ) s on true`,
  locate: ({ targetId }) => sql`select i.id from agents i where i.id = ${targetId}::integer`,
  objection: ({ data }, { teamIds }) => objection(data, teamIds),
  comparesNew: true,
  sameness: 'are about the same person',
  knownBy: ['email', 'username', 'fullName'],
  blamed: ({ data }) => ({ team: sql`${teamNamed(sql`${data} ->> 'team'`)} is null and coalesce(s.values ->> 'role', '') not in ('admin', 'manager') and (s.id is not null or ${data} ? 'fullName')` }),
  objectionCode: 'not_importable',
  canonical: (data) => sql`(${data} || coalesce((select jsonb_build_object('team', t.name) from teams t where lower(t.name) = lower(${data} ->> 'team')), '{}'))`,
  unique: ['email', 'username'],
  aside: ['agentId'],
};

/** Somebody a roster adds, and the row they stand in. */
export interface NewPerson {
  readonly ordinal: number;
  readonly fullName: string;
  readonly email: string | null;
  readonly username: string | null;
  readonly role: 'cs' | 'team_leader' | 'viewer';
  readonly department: string | null;
  readonly phone: string | null;
  readonly isActive: boolean;
  readonly teamId: string | null;
  /** `YYYY-MM-DD`; null where the roster does not say. */
  readonly joinedOn: string | null;
}

/** What a roster changes about somebody. */
export interface ChangedPerson {
  readonly id: number;
  /** Field → new value, of those that differ. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly teamId: string | null;
}

/** Writes people as a preview has them. */
export class AgentImportRepository {
  newPeople(db: Db, importId: string): Promise<NewPerson[]> {
    return db.rows(sql<NewPerson>`
      select r.ordinal, d."fullName", d.email, d.username, coalesce(d.role, 'cs') as role, d.department, d.phone, d."joinedOn"::text as "joinedOn",
        coalesce(d."isActive", true) as "isActive", ${teamNamed(sql`d.team`)} as "teamId"
      from import_rows r cross join ${record} where r.import_id = ${importId} and r.action = 'new' order by r.ordinal`);
  }

  changedPeople(db: Db, importId: string): Promise<ChangedPerson[]> {
    return db.rows(sql<ChangedPerson>`
      select r.target_id::int as id, (select jsonb_object_agg(c.key, c.value -> 'new') from jsonb_each(r.changes) c) as changes, ${teamNamed(sql`r.data ->> 'team'`)} as "teamId"
      from import_rows r where r.import_id = ${importId} and r.action = 'changed' order by 1`);
  }

  /** Says of rows, by ordinal, which person is there by now. */
  async meet(db: Db, importId: string, people: ReadonlyMap<number, number>): Promise<void> {
    if (people.size === 0) return;
    await db.run(sql`
      update import_rows r set data = r.data || jsonb_build_object('agentId', p.id) from unnest(${[...people.keys()]}::int[], ${[...people.values()]}::int[]) as p(ordinal, id)
      where r.import_id = ${importId} and r.ordinal = p.ordinal`);
  }

  /** Notes on people which row wrote them last, and since when they are there where the file says so. */
  async settle(db: Db, importId: string, added: ReadonlyMap<number, number>): Promise<void> {
    await db.run(sql`
      update import_rows r set target_id = a.id::text from (select * from unnest(${[...added.keys()]}::int[], ${[...added.values()]}::int[]) as a(ordinal, id)) a
      where r.import_id = ${importId} and r.ordinal = a.ordinal`);
    await db.run(sql`
      update agents i set import_id = r.import_id, provenance = ${provenance}, joined_on = coalesce((r.data ->> 'joinedOn')::date, i.joined_on)
      from import_rows r where r.import_id = ${importId} and r.action in ('new', 'changed') and i.id = r.target_id::integer`);
  }

  async analyze(db: Db): Promise<void> {
    await db.run(sql`analyze agents`);
  }
}
