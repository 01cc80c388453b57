import { sql, type Db, type RawBuilder } from '../../../db/db.ts';
import { columnLetters } from '../../parsing/row-source.ts';
import type { ApplyRequest, Staged } from '../import-kind.ts';
import type { RowTerms, StoredThings, Surroundings } from './stored-things.ts';

/** What was understood of a row that is refused all the same, to be shown as the texts of others are. */
const understood = sql`(
  select jsonb_agg(v.value) from jsonb_each_text(r.data) v where v.value is not null and v.key <> all('{agentId,agentKey,precision,byId,ratingOriginal,ratingScale}'::text[]))`;

/** Old and new value of every key of `wanted` in which the stored row differs. */
const differences = sql`(
  select jsonb_object_agg(d.key, jsonb_build_object('old', old -> d.key, 'new', d.value))
  from jsonb_each(wanted) d where old -> d.key is distinct from d.value)`;

/**
 * Compares the rows of a file with what is stored, in sets over both: that is why it is with the imports and not
 * behind a call per row. Which table that is, the kind says.
 */
export class ComparisonRepository {
  readonly #stored: StoredThings;

  constructor(stored: StoredThings) {
    this.#stored = stored;
  }

  /**
   * Corrects the preview of rows that were just read, which are in it as new or, where they could not be read, as rejected.
   * Rows that share an id are looked at first: identical ones count once, conflicting ones are all rejected, and so is a
   * good row whose double could not be read. Of what is refused here, `raw` is `{understood: texts}` until somebody shows how it stands
   * in the file.
   */
  async classify(db: Db, { importId, source, columns, teamIds }: Staged): Promise<void> {
    await this.#tellEqualRowsApart(db, importId);
    const row = { rowNumber: sql`g.row_number`, externalId: sql`g.ext`, data: sql`g.data`, agentId: sql`(g.data ->> 'agentId')::int`, targetId: sql`null` };
    const where = { source, columns, teamIds, importId };
    const at = this.#place(row, where);
    await db.run(sql`
      with read as (select ctid as place, ordinal, row_number, data, errors, external_id as ext from import_rows where import_id = ${importId}),
      -- Most ids stand in one row: what only rows with the same one need is worked out for those alone.
      repeated as materialized (select ext from read group by ext having count(*) > 1),
      agreed as (
        select place, ordinal, row_number, data, errors, ext, ordinal as first, null as conflict from read where ext not in (select ext from repeated)
        union all
        select place, ordinal, row_number, data, errors, ext, first, case when bool_or(differs) over same then left(string_agg(row_number::text, ', ') over same, 200) end
        from (
          select *, first_value(ordinal) over same as first, data is null or (data - 'agent') is distinct from (first_value(data) over same - 'agent') as differs
          from read where ext in (select ext from repeated)
          window same as (partition by ext order by ordinal rows between unbounded preceding and unbounded following)
        ) members
        window same as (partition by ext order by ordinal rows between unbounded preceding and unbounded following)
      ),
      judged as (
        select g.*, s.id as target_id, ${this.#version} as target_version, s.values as old, case when s.id is not null then ${this.#comparable(sql`g.data`)} end as wanted,
          case
            when conflict is not null then ${fault(at, 'conflicting_rows', sql`'Rows ' || conflict || ${` ${this.#stored.sameness ?? 'have the same id'} and say different things.`}`)}
            when shared is not null then ${fault(at, 'conflicting_rows', sql`'Several rows have the same ' || shared || '.'`)}
            else ${this.#refusal(row, where)}
          end as faults
        from (select *, ${this.#shared()} as shared from agreed) g ${this.#stored.find(row, where)}
        where g.errors is null
      ),
      decided as materialized (
        select place, faults, target_id, target_version,
          case when faults is not null then 'rejected' when first < ordinal or old @> wanted then 'unchanged' when target_id is null then 'new' else 'changed' end as action,
          case when faults is null and first = ordinal and not old @> wanted then ${differences} end as changes,
          case when faults is null and first < ordinal then first end as duplicate_of
        from judged where faults is not null or first < ordinal or target_id is not null
      )
      -- Joined by ctid: the planner knows nothing of these rows yet, and this join is cheap either way.
      update import_rows r set action = d.action, changes = d.changes, errors = d.faults, duplicate_of = d.duplicate_of,
        data = case when d.faults is null then r.data end, raw = case when d.faults is null then r.raw else jsonb_build_object('understood', ${understood}) end, target_id = case when d.faults is null then d.target_id end, target_version = d.target_version
      from decided d where r.ctid = d.place and r.import_id = ${importId}`);
  }

