import { expect } from 'chai';
import { ImportClient } from '../../test/imports/import-client.ts';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import { StorageAway } from '../storage/file-store.ts';

describe('a job whose storage is away for a moment', () => {
  let client: ImportClient;

  before(async () => {
    client = await ImportClient.start('queue_retries');
  });
  after(() => client.close());

  it('is taken up again by itself', async () => {
    const { imports } = client.app.ctx;
    const stage = imports.stage.bind(imports);
    let tries = 0;
    imports.stage = (...job) => (++tries === 1 ? Promise.reject(new StorageAway(new Error('away'))) : stage(...job));
    const staged = await client.staged(client.org.manager, callsSheet({ id: 'R1' }));
    expect([staged.status, tries]).to.deep.equal(['staged', 2]);
  });
});
