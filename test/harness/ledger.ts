import { expect } from 'chai';
import { sql } from '../../api/db/db.ts';
import type { TestApp } from './app.ts';

/** An interval of the record, with milliseconds. */
export interface LedgerRow {
  readonly status: string;
  readonly source: string;
  readonly reason: string | null;
  readonly from: number;
  readonly to: number | null;
}

const QUERY = (agentId: number) => sql<LedgerRow>`select status, source, reason, (extract(epoch from started_at) * 1000)::float8 as "from", (extract(epoch from ended_at) * 1000)::float8 as "to"
  from presence_intervals where agent_id = ${agentId} and superseded_at is null order by started_at, ended_at nulls last`;

/** The record of a person that counts, oldest first. */
export const ledgerOf = (app: Pick<TestApp, 'query'>, agentId: number): Promise<LedgerRow[]> => app.query(QUERY(agentId));

/** No overlap, no hole, one open end; together exactly the time from its beginning to `now`. */
export function expectWhole(rows: readonly LedgerRow[], now: number): void {
  rows.slice(1).forEach((row, n) => expect(row.from, `where interval ${n} ends`).to.equal(rows[n]?.to));
  for (const row of rows) expect(row.to ?? Infinity, 'the end of an interval').to.be.at.least(row.from);
  expect(rows.filter((row) => row.to === null), 'open intervals').to.have.length(1);
  expect(rows.at(-1)?.to, 'the last interval').to.equal(null);
  const first = rows[0]?.from ?? now;
  expect(rows.reduce((sum, row) => sum + (row.to ?? now) - row.from, 0), 'the sum of all intervals').to.equal(now - first);
}
