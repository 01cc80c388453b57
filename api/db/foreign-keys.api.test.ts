import { expect } from 'chai';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { sql } from './db.ts';

describe('Foreign keys', () => {
  let app: TestApp;

  before(async () => {
    app = await startTestApp('foreign_keys');
  });
  after(() => app.close());

  // Deleting a row looks for what refers to it: without an index through the whole table, once for every deleted row.
  it('of what is deleted in masses are found by an index', async () => {
    const bare = await app.query(sql<{ key: string }>`
      select c.conrelid::regclass || '.' || a.attname as key
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.confrelid = any(array['interactions', 'quick_notes', 'action_items', 'imports', 'presence_intervals', 'agent_performance_metrics', 'agent_activities', 'notifications']::regclass[])
        and not exists (select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])
      order by 1`);
    expect(bare.map(({ key }) => key)).to.deep.equal([]);
  });
});