  /** Rows without an id go by a hash of what they say, and equal ones by their order. */
  async #tellEqualRowsApart(db: Db, importId: string): Promise<void> {
    await db.run(sql`
      update import_rows r set external_id = left(r.external_id, -1) || n.number
      from (
        select ctid as place, row_number() over (partition by external_id order by ordinal) as number from import_rows where import_id = ${importId} and hashed
      ) n
      where r.ctid = n.place and r.import_id = ${importId} and n.number > 1`);
  }

  /**
   * Compares once more, inside the commit: the stored rows may have changed since the preview, and missing people
   * exist by now. What is going to be changed is locked first.
   * @returns how many rows would overwrite values that the preview did not show, or may not be written any more
   */
  async reclassify(db: Db, { importId, source, columns, people, teamIds }: ApplyRequest): Promise<number> {
    const row = { rowNumber: sql`r.row_number`, externalId: sql`r.external_id`, data: sql`r.data`, agentId: sql`(r.data ->> 'agentId')::int`, targetId: sql`r.target_id` };
    const known = { ...row, agentId: sql`coalesce((r.data ->> 'agentId')::int, p.id)` };
    const where = { source, columns, teamIds, importId };
    // What becomes or stays something else is either not written or not what was agreed to: only what is changed is held.
    await db.run(sql`
      select count(*) from import_rows r cross join lateral (${this.#stored.locate(row, where)} for update) locked
      where r.import_id = ${importId} and r.action = 'changed'`);
    // Whom a leader's rows are about may be in another team by now.
    if (people.size === 0 && teamIds === null && !this.#stored.comparesNew && (await this.#isAsItWas(db, row, where))) return 0;
    // Joined by ctid: right after staging the planner knows nothing of these rows, and this join is cheap either way.
    const outcome = await db.first(sql<{ overtaken: number }>`
      with people as (${peopleTable(people)}),
      judged as (
        select r.ctid as place, s.id as target_id, ${this.#version} as target_version, s.values as old, ${this.#refusal(known, where)} as refusal,
          case when s.id is not null then ${this.#comparable(sql`r.data`)} || case when p.id is not null then jsonb_build_object('agentId', p.id) else '{}' end end as wanted
        from import_rows r left join people p on p.key = r.data ->> 'agentKey' ${this.#stored.find(known, where)}
        where r.import_id = ${importId} and r.action <> 'rejected' and r.duplicate_of is null
      ),
      decided as materialized (
        select place, target_id, target_version,
          case when refusal is not null then 'rejected' when target_id is null then 'new' when old @> wanted then 'unchanged' else 'changed' end as action,
          case when refusal is null and not old @> wanted then ${differences} end as changes, refusal as errors
        from judged
      ),
      updated as (
        update import_rows r set action = d.action, changes = d.changes, errors = d.errors, target_id = d.target_id, target_version = d.target_version,
          data = case when d.errors is null then r.data end, raw = case when d.errors is null then r.raw else ${understood} end
        from decided d
        where r.import_id = ${importId} and r.ctid = d.place and (r.action, r.changes, r.target_id, r.target_version) is distinct from (d.action, d.changes, d.target_id, d.target_version)
        returning new.action, old.action <> new.action and new.action = 'rejected' as refused, (old.action, ${overwritten(sql`old.changes`)}) is distinct from (new.action, ${overwritten(sql`new.changes`)}) as differs
      )
      select count(*)::int as overtaken from updated where action = 'changed' and differs or refused`);
    return outcome?.overtaken ?? 0;
  }

  /** Whether for every row there is what was compared with it, in the same version, or still nothing. */
  async #isAsItWas(db: Db, row: RowTerms, where: Surroundings): Promise<boolean> {
    const same = this.#stored.versioned ? sql`(found.id::text, found.version) is not distinct from (r.target_id, r.target_version)` : sql`found.id is null and r.target_id is null`;
    const other = await db.first(sql`
      select 1 from import_rows r left join lateral (${this.#stored.locate(row, where)}) found on true
      where r.import_id = ${where.importId} and r.action <> 'rejected' and not (${same}) limit 1`);
    return other === undefined;
  }

  get #version(): RawBuilder<unknown> {
    return this.#stored.versioned ? sql`s.version` : sql`null::integer`;
  }

  /** The objection of a row as its errors; null where there is none. */
  #refusal(row: RowTerms, where: Surroundings): RawBuilder<unknown> {
    const { objectionCode } = this.#stored;
    const reason = this.#stored.objection(row, where);
    const at = this.#place(row, where);
    const led = where.teamIds === null ? sql`` : sql`when (select (o.team_id = any(${[...where.teamIds]}::uuid[])) is not true from agents o where o.id = ${row.agentId}) then ${fault(at, 'outside_teams', sql`'The person is in no team you lead.'`)}`;
    const blamed = this.#place(row, where, this.#stored.blamed?.(row));
    return sql`case ${led} when ${reason} is not null then ${fault(blamed, typeof objectionCode === 'string' ? objectionCode : objectionCode(row), reason)} end`;
  }

  /** The cell a row is known by, as the beginning of a fault; before it one that is to blame. */
  #place({ rowNumber, externalId, data }: RowTerms, { columns }: Surroundings, blamed: Readonly<Record<string, RawBuilder<unknown>>> = {}): RawBuilder<unknown> {
    const cells = [...Object.keys(blamed), ...(this.#stored.knownBy ?? ['agent'])].flatMap((field) => {
      const column = columns[field] ?? (field === 'fullName' ? columns['lastName'] : null);
      if (typeof column !== 'number') return [];
      const value = field === 'externalId' ? externalId : sql`(${data} ->> ${field})`;
      return [sql`when ${value} is not null and ${blamed[field] ?? sql`true`} then jsonb_build_object('field', ${field}::text, 'cell', ${columnLetters(column)} || ${rowNumber}, 'value', left(${value}, 200))`];
    });
    const nowhere = sql`jsonb_build_object('field', 'externalId', 'cell', null, 'value', null)`;
    return sql`case when s.id is null and ${data} ? 'notIfNew' then (${data} -> 'notIfNew') - '{code,message}'::text[] ${sql.join(cells, sql` `)} else ${nowhere} end`;
  }

  /** The first key whose value another row of the file has too. */
  #shared(): RawBuilder<unknown> {
    const cases = (this.#stored.unique ?? []).map((key) => {
      const same = sql`(partition by lower(data ->> ${key}))`;
      return sql`when data ->> ${key} is not null and min(ext collate "C") over ${same} <> max(ext collate "C") over ${same} then ${key}::text`;
    });
    return cases.length === 0 ? sql`null::text` : sql`case ${sql.join(cases, sql` `)} end`;
  }

  /** A row's data without what stands for the person's name; a person that is missing differs from anybody. */
  #comparable(data: RawBuilder<unknown>): RawBuilder<unknown> {
    const aside = ['agent', 'agentKey', 'author', ...(this.#stored.aside ?? [])];
    const plain = this.#stored.canonical?.(data) ?? data;
    const compared = sql`(${plain} - ${aside}::text[])`;
    return sql`case when ${data} ? 'agentKey' then ${compared} || jsonb_build_object('agentId', ${data} -> 'agent') else ${compared} end`;
  }
}

