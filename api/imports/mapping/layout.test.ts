import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { readRows, withSource } from '../../../test/imports/read-rows.ts';
import { table } from '../../../test/imports/workbook-writer.ts';
import { interactionsKind } from '../kinds/interactions/interactions-kind.ts';
import { performanceKind } from '../kinds/performance/performance-kind.ts';
import { isFooterRow, isTotalsRow, saysTotal } from './layout.ts';
import { proposeMapping } from './propose-mapping.ts';

const propose = (file: Buffer, kind = interactionsKind(), given = {}) => withSource(file, 'calls.xlsx', (source) => proposeMapping(source, kind, given, () => Promise.resolve(null)));

describe('finding the table on a sheet', () => {
  const calls = [['C1', 'Ada', '2021-03-31', 'Y'], ['C2', 'Ben', '2021-03-31', 'N']];

  it('reads on past empty leading columns and titles', async () => {
    const { mapping } = await propose(table([['', '', 'Calls of March'], [], ['', '', 'Call Id', 'Agent', 'Date', 'Answered'], ...calls.map((row) => ['', '', ...row])]));
    expect(mapping).to.deep.include({ headerRow: 3, columns: { externalId: 2, agent: 3, date: 4, answered: 5 } });
  });

  it('takes the table of the kind where two stand side by side, and nothing of the other', async () => {
    const beside = [['Team', 'Date', 'Calls'], ['North', '2021-04-01', 40], ['South', '2021-04-02', 52]];
    const { mapping, detected } = await propose(table([['Call Id', 'Agent', 'Date', 'Answered', '', ...(beside[0] ?? [])], ...calls.map((row, index) => [...row, '', ...(beside[index + 1] ?? [])])]));
    expect(mapping.columns).to.deep.equal({ externalId: 0, agent: 1, date: 2, answered: 3 });
    expect(detected.block).to.deep.equal({ from: 0, to: 3 });
    const swapped = await propose(table([[...(beside[0] ?? []), '', 'Call Id', 'Agent', 'Date', 'Answered'], ...calls.map((row, index) => [...(beside[index + 1] ?? []), '', ...row])]));
    expect(swapped.mapping.columns).to.deep.equal({ externalId: 4, agent: 5, date: 6, answered: 7 });
  });

  it('asks which of two equal tables is meant, and reads the one that was said', async () => {
    const header = ['Call Id', 'Agent', 'Date', 'Answered'];
    const file = table([[...header, '', ...header], ...calls.map((row) => [...row, '', ...row.map((cell) => `${cell}`)])]);
    const { questions, detected } = await propose(file);
    expect(detected.tables).to.deep.equal([
      { column: 0, label: 'A to D: Call Id · Agent · Date · Answered' }, { column: 5, label: 'F to I: Call Id · Agent · Date · Answered' },
    ]);
    expect(questions).to.deep.include({
      code: 'table_choice', field: null, message: 'Several such tables stand side by side. Which one is to be imported?', answer: '/table',
      choices: detected.tables.map(({ column, label }) => ({ value: column, label })),
    });
    const right = await propose(file, undefined, { table: 5 });
    expect(right).to.deep.include({ questions: [] });
    expect(right.mapping).to.deep.include({ table: 5, columns: { externalId: 5, agent: 6, date: 7, answered: 8 } });
    expect((await propose(file, undefined, { table: 3 })).questions.map(({ code }) => code), 'no table begins there').to.deep.equal(['table_choice']);
    expect((await propose(file, undefined, { table: null })).mapping).to.include({ table: null });
  });

  it('shows the rows that may be the header, and what stands below each column', async () => {
    const file = table([['Calls of March'], [], ['Call Id', 'Agent', 'Date', 'Answered'], ...calls, ['C3', 'Ada', '2021-04-01', 'Y'], ['C4', 'Ada', '2021-04-01', 'Y']]);
    const { detected } = await propose(file, undefined, { headerRow: 3 });
    expect(detected.firstRows.slice(0, 3)).to.deep.equal([{ rowNumber: 1, text: 'Calls of March' }, { rowNumber: 3, text: 'Call Id · Agent · Date · Answered' }, { rowNumber: 4, text: 'C1 · Ada · 2021-03-31 · Y' }]);
    expect(detected.headers.map(({ samples }) => samples)).to.deep.equal([['C1', 'C2', 'C3'], ['Ada', 'Ben'], ['2021-03-31', '2021-04-01'], ['Y', 'N']]);
  });

  it('says when the columns are clearly those of another kind', async () => {
    const file = table([['Call Id', 'Agent', 'Date', 'Time', 'Topic', 'Answered'], ['C1', 'Ada', '2021-03-31', '12:00', 'Delivery', 'Y']]);
    const kinds = [interactionsKind(), performanceKind()];
    const as = (kind: (typeof kinds)[number]) => withSource(file, 'calls.xlsx', (source) => proposeMapping(source, kind, {}, () => Promise.resolve(null), kinds));
    expect((await as(performanceKind())).detected.likelierKind).to.equal('interactions');
    expect((await as(interactionsKind())).detected.likelierKind).to.equal(null);
  });

  it('keeps a table whole that a blank column only spaces out', async () => {
    const { mapping, detected } = await propose(table([['Call Id', 'Agent', '', 'Date', 'Answered'], ...calls.map(([id = '', agent = '', ...rest]) => [id, agent, '', ...rest])]));
    expect(mapping.columns).to.deep.equal({ externalId: 0, agent: 1, date: 3, answered: 4 });
    expect(detected.block).to.equal(null);
  });

  it('joins a header of two rows, groups over names', async () => {
    const file = table([['Agent', 'Day', 'Satisfaction', '', 'Average', ''], ['', '', 'Rating', 'Surveys', 'Response time', 'Handle time'], ['Ada', '2021-03-31', 4.5, 8, '0:00:20', '0:05:00']]);
    const { mapping, detected } = await propose(file, performanceKind());
    expect(mapping).to.deep.include({ headerRow: 2, columns: { agent: 0, date: 1, customerSatisfaction: 2, ratingCount: 3, avgResponseTime: 4, avgHandleTime: 5 } });
    expect(detected.headers.map(({ text }) => text)).to.deep.equal(['Agent', 'Day', 'Satisfaction Rating', 'Satisfaction Surveys', 'Average Response time', 'Average Handle time']);
    const told = await propose(file, performanceKind(), { headerRow: 2 });
    expect(told.mapping.columns).to.deep.equal(mapping.columns);
  });

  it('does not take a title above the header into it', async () => {
    const { mapping, detected } = await propose(table([['Report', 'March 2021'], ['Call Id', 'Agent', 'Date', 'Answered'], ...calls]));
    expect(mapping.headerRow).to.equal(2);
    expect(detected.headers.map(({ text }) => text)).to.deep.equal(['Call Id', 'Agent', 'Date', 'Answered']);
  });

  it('knows a row that sums up others, and one that only begins like it', () => {
    const is = (...cells: (string | number | null)[]): boolean => isTotalsRow({ cells });
    expect(['Total', 'Grand Total:', 'SUMME', 'Average', 'Total March', 'Moyenne', 'Sub-total'].filter((word) => !is(null, word, 40))).to.deep.equal([]);
    expect([is('Totalenergies hotline', 4), is(40, 'Total'), is('C1', 'Ada'), is(null)]).to.deep.equal([false, false, false, false]);
  });

  it('knows what a sum is called, and what a program writes below', () => {
    expect(['Sofia Almeida Total', 'Grand Total', 'Headcount', 'Summe', 'Team 1 Subtotal'].filter((text) => !saysTotal(text))).to.deep.equal([]);
    expect(['Max Müller', 'Media Markt', 'Sofia Almeida', 'Totalenergies hotline', 'Sum Yi'].filter(saysTotal)).to.deep.equal([]);
    const is = (...cells: (string | number | null)[]): boolean => isFooterRow({ cells });
    expect([is('Report generated by i.vance on 28/11/2026 06:00'), is(null, 'Erstellt am 28.11.2026'), is('Page 1 of 2'), is('© Larkfield')]).to.deep.equal([true, true, true, true]);
    expect([is('Reporta Generata'), is('Page Turner', 'Ada'), is('Printed on', 44_286), is('Ada Agent')]).to.deep.equal([false, false, false, false]);
  });

  it('reads what is compressed with gzip as what is in it', async () => {
    expect((await readRows(gzipSync('id,agent\n1,Ada\n'), 'calls.csv.gz')).map(({ cells }) => cells)).to.deep.equal([['id', 'agent'], ['1', 'Ada']]);
    expect((await readRows(gzipSync(table([['id'], ['1']])), 'calls.xlsx.gz')).map(({ cells }) => cells)).to.deep.equal([['id'], ['1']]);
  });
});
