import { expect } from 'chai';
import { ImportClient } from '../../test/imports/import-client.ts';
import { readRows } from '../../test/imports/read-rows.ts';
import { table, workbook, type TestCell } from '../../test/imports/workbook-writer.ts';
import { sql } from '../db/db.ts';
import type { ImportView } from './import.presenter.ts';

/** The first days of November 2026. */
const day = (of: number): TestCell => ({ number: 46_326 + of, style: 'date' });
const days = [day(1), day(2), day(3), day(4)];

describe('imports of daily figures with a column for each day', () => {
  let client: ImportClient;
  let org: ImportClient['org'];

  before(async () => {
    client = await ImportClient.start('imports_pivots', {}, { kind: 'performance' });
    org = client.org;
  });
  after(() => client.close());

  const figures = async (id: string) => (await client.preview(org.manager, id)).map(({ rowNumber, values, action }) => [rowNumber, values?.['agent'], values?.['date'], action, values?.['messagesHandled'] ?? null, values?.['avgHandleTime'] ?? null]);
  const remarks = ({ remarks: all }: ImportView) => all.map(({ code, message }) => [code, message]);

  it('are read as a row for each person and day; what they count stands in the title; blanks, totals and sums are none', async () => {
    const file = table([['Calls handled, north', null, null], [], ['Agent', 'Team', ...days, 'Total'], ['Ada Agent', 'Red', 5, null, 0, '-', 5], ['Bo Leader', 'Red', 7, 8, null, 9, 24], ['Total', null, 12, 8, 0, 9, 29]]);
    const preview = await client.staged(org.manager, file, 'november.xlsx');
    expect(preview.questions).to.deep.equal([]);
    expect(await figures(preview.id)).to.deep.equal([
      [4, 'Ada Agent', '2026-11-01', 'new', 5, null], [4, 'Ada Agent', '2026-11-03', 'new', 0, null],
      [5, 'Bo Leader', '2026-11-01', 'new', 7, null], [5, 'Bo Leader', '2026-11-02', 'new', 8, null], [5, 'Bo Leader', '2026-11-04', 'new', 9, null],
    ]);
    expect(remarks(preview)).to.deep.equal([
      ['days_as_columns', 'The days are columns (C–F, 4 days): each row here is one person on one of them; blank cells are none. Not read: Total (G).'],
      ['columns_unread', '1 column is not read: Team (B).'],
      ['totals_skipped', '1 row sums up others and is left out: row 6.'],
    ]);
    expect(preview.detected?.headers.map(({ letters, text }) => [letters, text])).to.deep.equal([['A', 'Agent'], ['B', 'Team'], ['C–F', 'Day'], ['C–F', 'calls handled']]);
    await client.commit(org.manager, preview.id, { createMissingAgents: true }).expect(202);
    expect(await client.settled(org.manager, preview.id)).to.include({ status: 'committed' });
    const stored = await client.app.query(sql`select m.messages_handled as n, m.date::text as date, m.provenance ->> 'row' as row from agent_performance_metrics m where m.agent_id = ${org.agent.id} and m.origin = 'imported' order by m.date`);
    expect(stored).to.deep.equal([{ n: 5, date: '2026-11-01', row: '4' }, { n: 0, date: '2026-11-03', row: '4' }]);
    const again = await client.staged(org.manager, Buffer.concat([file, Buffer.from('')]), 'november.xlsx');
    expect(again.counts).to.deep.equal({ rows: 5, new: 0, changed: 0, unchanged: 5, rejected: 0 });
  });

  it('are asked what they count where the file does not say; the answer holds for this file alone', async () => {
    const file = (value: number) => table([['Who', ...days], ['Ada Agent', 250, 260, 270, value]]);
    const preview = await client.staged(org.manager, file(280));
    expect(preview.questions.map(({ code, answer, choices }) => [code, answer, choices.map(({ value }) => value)])).to.deep.equal([
      ['figure_unknown', '/options/figure', ['messagesHandled', 'ticketsResolved', 'avgResponseTime', 'avgHandleTime', 'customerSatisfaction', 'ratingCount', 'slaCompliance', 'onlineHours']],
      ['column_missing', '/columns/agent', [0, 1, 2]],
    ]);
    expect((await client.map(org.manager, preview.id, { options: { figure: 'date' } }).expect(422)).body.details[0].path).to.equal('/body/options/figure');
    const told = await client.remapped(org.manager, preview.id, { columns: { agent: 0 }, options: { figure: 'avgHandleTime', units: { avgHandleTime: 'seconds' } } });
    expect(told.questions).to.deep.equal([]);
    expect((await figures(told.id)).map((row) => row.at(-1))).to.deep.equal([250, 260, 270, 280]);
    await client.commit(org.manager, told.id).expect(202);
    await client.settled(org.manager, told.id);
    expect((await client.staged(org.manager, file(290))).questions.map(({ code }) => code)).to.deep.equal(['figure_unknown']);
  });

  it('say where a cell is at fault, and are given back as they came', async () => {
    const file = table([['AHT in seconds', day(11), day(12), day(13), day(14)], ['Ada Agent', 250, 'ill', 270, 'ill'], ['Bo Leader', 260, 270, 250, 240]]);
    const preview = await client.staged(org.manager, file);
    expect(preview.counts).to.deep.equal({ rows: 8, new: 6, changed: 0, unchanged: 0, rejected: 2 });
    const rejected = await client.preview(org.manager, preview.id, 'rejected');
    expect(rejected.map(({ rowNumber, errors, raw }) => [rowNumber, errors?.map(({ cell, value, field }) => [field, cell, value]), raw])).to.deep.equal([
      [2, [['avgHandleTime', 'C2', 'ill']], ['Ada Agent', '2026-11-12', 'ill']], [2, [['avgHandleTime', 'E2', 'ill']], ['Ada Agent', '2026-11-14', 'ill']],
    ]);
    const { body } = await client.app.request(org.manager.token).get(`/api/imports/${preview.id}/rejected?format=xlsx`).buffer(true).parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
    }).expect(200);
    const back = await readRows(body as Buffer, 'back.xlsx');
    expect(back.map(({ cells }) => [cells[0], cells[2], cells.length])).to.deep.equal([['AHT in seconds', '2026-11-12', 6], ['Ada Agent', 'ill', 6]]);
    const mended = await client.staged(org.manager, body as Buffer, 'back.xlsx');
    expect(mended.counts).to.include({ rows: 4, rejected: 2 });
  });

  it('are put together where a person has a row for each figure, together or in blocks', async () => {
    const rows = [['Ada Agent', 'Calls handled', 4, 5, 6, null], [null, 'AHT (seconds)', 240, 250, 260, null], ['Bo Leader', 'Calls handled', 7, null, 8, 'x'], ['Bo Leader', 'AHT (seconds)', 300, null, 310, null], ['Ada Agent', 'Shrinkage', 1, 2, 3, 4]] as TestCell[][];
    const preview = await client.staged(org.manager, table([['Agent', 'Metric', ...days], ...rows]));
    expect(preview.questions).to.deep.equal([]);
    expect((await figures(preview.id)).map(([row, agent, date, action, handled, aht]) => [row, agent, date, action === 'rejected', handled, aht])).to.deep.equal([
      [2, 'Ada Agent', '2026-11-01', false, 4, 240], [2, 'Ada Agent', '2026-11-02', false, 5, 250], [2, 'Ada Agent', '2026-11-03', false, 6, 260],
      [4, 'Bo Leader', '2026-11-01', false, 7, 300], [4, 'Bo Leader', '2026-11-03', false, 8, 310], [4, undefined, undefined, true, null, null],
    ]);
    expect((await client.preview(org.manager, preview.id, 'rejected'))[0]?.errors?.map(({ cell }) => cell)).to.deep.equal(['F4']);
    // Of the fourth there is nothing that is kept.
    expect(remarks(preview).map(([code]) => code)).to.deep.equal(['days_as_columns', 'columns_unread', 'figures_missing']);
  });

  it('are found by the name of the sheet, by dates in text, and offered where another kind was said', async () => {
    const text = 'Agent;01.11.2026;02.11.2026;03.11.2026\nAda Agent;95 %;96 %;97 %\n';
    expect((await client.staged(org.manager, text, 'sl.csv')).questions.map(({ code }) => code)).to.deep.equal(['figure_unknown']);
    const named = await client.staged(org.manager, workbook({ sheets: [{ name: 'Tickets resolved', rows: [[null, ...days], ['Ada Agent', 1, 2, 3, 4]] }] }));
    expect(named.questions).to.deep.equal([]);
    expect(named.mapping?.columns).to.include({ agent: 0, date: 1, ticketsResolved: 2 });
    const calls = await client.of('interactions').staged(org.manager, text, 'sl.csv');
    expect(calls.detected?.likelierKind).to.equal('performance');
  });

  it('are no table of which each row has a day or three of its own', async () => {
    const rows = table([['Agent', 'Date', 'Calls handled', 'From', 'To'], ...[1, 2, 3].map((of) => ['Ada Agent', day(of), 5, day(of), day(of + 1)])]);
    const preview = await client.staged(org.manager, rows);
    expect([preview.remarks.map(({ code }) => code), preview.counts.rows]).to.deep.equal([['columns_unread'], 3]);
  });
});
