import { expect } from 'chai';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { sql } from '../db/db.ts';

describe('a preview that somebody else overtakes', () => {
  let client: ImportClient;
  let manager: ImportClient['org']['manager'];

  before(async () => {
    client = await ImportClient.start('imports_overtaken');
    manager = client.org.manager;
  });
  after(() => client.close());

  const staged = async (...calls: Parameters<typeof callsSheet>): Promise<string> => {
    const { body } = await client.upload(manager, callsSheet(...calls)).expect(202);
    expect((await client.settled(manager, body.id)).status).to.equal('staged');
    return body.id;
  };
  const commit = async (id: string) => {
    await client.commit(manager, id, { createMissingAgents: true }).expect(202);
    return client.settled(manager, id);
  };
  const ratings = () => client.app.query(sql<{ id: string; rating: number }>`select external_id as id, rating::float8 as rating from interactions order by 1`);
  const people = () => client.app.query(sql<{ n: number }>`select count(*)::int as n from agents`);

  it('is shown again, corrected, instead of overwriting what it did not show', async () => {
    const mine = await staged({ id: 'A1', rating: 3 }, { id: 'A2', agent: 'Newly Named' });
    const theirs = await staged({ id: 'A1', rating: 5 });
    expect((await commit(theirs)).status).to.equal('committed');
    const before = await people();
    const again = await commit(mine);
    expect(again).to.include({ status: 'staged', committedAt: null });
    expect(again.notice?.code).to.equal('preview_overtaken');
    expect(again.counts).to.deep.equal({ rows: 2, new: 1, changed: 1, unchanged: 0, rejected: 0 });
    expect(again.missingAgents).to.deep.equal([{ name: 'Newly Named', rows: 1, suggestions: [] }]);
    expect((await client.preview(manager, mine, 'changed'))[0]?.changes).to.deep.include({ rating: { old: 5, new: 3 } });
    expect(await ratings(), 'nothing written').to.deep.equal([{ id: 'A1', rating: 5 }]);
    expect(await people(), 'nobody created').to.deep.equal(before);
    const done = await commit(mine);
    expect(done).to.include({ status: 'committed', notice: null });
    expect(await ratings()).to.deep.equal([{ id: 'A1', rating: 3 }, { id: 'A2', rating: 4 }]);
  });

  it('is written when the other one said the same, or touched other rows', async () => {
    const mine = await staged({ id: 'B1', rating: 2 }, { id: 'B2' });
    const same = await staged({ id: 'B1', rating: 2 }, { id: 'B3' });
    await commit(same);
    const done = await commit(mine);
    expect(done.status).to.equal('committed');
    expect(done.counts).to.deep.equal({ rows: 2, new: 1, changed: 0, unchanged: 1, rejected: 0 });
  });

  it('is written to what is there now, though it went and came back since', async () => {
    const first = await staged({ id: 'C1', rating: 5 });
    await commit(first);
    const mine = await staged({ id: 'C1', rating: 3 });
    await client.rollBack(manager, first).expect(202);
    expect((await client.settled(manager, first)).status).to.equal('rolled_back');
    await commit(await staged({ id: 'C1', rating: 5 }));
    const done = await commit(mine);
    expect(done.status).to.equal('committed');
    expect(done.counts).to.deep.equal({ rows: 1, new: 0, changed: 1, unchanged: 0, rejected: 0 });
    expect((await ratings()).find(({ id }) => id === 'C1')).to.deep.equal({ id: 'C1', rating: 3 });
  });
});