/** Where a stored row says it comes from. */
export const provenance = sql`jsonb_build_object('importId', r.import_id, 'sheet', r.sheet, 'row', r.row_number)`;

/** One row `ids` that the ids of all new rows begin with. To be kept (`materialized`), so that there is one. */
export const idsTable = sql`select left(uuidv7()::text, 24) as beginning`;

/**
 * Id of what a row becomes: a UUIDv7 whose last 48 bits count (RFC 9562, 6.2) instead of being drawn anew for every row, which
 * takes three times as long. `ids` is {@link idsTable}.
 */
export const newRowId = sql`(ids.beginning || lpad(to_hex(r.ordinal), 12, '0'))::uuid`;

/** Folded name and id of people, as a table `people(key, id)`. */
export function peopleTable(people: ReadonlyMap<string, number>): RawBuilder<unknown> {
  return sql`select * from unnest(${[...people.keys()]}::text[], ${[...people.values()]}::int[]) as people(key, id)`;
}

/** What a change replaces, by field. */
const overwritten = (changes: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select jsonb_object_agg(c.key, c.value -> 'old') from jsonb_each(${changes}) c)`;

function fault(at: RawBuilder<unknown>, code: string | RawBuilder<unknown>, message: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_build_array(${at} || jsonb_build_object('code', (${code})::text, 'message', ${message}))`;
}
