import { expect } from 'chai';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { sql } from '../db/db.ts';

describe('imports where the business day is not that of UTC', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_zones', { BUSINESS_TIMEZONE: 'America/New_York' });
    org = client.org;
  });
  after(() => client.close());

  const stored = (source: string | null) => client.app.query(sql`
    select external_id as id, to_char(started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as utc, business_date::text as day, precision
    from interactions where source = ${source} order by external_id`);

  it('read times of the file in the business zone, and dates without a time as that day', async () => {
    const done = await client.committed(org.manager, callsSheet({ id: 'A', date: '2021-03-30', time: '22:30' }, { id: 'B', date: '2021-03-31', time: null }, { id: 'C', date: '2021-03-31T03:00:00Z', time: null }));
    expect(await stored(done.source)).to.deep.equal([
      { id: 'A', utc: '2021-03-31 02:30', day: '2021-03-30', precision: 'second' },
      { id: 'B', utc: '2021-03-31 04:00', day: '2021-03-31', precision: 'day' },
      { id: 'C', utc: '2021-03-31 03:00', day: '2021-03-30', precision: 'second' },
    ]);
    expect(done.period).to.deep.equal({ from: '2021-03-30', to: '2021-03-31' });
  });

  it('keep hours apart when the clocks are put back, and never move a row that is imported again', async () => {
    const file = callsSheet({ id: 'F', date: '2021-11-07', time: '01:30' }, { id: 'G', date: '2021-11-07', time: '02:30' }, { id: 'H', date: '2021-03-14', time: '02:30' });
    const first = await client.committed(org.manager, file);
    expect((await stored(first.source)).filter((row) => ['F', 'G', 'H'].includes((row as { id: string }).id)).map((row) => (row as { utc: string }).utc)).to.deep.equal(['2021-11-07 05:30', '2021-11-07 07:30', '2021-03-14 07:30']);
    expect((await client.staged(org.manager, file)).counts).to.include({ unchanged: 3, changed: 0 });
  });

  it('read them in the zone of the file where one is named', async () => {
    const preview = await client.staged(org.manager, callsSheet({ id: 'D', date: '2021-03-31', time: '02:00' }, { id: 'E', date: '2021-03-31', time: null }));
    await client.remapped(org.manager, preview.id, { source: 'Berlin', options: { timezone: 'Europe/Berlin' } });
    await client.commit(org.manager, preview.id).expect(202);
    await client.settled(org.manager, preview.id);
    expect(await stored('Berlin')).to.deep.equal([
      { id: 'D', utc: '2021-03-31 00:00', day: '2021-03-30', precision: 'second' },
      { id: 'E', utc: '2021-03-31 04:00', day: '2021-03-31', precision: 'day' },
    ]);
  });
});
