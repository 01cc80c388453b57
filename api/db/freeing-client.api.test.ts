import { getHeapSpaceStatistics } from 'node:v8';
import { expect } from 'chai';
import pg from 'pg';
import { createDatabaseFromTemplate, type TestDatabase } from '../../test/harness/postgres.ts';
import { FreeingClient } from './freeing-client.ts';

const QUERIES = 100;
/** A thousand rows of some hundred bytes in each of four columns. */
const ROWS = `select md5(n::text) || md5(n::text) as a, md5('b' || n) || md5('b' || n) as b, md5('c' || n) || md5('c' || n) as c, md5('d' || n) || md5('d' || n) as d from generate_series(1, 1000) n`;

describe('answers of the database', () => {
  let database: TestDatabase;

  before(async () => {
    database = await createDatabaseFromTemplate('freed answers');
  });
  after(() => database.drop());

  const connected = async <T>(client: pg.Client, work: () => Promise<T>): Promise<T> => {
    await client.connect();
    try {
      return await work();
    } finally {
      await client.end();
    }
  };

  /** How far the old generation grew while so much was read and thrown away, at most. Megabytes. */
  const grown = (client: pg.Client): Promise<number> =>
    connected(client, async () => {
      const before = oldMegabytes();
      let most = 0;
      for (let n = 0; n < QUERIES; n++) {
        await client.query(ROWS);
        most = Math.max(most, oldMegabytes() - before);
      }
      return most;
    });

  it('are freed with the young, not kept until everything is collected', async () => {
    await grown(new FreeingClient({ connectionString: database.url })); // code is compiled
    expect(await grown(new FreeingClient({ connectionString: database.url })), 'MB').to.be.below(3);
  });

  it('come to whoever asks in any way, and failures with the trace of who asked', async () => {
    const client: pg.Client = new FreeingClient({ connectionString: database.url });
    await connected(client, async () => {
      expect((await client.query('select $1::int as n', [1])).rows).to.deep.equal([{ n: 1 }]);
      expect((await client.query({ text: 'select $1::int as n', values: [2], rowMode: 'array' })).rows).to.deep.equal([[2]]);
      expect(await new Promise((resolve) => client.query('select 3 as n', (_error: Error, result: pg.QueryResult) => resolve(result.rows)))).to.deep.equal([{ n: 3 }]);
      const events: unknown[] = [];
      const query: pg.Query = client.query(new pg.Query('select 4 as n'));
      query.on('row', (row: unknown) => events.push(row));
      await new Promise((resolve) => query.once('end', resolve));
      expect(events).to.deep.equal([{ n: 4 }]);
      const failure = await askWrongly(client).catch((error: unknown) => error);
      expect(failure).to.have.property('code', '42601');
      expect((failure as Error).stack).to.contain('askWrongly');
    });
  });
});

const oldMegabytes = (): number => (getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? NaN) / 1024 ** 2;

async function askWrongly(client: pg.Client): Promise<unknown> {
  return await client.query('select wrong from');
}
