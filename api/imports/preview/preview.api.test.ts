import { expect } from 'chai';
import { callsSheet } from '../../../test/imports/calls-sheet.ts';
import { holdTable } from '../../../test/harness/hold.ts';
import { until } from '../../../test/harness/until.ts';
import { ImportClient } from '../../../test/imports/import-client.ts';
import type { PreviewRow } from '../import-rows.repository.ts';
import { waiters } from '../../../test/harness/waiters.ts';

describe('previews', () => {
  let client: ImportClient;
  let org: ImportClient['org'];
  let id: string;

  before(async () => {
    client = await ImportClient.start('previews');
    org = client.org;
    await client.committed(org.manager, callsSheet({ id: 'P1', topic: 'Billing' }, { id: 'P2', topic: 'Streaming' }, { id: 'P3', topic: 'Streaming' }));
    const rows = [{ id: 'P1', topic: 'Contract' }, { id: 'P2', topic: 'Contract', rating: 2 }, { id: 'P3', topic: 'Streaming' }, { id: 'P4', topic: 'He said "100 %_"' },
      { id: 'P5', date: 'never', wait: 'long' }, { id: 'P6', date: 'someday' }, { id: 'P7', topic: 'ÄRGER' }];
    ({ id } = await client.staged(org.manager, callsSheet(...rows)));
  });
  after(() => client.close());

  type Page = { data: PreviewRow[]; meta: { total: number; nextCursor: string | null } };
  const page = async (query: Record<string, string | number>): Promise<Page> => (await client.app.request(org.manager.token).get(`/api/imports/${id}/preview`).query(query).expect(200)).body as Page;
  const found = async (query: Record<string, string | number>): Promise<string[]> => (await page(query)).data.map(({ rowNumber, externalId, raw }) => externalId ?? raw?.[0] ?? String(rowNumber));
  const counts = async (query: Record<string, string> = {}) => (await client.app.request(org.manager.token).get(`/api/imports/${id}/preview/counts`).query(query).expect(200)).body as unknown;

  it('show the rows of one outcome, with one field changed or at fault, of one reason', async () => {
    expect(await found({ action: 'changed' })).to.deep.equal(['P1', 'P2']);
    expect(await found({ field: 'rating' })).to.deep.equal(['P2']);
    expect(await found({ field: 'startedAt' })).to.deep.equal([]);
    expect(await found({ field: 'date' })).to.deep.equal(['P5', 'P6']);
    expect(await found({ code: 'invalid_duration' })).to.deep.equal(['P5']);
    expect(await found({ code: 'invalid_date', action: 'changed' })).to.deep.equal([]);
  });

  it('name whom a row was taken to be about, as they are called here', async () => {
    const { id: other } = await client.staged(org.manager, callsSheet({ id: 'N1', agent: org.agent.username }, { id: 'N2', agent: 'Nobody Known' }, { id: 'N3', date: 'never' }));
    const rows = await client.preview(org.manager, other);
    expect(rows.map(({ values, agentName }) => [values?.['agent'] ?? null, agentName])).to.deep.equal([[org.agent.username, 'Ada Agent'], ['Nobody Known', null], [null, null]]);
  });

  it('find what rows say, to the letter but for its case, and not how their fields are called', async () => {
    expect(await found({ search: 'contract' })).to.deep.equal(['P1', 'P2']);
    expect(await found({ search: 'ärger' })).to.deep.equal(['P7']);
    expect(await found({ search: '"100 %_"' })).to.deep.equal(['P4']);
    expect(await found({ search: '100 %"' })).to.deep.equal([]);
    expect(await found({ search: 'SOMEDAY' })).to.deep.equal(['P6']);
    expect(await found({ search: 'p3' })).to.deep.equal(['P3']);
    expect(await found({ search: 'startedAt' })).to.deep.equal([]);
    for (const path of ['preview', 'preview/counts']) await client.app.request(org.manager.token).get(`/api/imports/${id}/${path}`).query({ search: '\u202e' }).expect(400);
  });

  it('take one connection of whoever searches much, and leave the rest to others', async () => {
    const table = await holdTable(client.app, 'import_rows', 'access exclusive');
    try {
      let refused = 0;
      const searches = Array.from({ length: 14 }, async (_, n) => {
        const { status } = await client.app.request(org.manager.token).get(`/api/imports/${id}/preview?search=nothing${n}`);
        if (status === 429) refused += 1;
        return status;
      });
      await table.waitedFor();
      await until(() => refused === 4);
      expect(await waiters(client.app, 'import_rows')).to.have.length(1);
      await table.free();
      expect((await Promise.all(searches)).filter((status) => status === 200)).to.have.length(10);
    } finally {
      await table.free();
    }
    expect(await found({ search: 'contract' })).to.deep.equal(['P1', 'P2']);
  });

  it('go on where a page ended, and are over when they say so', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { data, meta }: Page = await page({ limit: 3, ...(cursor === null ? {} : { cursor }) });
      seen.push(...data.map(({ rowNumber }) => String(rowNumber)));
      expect(meta.total).to.equal(7);
      ({ nextCursor: cursor } = meta);
    } while (cursor !== null);
    expect(seen).to.deep.equal(['2', '3', '4', '5', '6', '7', '8']);
    expect((await page({ limit: 2, page: 2 })).data.map(({ rowNumber }) => rowNumber)).to.deep.equal([4, 5]);
  });

  it('count what each filter would show', async () => {
    expect(await counts()).to.deep.equal({
      rows: 7, new: 2, changed: 2, unchanged: 1, rejected: 2,
      reasons: [{ code: 'invalid_date', field: 'date', rows: 2 }, { code: 'invalid_duration', field: 'waitSeconds', rows: 1 }],
      changes: [{ field: 'topic', rows: 2 }, { field: 'rating', rows: 1 }, { field: 'ratingOriginal', rows: 1 }],
    });
    expect(await counts({ search: 'contract' })).to.deep.include({ rows: 2, changed: 2, rejected: 0, reasons: [] });
    expect(await counts({ field: 'waitSeconds' })).to.deep.include({ rows: 1, rejected: 1, changes: [] });
  });

  it('are nobody else’s', async () => {
    for (const path of ['preview', 'preview/counts', 'rejected']) await client.app.request(org.leader.token).get(`/api/imports/${id}/${path}`).expect(404);
    await client.app.request(org.leader.token).post(`/api/imports/${id}/cancel`).expect(404);
  });
});
