import { expect } from 'chai';
import { withSource } from '../../../test/imports/read-rows.ts';
import { table, workbook, type TestCell } from '../../../test/imports/workbook-writer.ts';
import { interactionsKind } from '../kinds/interactions/interactions-kind.ts';
import { mergeMappings, remembered, type PartialMapping } from './import-mapping.ts';
import { proposeMapping, type Proposal } from './propose-mapping.ts';

const kind = interactionsKind();

const propose = (file: Buffer | string, given: PartialMapping = {}, remembered: PartialMapping | null = null): Promise<Proposal> =>
  withSource(file, typeof file === 'string' ? 'calls.csv' : 'calls.xlsx', (source) => proposeMapping(source, kind, given, () => Promise.resolve(remembered)));

/** Field by header, as it was guessed. */
async function guessed(...header: string[]): Promise<Record<string, string>> {
  const { mapping } = await propose(table([header]));
  return Object.fromEntries(Object.entries(mapping.columns).flatMap(([field, column]) => (column === null ? [] : [[header[column] ?? '', field]])));
}

describe('working out what a file means', () => {
  it('recognises columns by what people call them', async () => {
    expect(await guessed('Contact ID', 'Advisor', 'Started At', 'Call Type', 'Skill', 'Reason', 'Wait Time (s)', 'Call Duration', 'Hold Time', 'ACW', 'CSAT', 'FCR')).to.deep.equal({
      'Contact ID': 'externalId', Advisor: 'agent', 'Started At': 'startedAt', 'Call Type': 'direction', Skill: 'queue', Reason: 'topic',
      'Wait Time (s)': 'waitSeconds', 'Call Duration': 'talkSeconds', 'Hold Time': 'holdSeconds', ACW: 'acwSeconds', CSAT: 'rating', FCR: 'firstContact',
    });
    expect(await guessed('Vorgangsnummer', 'Mitarbeiter', 'Datum', 'Uhrzeit', 'Thema', 'Angenommen', 'Gelöst', 'Wartezeit', 'Gesprächsdauer', 'Bewertung')).to.deep.equal({
      Vorgangsnummer: 'externalId', Mitarbeiter: 'agent', Datum: 'date', Uhrzeit: 'time', Thema: 'topic', Angenommen: 'answered', 'Gelöst': 'resolved',
      Wartezeit: 'waitSeconds', 'Gesprächsdauer': 'talkSeconds', Bewertung: 'rating',
    });
    expect(await guessed('Fecha', 'Agente', 'Motivo', 'Duración', 'Satisfacción')).to.include({ Fecha: 'date', Agente: 'agent', Motivo: 'topic', 'Duración': 'talkSeconds', 'Satisfacción': 'rating' });
  });

  it('lets the cells decide between columns with similar names', async () => {
    const { mapping } = await propose(table([['id', 'date', 'response_time', 'wait'], ['1', '2021-03-31', 'Within SLA', 12], ['2', '2021-03-31', 'Above SLA', 40]]));
    expect(mapping.columns).to.include({ waitSeconds: 3 });
    const { mapping: other } = await propose(table([['id', 'agent', 'date', 'start'], ['1', 'Ada', '2021-03-31', '2021-03-31 09:00']]));
    expect(other.columns).to.include({ date: 2, startedAt: 3 });
  });

  const messy: TestCell[][] = [
    ['Monthly report', null, null, null],
    [],
    [null, 'Printed on', { number: 44_286, style: 'date' }],
    [null, null, 'Call Id', 'Agent', 'Date', 'Rating'],
    [null, null, 'A1', 'Ada', '31.03.2021', 5],
  ];
  it('finds the header below titles and beside empty columns', async () => {
    const { mapping, detected } = await propose(table(messy));
    expect(mapping).to.deep.include({ headerRow: 4, sheet: 'Sheet1', columns: { externalId: 2, agent: 3, date: 4, rating: 5 } });
    expect(detected.headers.map(({ letters, text }) => [letters, text])).to.deep.equal([['C', 'Call Id'], ['D', 'Agent'], ['E', 'Date'], ['F', 'Rating']]);
  });

  it('picks the sheet with the table, leaves hidden ones out, and asks when two fit', async () => {
    const data: TestCell[][] = [['Call Id', 'Agent', 'Date'], ['A1', 'Ada', '2021-03-31']];
    const one = await propose(workbook({ sheets: [{ name: 'About', rows: [['Call centre', 'report']] }, { name: 'Data', rows: data }, { name: 'Old', rows: data, hidden: true }] }));
    expect(one.mapping.sheet).to.equal('Data');
    expect(one.questions).to.deep.equal([]);
    const two = workbook({ sheets: [{ name: 'January', rows: data }, { name: 'February', rows: data }] });
    const [question] = (await propose(two)).questions;
    expect(question).to.deep.include({ code: 'sheet_choice', answer: '/sheet' });
    expect(question?.choices.map(({ value }) => value)).to.deep.equal(['January', 'February']);
    const told = await propose(two, { sheet: 'February' });
    expect([told.mapping.sheet, told.questions]).to.deep.equal(['February', []]);
  });

  it('asks for the header where none is found, and takes the row it is told', async () => {
    const file = table([['Eins', 'Zwei'], ['1', '2']]);
    const { questions, mapping } = await propose(file);
    expect(mapping.headerRow).to.equal(null);
    expect(questions.map(({ answer }) => answer)).to.deep.equal(['/headerRow']);
    const told = await propose(file, { headerRow: 1, columns: { startedAt: 0, agent: 1 } });
    expect(told.mapping).to.deep.include({ headerRow: 1, columns: { startedAt: 0, agent: 1 } });
    expect(told.questions).to.deep.equal([]);
  });

  it('asks one thing of a sheet that says nothing, and refuses a file that does not', async () => {
    const { questions } = await propose(workbook({ sheets: [{ name: 'Cover', rows: [] }, { name: 'Calls', rows: [['Call Id', 'Agent', 'Date']] }] }), { sheet: 'Cover' });
    expect(questions).to.deep.equal([{ code: 'sheet_choice', field: null, message: 'Sheet “Cover” is empty. Which one is to be imported?', answer: '/sheet', choices: [{ value: 'Calls', label: 'Calls' }] }]);
    const missed = await propose('Call Id,Agent,Date\n1,Ada,2021-03-31\n', { headerRow: 9 });
    expect(missed.questions.map(({ message }) => message)).to.deep.equal(['There is nothing in row 9. Which row is the header?']);
    expect(await propose(table([])).catch((error: unknown) => String(error))).to.contain('There is not a single row in the file.');
  });

  it('gives files with the same header the same source, and others another', async () => {
    const source = async (...header: string[]) => (await propose(table([header, header.map(() => 'x')]))).mapping.source;
    const calls = await source('Call Id', 'Agent', 'Date');
    expect(await source('call_id', 'AGENT', 'Date ')).to.equal(calls);
    expect(await source('Call Id', 'Date', 'Agent')).not.to.equal(calls);
    expect(calls).to.match(/^header:[0-9a-f]{16}$/);
  });

  it('decides the order of day and month by the whole column', async () => {
    const file = (last: string) => `id,agent,date\n${Array.from({ length: 400 }, (_, i) => `${i},Ada,0${(i % 9) + 1}/0${(i % 7) + 1}/2021`).join('\n')}\n999,Ada,${last}\n`;
    expect((await propose(file('13/01/2021'))).mapping.options.dateOrder).to.equal('dmy');
    expect((await propose(file('01/13/2021'))).mapping.options.dateOrder).to.equal('mdy');
    const open = await propose(file('02/03/2021'));
    expect(open.questions.map(({ code }) => code)).to.deep.equal(['date_order']);
    expect((await propose(file('02/03/2021'), { options: { dateOrder: 'mdy' } })).questions).to.deep.equal([]);
  });

  it('takes units from the header, then from the numbers, and asks when either could be', async () => {
    const unit = async (header: string, ...values: TestCell[]) => {
      const { mapping, questions } = await propose(table([['id', 'agent', 'date', header], ...values.map((value, i) => [`${i}`, 'Ada', '2021-03-31', value])]));
      return questions.length > 0 ? questions.map(({ answer }) => answer) : mapping.options.units?.['talkSeconds'];
    };
    expect(await unit('Talk (min)', 3, 4)).to.equal('minutes');
    expect(await unit('Talk time', 180, 240, 20)).to.equal('seconds');
    expect(await unit('Talk time', 0.002, 0.0016)).to.equal('days');
    expect(await unit('Talk time', '0:02:00', '0:03:00')).to.equal('seconds');
    expect(await unit('Talk time', 3, 4, 12)).to.deep.equal(['/options/units/talkSeconds']);
  });

  it('puts what is told before what is remembered, and that before what is guessed', async () => {
    const file = table([['Call Id', 'Agent', 'Date', 'Topic', 'Reason'], ['1', 'Ada', '2021-03-31', 'a', 'b']]);
    expect((await propose(file)).mapping.columns).to.include({ topic: 3 });
    const remembered: PartialMapping = { columns: { topic: 4, queue: 3 } };
    expect((await propose(file, {}, remembered)).mapping.columns).to.include({ topic: 4, queue: 3 });
    const told = await propose(file, { columns: { queue: null, topic: 3 } }, remembered);
    expect(told.mapping.columns).to.include({ queue: null, topic: 3 });
    expect(mergeMappings({ values: { channel: { a: 'chat', b: 'voice' } } }, { values: { channel: { b: 'email' } } }).values).to.deep.equal({ channel: { a: 'chat', b: 'email' } });
  });

  it('remembers of more names and words than one file may have decided those that came last', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, n]));
    const { people = {}, values = {}, columns } = remembered({ columns: { agent: 1 }, people: many(5001), values: { channel: many(501), queue: many(2) } });
    expect([Object.keys(people).length, people['n0'], people['n5000']]).to.deep.equal([5000, undefined, 5000]);
    expect([Object.keys(values['channel'] ?? {}).length, values['channel']?.['n0'], values['queue'], columns]).to.deep.equal([500, undefined, { n0: 0, n1: 1 }, { agent: 1 }]);
  });
});
