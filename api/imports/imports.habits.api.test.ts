import { expect } from 'chai';
import type { ImportView } from './import.presenter.ts';
import { ImportClient } from '../../test/imports/import-client.ts';
import { table, workbook, type TestCell } from '../../test/imports/workbook-writer.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...entries: readonly (readonly [type: string, target: string])[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${office}/${type}" Target="${target}"/>`).join('')}</Relationships>`;
const pivot = (ref: string): string => `<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><location ref="${ref}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>`;

describe('workbooks as people keep them', () => {
  let client: ImportClient;
  let org: ImportClient['org'];
  const header = ['Call Id', 'Agent', 'Date', 'Answered', 'Resolved', 'Rating'];
  const rows = (...ids: string[]): TestCell[][] => ids.map((id) => [id, 'Ada Agent', '2021-03-31', 'Y', 'N', 4]);

  before(async () => {
    client = await ImportClient.start('imports_habits');
    org = client.org;
  });
  after(() => client.close());

  it('are read without their pivot tables, wherever those stand, and without their chart sheets', async () => {
    // The pivot table on a sheet of its own looks more like calls than the calls do.
    const summary: TestCell[][] = [['Call Id', 'Agent', 'Date', 'Answered', 'Resolved', 'Rating', 'Topic', 'Queue'], ['Count', 'Ada Agent', '2021-03-31', 'Y', 'Y', 5, 'All', 'All']];
    const beside = [[...header, null, 'Agent', 'Calls'], ...rows('P1', 'P2').map((row, i) => [...row, null, ['Ada Agent', 'Grand Total'][i] ?? null, 2]), [...header.map(() => null), null, 'Grand Total', 2]];
    const preview = await client.staged(org.manager, workbook({
      sheets: [{ name: 'Summary', rows: summary }, { name: 'Chart', rows: [] }, { name: 'Calls', rows: beside }],
      parts: [
        { name: 'xl/_rels/workbook.xml.rels', data: relations(['worksheet', 'worksheets/sheet1.xml'], ['chartsheet', 'chartsheets/sheet1.xml'], ['worksheet', 'worksheets/sheet3.xml'], ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']) },
        { name: 'xl/worksheets/_rels/sheet1.xml.rels', data: relations(['pivotTable', '../pivotTables/pivotTable1.xml']) },
        { name: 'xl/worksheets/_rels/sheet3.xml.rels', data: relations(['pivotTable', '../pivotTables/pivotTable2.xml'], ['drawing', '../drawings/drawing1.xml']) },
        { name: 'xl/pivotTables/pivotTable1.xml', data: pivot('A1:H2') },
        { name: 'xl/pivotTables/pivotTable2.xml', data: pivot('H1:I4') },
      ],
    }));
    expect(preview.detected?.sheets.map(({ name }) => name)).to.deep.equal(['Summary', 'Calls']);
    expect(preview.detected?.headers.map(({ text }) => text)).to.deep.equal(header);
    expect(preview).to.deep.include({ questions: [], counts: { rows: 2, new: 2, changed: 0, unchanged: 0, rejected: 0 } });
    expect(preview.mapping?.sheet).to.equal('Calls');
  });

  it('give what their formulas last came to, and name the cells of those that failed', async () => {
    const failed = (code: string): TestCell => ({ xml: `<c t="e"><f>A1/0</f><v>${code}</v></c>` });
    const preview = await client.staged(org.manager, table([
      header,
      ['F1', { xml: '<c t="str"><f>B9</f><v>Ada Agent</v></c>' }, { xml: '<c t="str"><f>TEXT(C9,"x")</f><v>2021-03-31</v></c>' }, { xml: '<c t="b"><f>TRUE</f><v>1</v></c>' }, 'Y', { xml: '<c><f>2+2</f><v>4</v></c>' }],
      ['F2', 'Ada Agent', failed('#VALUE!'), 'Y', 'Y', failed('#N/A')],
      ['F3', failed('#REF!'), '2021-03-31', 'Y', failed('#NAME?'), 4],
      ['F4', 'Ada Agent', '#WERT!', 'Y', 'Y', '#NV'],
    ]));
    const [fine, ...others] = await client.preview(org.manager, preview.id);
    expect(fine).to.deep.include({ action: 'new' });
    expect(fine?.values).to.include({ agentId: org.agent.id, rating: 4, outcome: 'answered' });
    expect(others.map(({ errors }) => errors?.map(({ cell, value, code }) => [cell, value, code]))).to.deep.equal([
      [['C3', '#VALUE!', 'cell_error'], ['F3', '#N/A', 'cell_error']],
      [['B4', '#REF!', 'cell_error'], ['E4', '#NAME?', 'cell_error']],
      // As a text, "not available" is what somebody wrote: no rating.
      [['C5', '#WERT!', 'cell_error']],
    ]);
    const asText = await client.staged(org.manager, 'Call Id,Agent,Date,Answered,Topic\nT1,Ada Agent,2021-03-31,Y,#VALUE!\nT2,Ada Agent,2021-03-31,Y,#1 fan\n', 'calls.csv');
    expect((await client.preview(org.manager, asText.id)).map(({ errors, values }) => errors?.[0]?.cell ?? values?.['topic'])).to.deep.equal(['E2', '#1 fan']);
  });

  it('say yes and no in their language, and shares with their sign', async () => {
    const words = [['Ja', 'Nein'], ['oui', 'non'], ['Sí', 'no'], ['sim', 'NÃO'], ['tak', 'nie'], ['X', '0'], ['wahr', 'falsch'], ['TRUE', 'FALSE']];
    const answered = await client.staged(org.manager, table([header, ...words.map(([yes = '', no = ''], i) => [`W${i}`, 'Ada Agent', '2021-03-31', yes, no, null])]));
    expect((await client.preview(org.manager, answered.id)).map(({ values }) => [values?.['outcome'], values?.['resolved']])).to.deep.equal(words.map(() => ['answered', false]));
    const days = client.of('performance');
    const shares = await days.staged(org.manager, table([['Agent', 'Day', 'Calls', 'SLA'], ...['92.5 %', '92,5%', '92.5', { number: 0.925, style: 'percent' } as const].map((share, i) => ['Ada Agent', `2021-03-0${i + 1}`, 10, share])]));
    expect((await days.preview(org.manager, shares.id)).map(({ values }) => values?.['slaCompliance'])).to.deep.equal([92.5, 92.5, 92.5, 92.5]);
  });

  it('hold emojis wherever a text is cut for display', async () => {
    const long = (before: string): string => before + '😀'.repeat(300);
    const texts = ['', 'x'].map(long);
    const columns = ['Call Id', 'Agent', 'Date', 'Answered', 'Rating', 'Topic', ...texts];
    const lines = texts.map((text, i) => [`E${i}${text.slice(0, 20)}`, 'Ada Agent', '2021-03-31', 'Y', 4, text, text, text]);
    const bad = texts.map((text) => [text, text, text, text, text, text, text, text]);
    for (const file of [table([columns, ...lines, ...bad]), table([texts, columns, ...lines, ...bad])]) {
      const preview = await client.staged(org.manager, file, `${long('y')}.xlsx`);
      expect(preview).to.deep.include({ status: 'staged' });
      expect(preview.counts.rows).to.equal(4);
      const rejected = await client.preview(org.manager, preview.id, 'rejected');
      expect(JSON.stringify([preview, rejected])).to.not.match(/\\ud[89a-f]/);
      expect(rejected.length).to.be.above(0);
    }
    for (const kind of ['agents', 'performance', 'presence', 'notes', 'actions'] as const) {
      const header = { agents: ['Name', 'E-mail', 'Team'], performance: ['Agent', 'Date', 'Handled'], presence: ['Agent', 'Status', 'Start', 'End'], notes: ['Agent', 'Date', 'Type', 'Note'], actions: ['Agent', 'Title', 'Due date'] }[kind];
      const rows = texts.map((text) => header.map(() => text));
      const preview = await client.of(kind).staged(org.manager, table([header, ...rows]));
      expect(preview, kind).to.deep.include({ status: 'staged' });
    }
  });

  it('keep their first row, however little of it can be read', async () => {
    for (const [kind, text] of [['agents', 'Name,E-mail\nFoo Bar,notanemail\n'], ['performance', 'Agent,Date,Handled\nAda Agent,xx,yy\n']] as const) {
      const preview = await client.of(kind).staged(org.manager, text, 'one.csv');
      expect(preview.mapping?.headerRow, kind).to.equal(1);
      expect(preview.counts, kind).to.deep.equal({ rows: 1, new: 0, changed: 0, unchanged: 0, rejected: 1 });
    }
  });

  it('give rejected rows back with their reasons, as wide as a sheet can be', async () => {
    const wide = (cells: readonly TestCell[]): TestCell[] => [...cells, ...Array.from({ length: 16_384 - cells.length }, (_, i) => i % 4000 === 0 ? `c${i}` : null).slice(0, -1), 'last'];
    const preview = await client.staged(org.manager, table([wide(header), wide(['W1', 'Ada Agent', 'never', 'Y', 'N', 4])]));
    const { body, headers } = await client.app.request(org.manager.token).get(`/api/imports/${preview.id}/rejected?format=xlsx`).buffer().parse((res, done) => {
      const pieces: Buffer[] = [];
      res.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => done(null, Buffer.concat(pieces)));
    }).expect(200);
    expect(headers['content-type']).to.contain('spreadsheetml');
    const again = await client.staged(org.manager, body as Buffer);
    expect(again.counts).to.deep.equal(preview.counts);
  });

  it('repeat their header on every page, and end with what is no row', async () => {
    const page = (...ids: string[]): TestCell[][] => [['CALL ID ', 'Agent', 'Date', 'Talk Time'], ...ids.map((id) => [id, 'Ada Agent', '2021-03-31', '0:03:20']), ['Subtotal', null, null, '0:09:00'], []];
    const report = [['ACD detail report'], ['Call ID', 'Agent', 'Date', 'Talk Time'], ['Ada Agent'], ['G0', 'Ada Agent', '2021-03-31', '0:03:20'], ...page('G1', 'G2'), ...page('G3', 'G4'), ['Page 1 of 1'], ['Report generated by admin']];
    const preview = await client.staged(org.manager, table(report));
    expect(preview.mapping?.headerRow).to.equal(2);
    expect(preview).to.deep.include({ questions: [], counts: { rows: 6, new: 5, changed: 0, unchanged: 0, rejected: 1 } });
    expect(preview.remarks.map(({ message }) => message)).to.include('2 rows repeat the header and are left out: rows 5, 10.').and.to.include('2 rows are lines of text below the table and are left out: rows 15, 16.');
  });

  it('write days in the order of whoever wrote the next one', async () => {
    const days = (...written: string[]): string => `Call Ref,Agent,Call Date,Picked up\n${written.map((day, i) => `D${day}${i},Ada Agent,${day},Y\n`).join('')}`;
    const us = await client.staged(org.manager, days('3/4/2021', '5/4/2021'), 'us.csv');
    expect(us.questions.map(({ code }) => code)).to.deep.equal(['date_order']);
    await client.remapped(org.manager, us.id, { options: { dateOrder: 'mdy' } });
    await client.commit(org.manager, us.id).expect(202);
    await client.settled(org.manager, us.id);
    const startsOf = async (file: string): Promise<unknown[]> => {
      const { id, questions } = await client.staged(org.manager, file, 'next.csv');
      return [questions, (await client.preview(org.manager, id)).map(({ values }) => values?.['startedAt'])];
    };
    expect(await startsOf(days('3/10/2021'))).to.deep.equal([[], ['2021-03-10T00:00:00.000Z']]);
    expect(await startsOf(days('3/10/2021', '13/10/2021'))).to.deep.equal([[], ['2021-10-03T00:00:00.000Z', '2021-10-13T00:00:00.000Z']]);
  });

  describe('say in many ways that there is nothing', () => {
    const calls = `Call ID,Agent,Date,Talk time,Wait,CSAT,Resolved,Status,Sentiment,Topic
N1,Ada Agent,2026-10-01 09:00,0:03:20,12,5,Yes,Answered,positive,Bill
N2,Ada Agent,2026-10-01 09:10,0:03:20,-,N/A,-,Answered,,–
N3,Ada Agent,2026-10-01 09:20,No response,n/a,-,n/a,Answered,-,NULL
N4,Ada Agent,2026-10-01 09:30,0:03:20,5,No response,Unknown,Answered,none,NA
N5,-,2026-10-01 09:40,-,5,k. A.,,Abandoned,s/o,None
N6,N/A,2026-10-01 09:40,0,5,,,Abandoned,,
N7,Unassigned,2026-10-01 09:40,0:01:00,5,brak,,Answered,,
N8,Ada Agent,2026-10-01 09:40,0:01:00,NULL,null,#N/A,Answered,sin dato,
`;

    it('in calls, which need no agent either', async () => {
      const preview = await client.staged(org.manager, calls, 'calls.csv');
      expect(preview).to.deep.include({ questions: [], missingAgents: [], counts: { rows: 8, new: 8, changed: 0, unchanged: 0, rejected: 0 } });
      expect(preview.remarks).to.deep.equal([{ code: 'nobody_named', message: '3 rows name nobody and are nobody’s: rows 6, 7, 8.', rows: [6, 7, 8] }]);
      expect(preview.detected?.guesses.filter(({ field }) => ['resolved', 'rating', 'waitSeconds', 'sentiment'].includes(field)).every(({ confidence }) => confidence > 0.9)).to.equal(true);
      const seen = (await client.preview(org.manager, preview.id)).map(({ values }) => ['agentId', 'talkSeconds', 'waitSeconds', 'rating', 'resolved', 'sentiment', 'topic'].map((field) => values?.[field]));
      const ada = org.agent.id;
      expect(seen).to.deep.equal([
        [ada, 200, 12, 5, true, 0.5, 'Bill'], [ada, 200, null, null, null, null, null], [ada, null, null, null, null, null, null], [ada, 200, 5, null, null, null, 'NA'],
        [null, null, 5, null, null, null, null], [null, null, 5, null, null, null, null], [null, 60, 5, null, null, null, null], [ada, 60, null, null, null, null, null],
      ]);
    });

    it('and still mean somebody who is called so', async () => {
      const named = await client.app.people.create('cs', { fullName: 'Nil', teamId: org.team.id });
      const preview = await client.staged(org.manager, 'Call ID,Agent,Date,Status\nM1,Nil,2026-10-01,Answered\n', 'calls.csv');
      expect((await client.preview(org.manager, preview.id)).map(({ values }) => values?.['agentId'])).to.deep.equal([named.id]);
    });

    it('in figures, logins, people, notes and actions, whose rows cannot do without what they are about', async () => {
      const outcome = async (kind: ImportView['kind'], file: string): Promise<unknown[]> => {
        const of = client.of(kind);
        const { id, questions, missingAgents } = await of.staged(org.manager, file, 'rows.csv');
        expect([questions, missingAgents], kind).to.deep.equal([[], []]);
        return (await of.preview(org.manager, id)).map(({ values, errors }) => errors?.map(({ cell, message }) => `${cell}: ${message}`) ?? values);
      };
      const [figures, nobody] = await outcome('performance', 'Agent,Day,Calls,Resolved,AHT (s),CSAT,SLA\nAda Agent,2026-10-01,0,n/a,null,N/A,—\nAda Agent,2026-10-02,-,n/a,null,N/A,—\nN/A,2026-10-01,5,5,60,5,90 %\n');
      expect(figures).to.include({ messagesHandled: 0, ticketsResolved: null, avgHandleTime: null, customerSatisfaction: null, slaCompliance: null });
      expect(nobody).to.deep.equal(['A4: The row names nobody.']);
      expect(await outcome('presence', 'Employee,Date,Login,Logout\nAda Agent,2026-10-01,-,-\nUnassigned,2026-10-01,08:00,16:00\n')).to.deep.equal([['C2: The row does not say since when.'], ['A3: The row names nobody.']]);
      const [person, unnamed] = await outcome('agents', 'Name,E-mail,Role,Department,Phone,Active\nChris Null,-,n/a,N/A,—,null\nN/A,none,,,,\n');
      expect(person).to.deep.equal({ fullName: 'Chris Null' });
      expect(unnamed).to.deep.equal(['A3: The row names nobody.']);
      const [note, empty] = await outcome('notes', 'Agent,Note,Date,Type,Priority,Author\nAda Agent,Well done,N/A,-,null,n/a\nAda Agent,-,2026-10-01,,,\n');
      expect(note).to.deep.include({ content: 'Well done' }).and.not.have.any.keys('noteType', 'priority', 'createdAt', 'author');
      expect(empty).to.deep.equal(['B3: The row has no text.']);
      expect(await outcome('actions', 'Agent,Task,Due date,Status\nAda Agent,Listen,TBD,-\n')).to.deep.equal([['C2: The row does not say until when.']]);
    });

    it('and say nothing of the scale of ratings, which is asked for once', async () => {
      const file = (...ratings: (string | number)[]): string => `Call ID,Agent,Date,Status,CSAT\n${ratings.map((rating, i) => `S${i},Ada Agent,2026-10-01,Answered,${rating}\n`).join('')}`;
      const words = await client.staged(org.manager, file('great', 'meh', -1, -1, 5, 4), 'calls.csv');
      expect(words).to.deep.include({ questions: [], counts: { rows: 6, new: 2, changed: 0, unchanged: 0, rejected: 4 } });
      const { id, questions } = await client.staged(org.manager, file('N/A', '-', 9, 10, 88), 'calls.csv');
      expect(questions.map(({ message }) => message)).to.deep.equal(['Ratings go up to 88. On which scale were they given? They are converted to 1–5.']);
      const told = await client.remapped(org.manager, id, { options: { ratingScale: '1-5' } });
      expect(told).to.deep.include({ questions: [], counts: { rows: 5, new: 2, changed: 0, unchanged: 0, rejected: 3 } });
      expect((await client.preview(org.manager, id, 'rejected'))[0]?.errors?.[0]?.message).to.equal('“9” is not a rating on the scale 1-5.');
    });
  });

  it('are read back for two at once', async () => {
    const lines = Array.from({ length: 3000 }, (_, i) => [`B${i}`, 'Ada Agent', 'never', 'Y', 'N', 4].join(','));
    const preview = await client.staged(org.manager, [header.join(','), ...lines].join('\n'), 'many.csv');
    const ask = () => fetch(`${client.app.url}/api/imports/${preview.id}/rejected?format=xlsx`, { headers: { Authorization: `Bearer ${org.manager.token}` } });
    const answers = await Promise.all([ask(), ask(), ask(), ask()]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(new Set(statuses)).to.deep.equal(new Set([200, 503]));
    expect(answers.find(({ status }) => status === 503)?.headers.get('retry-after')).to.equal('5');
    for (const answer of answers) await answer.arrayBuffer();
    expect((await ask()).status).to.equal(200);
  });

  it('name somebody once beside all their calls, in merged cells', async () => {
    const calls: TestCell[][] = [header, ['M1', 'Ada Agent', '2021-03-31', 'Y', 'Y', 4], ['M2', null, '2021-03-31', 'Y', 'Y', 5], [], ['M3', null, '2021-03-31', 'Y', 'Y', 3], ['M4', null, '2021-03-31', 'Y', 'N', 2], ['M5', 'Colin Colleague', '2021-03-31', 'Y', 'N', 2]];
    const preview = await client.staged(org.manager, workbook({ sheets: [{ name: 'Calls', rows: calls, merged: ['B2:B5', 'C5:C6', 'A1:A1'] }] }));
    const staged = await client.preview(org.manager, preview.id);
    expect(staged.map(({ rowNumber, values }) => [rowNumber, values?.['agentId']])).to.deep.equal([[2, org.agent.id], [3, org.agent.id], [5, org.agent.id], [6, null], [7, org.colleague.id]]);
    expect(preview.remarks).to.deep.equal([{ code: 'nobody_named', message: '1 row names nobody and is nobody’s: row 6.', rows: [6] }]);
  });
});
