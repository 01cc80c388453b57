import { expect } from 'chai';
import { until } from '../../test/harness/until.ts';
import { callsHeader, callsSheet, call } from '../../test/imports/calls-sheet.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { table } from '../../test/imports/workbook-writer.ts';
import { sql } from '../db/db.ts';
import type { ImportView } from './import.presenter.ts';

describe('imports over HTTP', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports');
    org = client.org;
  });
  after(() => client.close());

  const stored = (source: string | null) => client.app.query(sql`
    select external_id as id, agent_id, team_id, started_at::text, outcome, resolved, wait_seconds, talk_seconds, rating::float8, version
    from interactions where source = ${source} order by external_id`);
  const days = async (from: string, to = from) =>
    (await client.app.request(org.manager.token).get(`/api/agents/${org.agent.id}/performance?from=${from}&to=${to}`).expect(200)).body;
  const source = (name: string, file: Buffer) => client.app.request(org.manager.token).post('/api/imports').field('kind', 'interactions').field('source', name).attach('file', file, 'calls.xlsx');
  const imported = async (name: string, file: Buffer): Promise<ImportView> => {
    const { body } = await source(name, file).expect(202);
    const { id } = await client.settled(org.manager, body.id);
    await client.commit(org.manager, id).expect(202);
    return client.settled(org.manager, id);
  };

  it('takes a sheet from upload to figures', async () => {
    const file = callsSheet({ id: 'A1' }, { id: 'A2', agent: ' ada  AGENT', rating: 5, wait: 10 }, { id: 'A3', answered: 'N' });
    const accepted = await client.upload(org.manager, file).expect(202);
    expect(accepted.body).to.include({ kind: 'interactions', fileName: 'calls.xlsx', fileSize: file.length });
    expect(accepted.headers['location']).to.equal(`/api/imports/${accepted.body.id}`);

    const preview = await client.settled(org.manager, accepted.body.id);
    const counts = { rows: 3, new: 3, changed: 0, unchanged: 0, rejected: 0 };
    expect(preview).to.deep.include({ status: 'staged', counts, questions: [], missingAgents: [], period: { from: '2021-03-31', to: '2021-03-31' } });
    expect(await stored(preview.source)).to.deep.equal([]);

    await client.commit(org.manager, preview.id).expect(202);
    const done = await client.settled(org.manager, preview.id);
    expect(done).to.deep.include({ status: 'committed', counts, progress: { phase: 'done', percent: 100, rows: 3 } });
    const common = { agent_id: org.agent.id, team_id: org.team.id, started_at: '2021-03-31 12:00:00+00', version: 1 };
    expect(await stored(done.source)).to.deep.equal([
      { ...common, id: 'A1', outcome: 'answered', resolved: true, wait_seconds: 30, talk_seconds: 120, rating: 4 },
      { ...common, id: 'A2', outcome: 'answered', resolved: true, wait_seconds: 10, talk_seconds: 120, rating: 5 },
      { ...common, id: 'A3', outcome: 'abandoned', resolved: false, wait_seconds: null, talk_seconds: null, rating: null },
    ]);
    expect((await days('2021-03-31'))[0]).to.include({ messagesHandled: 2, ticketsResolved: 2, customerSatisfaction: 4.5 });
  });

  it('keeps where every row came from', async () => {
    const done = await imported('provenance', callsSheet({ id: 'P1' }, { id: 'P2' }));
    const rows = await client.app.query(sql<{ id: string }>`select id, import_id, import_sheet, import_row from interactions where source = 'provenance' order by external_id`);
    expect(rows.map(({ id: _id, ...from }) => from)).to.deep.equal([2, 3].map((row) => ({ import_id: done.id, import_sheet: 'Sheet1', import_row: row })));
    // Their ids count on from one that was drawn for all of them.
    const [first = '', second = ''] = rows.map(({ id }) => id);
    expect(first).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-000000000001$/);
    expect(second).to.equal(first.replace(/1$/, '2'));
  });

  it('finds nothing new in the same file, the same rejects, and commits it all the same', async () => {
    const file = callsSheet({ id: 'S1' }, { id: 'S2', date: 'soon' }, { id: 'S3' });
    const first = await imported('same', file);
    expect(first.counts).to.deep.equal({ rows: 3, new: 2, changed: 0, unchanged: 0, rejected: 1 });
    const second = await imported('same', file);
    expect(second).to.deep.include({ status: 'committed', counts: { rows: 3, new: 0, changed: 0, unchanged: 2, rejected: 1 } });
    expect((await stored('same')).map((row) => (row as { version: number }).version)).to.deep.equal([1, 1]);
    const rejected = async (id: string) => (await client.preview(org.manager, id, 'rejected')).map(({ rowNumber, errors }) => ({ rowNumber, errors }));
    expect(await rejected(second.id)).to.deep.equal(await rejected(first.id));
  });

  it('shows old and new of what changed, writes only that, and moves the figures of both days', async () => {
    await imported('changes', callsSheet({ id: 'C1', date: '2021-02-01' }, { id: 'C2', date: '2021-02-01' }));
    const { body } = await source('changes', callsSheet({ id: 'C1', date: '2021-02-02', rating: 2 }, { id: 'C2', date: '2021-02-01' })).expect(202);
    const preview = await client.settled(org.manager, body.id);
    expect(preview.counts).to.deep.equal({ rows: 2, new: 0, changed: 1, unchanged: 1, rejected: 0 });
    const [changed] = await client.preview(org.manager, preview.id, 'changed');
    expect(changed?.changes).to.deep.equal({
      startedAt: { old: '2021-02-01T12:00:00.000Z', new: '2021-02-02T12:00:00.000Z' },
      rating: { old: 4, new: 2 },
      ratingOriginal: { old: '4', new: '2' },
    });
    await client.commit(org.manager, preview.id).expect(202);
    await client.settled(org.manager, preview.id);
    expect((await stored('changes')).map((row) => { const { id, version, rating } = row as Record<string, unknown>; return { id, version, rating }; }))
      .to.deep.equal([{ id: 'C1', version: 2, rating: 2 }, { id: 'C2', version: 1, rating: 4 }]);
    const figures = await days('2021-02-01', '2021-02-02');
    expect(figures.map(({ messagesHandled, customerSatisfaction }: Record<string, unknown>) => ({ messagesHandled, customerSatisfaction })))
      .to.deep.equal([{ messagesHandled: 1, customerSatisfaction: 4 }, { messagesHandled: 1, customerSatisfaction: 2 }]);
  });

  it('leaves alone what the file has no column for', async () => {
    await imported('narrow', callsSheet({ id: 'N1' }));
    const done = await imported('narrow', table([['Call Id', 'Agent', 'Date', 'Answered', 'Topic'], ['N1', 'Ada Agent', '2021-03-31 12:00', 'yes', 'Billing']]));
    expect(done.counts).to.include({ changed: 1 });
    const [row] = await client.app.query(sql`select topic, rating::float8, wait_seconds, version from interactions where source = 'narrow'`);
    expect(row).to.deep.equal({ topic: 'Billing', rating: 4, wait_seconds: 30, version: 2 });
  });

  it('counts identical repeats once and rejects all of conflicting ones', async () => {
    const { body } = await source('repeats', callsSheet({ id: 'R1' }, { id: 'R2' }, { id: 'R1' }, { id: 'R3' }, { id: 'R3', rating: 1 }, { id: 'R4' }, { id: 'R4', date: 'never' })).expect(202);
    const preview = await client.settled(org.manager, body.id);
    expect(preview.counts).to.deep.equal({ rows: 7, new: 2, changed: 0, unchanged: 1, rejected: 4 });
    const rejected = await client.preview(org.manager, preview.id, 'rejected');
    expect(rejected.map(({ rowNumber, errors }) => [rowNumber, errors?.[0]?.code])).to.deep.equal([[5, 'conflicting_rows'], [6, 'conflicting_rows'], [7, 'conflicting_rows'], [8, 'invalid_date']]);
    expect(rejected[0]?.errors?.[0]?.message).to.contain('5, 6');
    await client.commit(org.manager, preview.id).expect(202);
    await client.settled(org.manager, preview.id);
    expect((await stored('repeats')).map((row) => (row as { id: string }).id)).to.deep.equal(['R1', 'R2']);
  });

  it('tells equal rows without an id apart by their order', async () => {
    const rows = [callsHeader.slice(1), ...[{}, {}, { topic: 'Other' }].map((cells) => call(cells).slice(1))];
    const first = await imported('no ids', table(rows));
    expect(first.counts).to.deep.include({ new: 3 });
    const more = await imported('no ids', table([...rows, call({}).slice(1)]));
    expect(more.counts).to.deep.include({ new: 1, unchanged: 3 });
    expect(await stored('no ids')).to.have.length(4);
  });

  it('names the cell, its value and the reason of every fault in a row', async () => {
    const preview = await client.staged(org.manager, callsSheet({ id: 'F1', date: '31.02.2021', rating: 9, wait: 'long', resolved: 'perhaps' }, { id: 'F2' }));
    const [rejected] = await client.preview(org.manager, preview.id, 'rejected');
    expect(rejected?.errors?.map(({ cell, value, code }) => [cell, value, code])).to.have.deep.members([
      ['C2', '31.02.2021', 'invalid_date'], ['H2', 'long', 'invalid_duration'], ['G2', 'perhaps', 'unknown_word'], ['J2', '9', 'rating_out_of_scale'],
    ]);
    expect(rejected?.raw?.slice(0, 3)).to.deep.equal(['F1', 'Ada Agent', '31.02.2021']);
  });

  it('writes one row of events, heard by its uploader and managers alone', async () => {
    const heard = new Map<string, unknown[]>();
    const watched = new Set<string>();
    for (const [name, person] of Object.entries({ manager: org.manager, leader: org.leader, agent: org.agent })) {
      const socket = await client.app.socket(person.token);
      socket.on('import:committed', (payload: unknown) => heard.set(name, [...(heard.get(name) ?? []), payload]));
      socket.on('import:progress', ({ status }: { status: string }) => watched.add(`${name} ${status}`));
    }
    const done = await imported('events', callsSheet({ id: 'E1' }, { id: 'E2' }));
    await client.app.settled();
    const { id, kind, fileName, counts, period } = done;
    expect(Object.fromEntries(heard)).to.deep.equal({ manager: [{ id, kind, source: 'events', fileName, counts, period, uploadedBy: org.manager.id }] });
    await until(() => watched.has('manager committed'));
    expect([...watched]).to.include.members(['manager parsing', 'manager staged', 'manager committing', 'manager committed']);
    expect([...watched].filter((entry) => !entry.startsWith('manager'))).to.deep.equal([]);
  });

  it('commits once, however often and from wherever it is asked to', async () => {
    const { id } = await client.staged(org.manager, callsSheet({ id: 'D1' }));
    const answers = await Promise.all([client.commit(org.manager, id), client.commit(org.admin, id), client.commit(org.manager, id)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([202, 409, 409]);
    const done = await client.settled(org.manager, id);
    const again = await client.commit(org.manager, id).expect(409);
    expect(again.body.code).to.equal('import_not_staged');
    const [audit] = await client.app.query(sql<{ n: number }>`select count(*)::int as n from audit_log where action = 'import.commit' and target_id = ${done.id}`);
    expect(audit?.n).to.equal(1);
  });

  it('answers a repeated Idempotency-Key with the first import, compared by content', async () => {
    const file = callsSheet({ id: 'K1' });
    const first = await client.upload(org.manager, file).set('Idempotency-Key', 'upload-1').expect(202);
    const second = await client.upload(org.manager, file).set('Idempotency-Key', 'upload-1').expect(202);
    expect(second.body.id).to.equal(first.body.id);
    const other = await client.upload(org.manager, callsSheet({ id: 'K2' })).set('Idempotency-Key', 'upload-1').expect(422);
    expect(other.body.code).to.equal('idempotency_key_reused');
  });

  it('discards what is not committed, with its rows, and only then its file', async () => {
    const file = callsSheet({ id: 'X1' }, { id: 'X2', topic: 'only here' });
    const one = await client.staged(org.manager, file);
    const two = await client.staged(org.manager, file);
    await client.app.request(org.manager.token).delete(`/api/imports/${one.id}`).expect(204);
    await client.app.request(org.manager.token).delete(`/api/imports/${one.id}`).expect(204);
    expect(await client.get(org.manager, one.id)).to.include({ status: 'discarded' });
    expect(await client.preview(org.manager, one.id)).to.deep.equal([]);
    await client.commit(org.manager, one.id).expect(409);
    // The other import has the same content and still needs it.
    const remapped = await client.remapped(org.manager, two.id, {});
    expect(remapped.counts).to.deep.include({ rows: 2, new: 2 });
    await client.commit(org.manager, two.id).expect(202);
    await client.settled(org.manager, two.id);
    await client.app.request(org.manager.token).delete(`/api/imports/${two.id}`).expect(409);
  });
});
