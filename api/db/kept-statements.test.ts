import { expect } from 'chai';
import { createDatabaseFromTemplate, type TestDatabase } from '../../test/harness/postgres.ts';
import { KeepingClient } from './kept-statements.ts';

describe('kept statements', () => {
  let database: TestDatabase;
  let client: KeepingClient;

  /** What the query builder sends: a text and its values. */
  const ask = (text: string, values: unknown[] = []): Promise<{ rows: Record<string, unknown>[] }> => client.query(text, values);
  const keptNow = async (): Promise<number> => (await ask('select 1 from pg_prepared_statements')).rows.length;

  before(async () => {
    database = await createDatabaseFromTemplate('kept statements');
  });
  after(() => database.drop());
  beforeEach(async () => {
    client = new KeepingClient({ connectionString: database.url });
    await client.connect();
  });
  afterEach(() => client.end());

  it('keeps a marked text once, whatever its values, and no other', async () => {
    for (const n of [1, 2, 3]) {
      expect((await ask('/* kept */ select $1::int as n', [n])).rows).to.deep.equal([{ n }]);
      await ask('select $1::int + 1 as n', [n]);
    }
    expect(await keptNow()).to.equal(1);
  });

  it('keeps no more than a hundred, and answers the others all the same', async () => {
    for (let n = 0; n < 110; n++) expect((await ask(`/* kept */ select $1::int + ${n} as n`, [1])).rows).to.deep.equal([{ n: n + 1 }]);
    expect(await keptNow()).to.equal(100);
  });

  it('answers after a migration has changed what a kept statement reads', async () => {
    await ask('create temp table growing (n int)');
    await ask('insert into growing values (1)');
    expect((await ask('/* kept */ select * from growing')).rows).to.deep.equal([{ n: 1 }]);
    await ask(`alter table growing add column t text default 'new'`);
    for (let time = 0; time < 2; time++) expect((await ask('/* kept */ select * from growing')).rows).to.deep.equal([{ n: 1, t: 'new' }]);
  });

  it('lets errors through', async () => {
    const refusal = await ask('/* kept */ select 1 / $1::int', [0]).catch((error: unknown) => error);
    expect(refusal).to.have.property('code', '22012');
  });
});
