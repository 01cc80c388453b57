import { sql, type Db, type RawBuilder } from '../db/db.ts';
import type { Place, SectionPage, Subject } from './record-page.ts';

/** A part of the record: rows about one person, in an order that does not change while they are read. */
export interface Section {
  /** Its key in the record. */
  readonly name: string;
  /** Where it comes from: every table that holds something about a person is in one of these. */
  readonly tables: readonly string[];
  /** `x as "key", …`: what a row says. */
  readonly columns: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown> | ((subject: Subject) => RawBuilder<unknown>);
  readonly about: (subject: Subject) => RawBuilder<unknown>;
  /** What rows are sorted by; together unique. Names of columns in `from`, and their types. */
  readonly order: readonly (readonly [column: string, type: 'uuid' | 'timestamptz' | 'date' | 'text'])[];
}

export const byCreation = (alias: string): Section['order'] => [[`${alias}.created_at`, 'timestamptz'], [`${alias}.id`, 'uuid']];

/** `{id, name}` of a person, or null. */
export const person = (alias: string): RawBuilder<unknown> =>
  sql`case when ${sql.ref(`${alias}.id`)} is not null then json_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.full_name`)}) end`;

/** @param after the place of the last row that was read; undefined for the first page */
export async function readPage(db: Db, section: Section, subject: Subject, after: Place | undefined, limit: number): Promise<SectionPage> {
  const { columns, from, about, order } = section;
  const columnsOfOrder = sql.join(order.map(([column]) => sql.ref(column)));
  const beyond = after ? sql`and (${columnsOfOrder}) > (${sql.join(order.map(([, type], i) => sql`${after[i]}::${sql.raw(type)}`))})` : sql``;
  const found = await db.rows(sql<{ json: string; place: string[] }>`
    select (select row_to_json(r) from (select ${columns}) r)::text as json, array[${sql.join(order.map(([column]) => sql`${sql.ref(column)}::text`))}] as place
    from ${typeof from === 'function' ? from(subject) : from} where ${about(subject)} ${beyond} order by ${columnsOfOrder} limit ${limit}`);
  return { rows: found.map((row) => row.json), next: found.length < limit ? null : (found.at(-1)?.place ?? null) };
}
