import { expect } from 'chai';
import { callsSheet } from '../../test/imports/calls-sheet.ts';
import type { TestPerson } from '../../test/harness/people.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { table, workbook } from '../../test/imports/workbook-writer.ts';
import type { PreviewRow } from './import-rows.repository.ts';

interface From {
  readonly importId: string;
  readonly fileName: string;
  readonly sheet: string | null;
  readonly row: number;
  readonly mayOpen: boolean;
}

describe('the way from a figure to the row of a file', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_provenance');
    org = client.org;
  });
  after(() => client.close());

  const read = async <T>(path: string): Promise<T> => (await client.app.request(org.manager.token).get(path).expect(200)).body as T;
  const rowAt = async ({ importId, sheet, row }: From): Promise<PreviewRow | undefined> => {
    const { data } = await read<{ data: PreviewRow[] }>(`/api/imports/${importId}/preview?row=${row}`);
    expect(data).to.have.length(1);
    expect(data[0]).to.include({ sheet, rowNumber: row });
    return data[0];
  };

  it('leads over the interactions behind it', async () => {
    await client.committed(org.manager, callsSheet({ id: 'E1', date: '2021-03-30' }, { id: 'E2', rating: 2 }));
    interface Evidence { kind: string; href: string; count: number }
    const { period } = await read<{ period: { figures: { metric: string; value: number; evidence: Evidence[] }[] } }>(`/api/agents/${org.agent.id}/summary?asOf=2021-03-31`);
    const csat = period.figures.find(({ metric }) => metric === 'csat');
    expect(csat).to.include({ value: 3 });
    const [evidence] = csat?.evidence ?? [];
    const { data } = await read<{ data: { id: string; externalId: string; rating: number; provenance: From }[] }>(evidence?.href ?? '');
    expect(data.map(({ externalId, rating }) => [externalId, rating])).to.have.deep.members([['E1', 4], ['E2', 2]]);
    for (const { id, externalId, provenance } of data) {
      expect(await rowAt(provenance)).to.include({ externalId, action: 'new' });
      expect((await read<{ provenance: From }>(`/api/interactions/${id}`)).provenance).to.deep.equal(provenance);
    }
  });

  it('names the file to everybody who sees the row, and leads those on who see the import', async () => {
    const uploads = { [org.manager.id]: 'M1', [org.leader.id]: 'L1' };
    for (const by of [org.manager, org.leader]) await client.committed(by, callsSheet({ id: uploads[by.id]!, date: '2021-04-06' }));
    const seenBy = async ({ token }: TestPerson) => {
      const { body } = await client.app.request(token).get(`/api/interactions?agentId=${org.agent.id}&from=2021-04-06&to=2021-04-06`).expect(200);
      const rows = (body as { data: { externalId: string; provenance: From }[] }).data;
      return Object.fromEntries(rows.map(({ externalId, provenance }) => [externalId, [provenance.fileName, provenance.mayOpen]]));
    };
    expect(await seenBy(org.manager)).to.deep.equal({ M1: ['calls.xlsx', true], L1: ['calls.xlsx', true] });
    expect(await seenBy(org.leader)).to.deep.equal({ M1: ['calls.xlsx', false], L1: ['calls.xlsx', true] });
    expect(await seenBy(org.agent)).to.deep.equal({ M1: ['calls.xlsx', false], L1: ['calls.xlsx', false] });
  });

  it('leads over the daily row, where the figure itself was in the file', async () => {
    const sheets = [{ name: 'Read me', rows: [['Figures of June']] }, { name: 'June', rows: [['Figures of June'], ['Agent', 'Day', 'Calls', 'CSAT'], [org.colleague.row.fullName, '2021-06-01', 7, 4.5], [org.colleague.row.fullName, '2021-06-02', 9, 5]] }];
    const { id, fileName } = await client.of('performance').committed(org.manager, workbook({ sheets }));
    interface Evidence { kind: string; href: string; count: number }
    const { period } = await read<{ period: { figures: { metric: string; evidence: Evidence[] }[] } }>(`/api/agents/${org.colleague.id}/summary?asOf=2021-06-02`);
    const [evidence] = period.figures.find(({ metric }) => metric === 'handled')?.evidence ?? [];
    expect(evidence?.kind).to.equal('dailyRows');
    const days = await read<{ date: string; origin: string | null; messagesHandled: number; provenance: From | null }[]>(evidence?.href ?? '');
    const imported = days.filter(({ origin }) => origin === 'imported');
    expect(imported.map(({ messagesHandled, provenance }) => [messagesHandled, provenance])).to.deep.equal([[7, { importId: id, fileName, sheet: 'June', row: 3, mayOpen: true }], [9, { importId: id, fileName, sheet: 'June', row: 4, mayOpen: true }]]);
    expect(days.filter(({ origin }) => origin === null).every(({ provenance }) => provenance === null)).to.equal(true);
    expect((await rowAt(imported[1]?.provenance as From))?.values).to.include({ messagesHandled: 9, customerSatisfaction: 5 });
  });

  it('leads over the record of presence, also where it was corrected', async () => {
    const { id, fileName } = await client.of('presence').committed(org.manager, table([['Agent', 'Login', 'Logout'], ['Ada Agent', '2021-07-01 09:00', '2021-07-01 17:00']], 'Log'));
    const from = { importId: id, fileName, sheet: 'Log', row: 2, mayOpen: true };
    const presence = async () => read<{ intervals: { source: string; provenance: From | null }[]; superseded: { provenance: From | null }[] }>(`/api/agents/${org.agent.id}/presence?from=2021-07-01&to=2021-07-01`);
    expect((await presence()).intervals.map(({ source, provenance }) => [source, provenance])).to.deep.equal([['import', from]]);
    expect((await rowAt(from))?.values).to.include({ startedAt: '2021-07-01T09:00:00.000Z' });
    const correction = { from: '2021-07-01T10:00:00Z', to: '2021-07-01T11:00:00Z', status: 'offline', reason: 'At the dentist.' };
    await client.app.request(org.manager.token).post(`/api/agents/${org.agent.id}/presence/corrections`).send(correction).expect(201);
    const { intervals, superseded } = await presence();
    expect(intervals.map(({ source, provenance }) => [source, provenance])).to.deep.equal([['import', from], ['correction', null], ['import', from]]);
    expect(superseded.map(({ provenance }) => provenance)).to.deep.equal([from]);
  });
});
