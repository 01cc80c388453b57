import { expect } from 'chai';
import { ImportClient } from '../../test/imports/import-client.ts';

describe('what imports remember of earlier files', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_remembered');
    org = client.org;
  });
  after(() => client.close());

  it('is forgotten when it is told to be, for this file and those to come; what was said of this one stays', async () => {
    const file = (id: string) => `Call Id,Agent,Date,Picked up,Shade\n${id},Ada Agent,2021-03-31,ja,low\n`;
    const first = await client.staged(org.manager, file('F1'), 'calls.csv');
    await client.remapped(org.manager, first.id, { columns: { topic: 4 }, values: { answered: { ja: false } } });
    await client.commit(org.manager, first.id).expect(202);
    await client.settled(org.manager, first.id);
    await client.app.request(org.manager.token).delete(`/api/imports/${first.id}/remembered`).expect(409);

    const second = await client.staged(org.manager, file('F2'), 'calls.csv');
    expect([second.mapping?.columns['topic'], second.mapping?.values, second.decided]).to.deep.equal([4, { answered: { ja: false } }, {}]);
    await client.remapped(org.manager, second.id, { columns: { queue: 4, topic: null } });
    await client.app.request(org.manager.token).delete(`/api/imports/${second.id}/remembered`).expect(202);
    const forgot = await client.settled(org.manager, second.id);
    expect([forgot.status, forgot.mapping?.columns['queue'], forgot.mapping?.values]).to.deep.equal(['staged', 4, {}]);
    expect((await client.preview(org.manager, second.id)).map(({ values }) => values?.['outcome'])).to.deep.equal(['answered']);

    const third = await client.staged(org.manager, file('F3'), 'calls.csv');
    expect([third.mapping?.columns['topic'], third.mapping?.values]).to.deep.equal([undefined, {}]);
  });
});
