import { expect } from 'chai';
import { readByKind } from '../../../test/imports/read-by-kind.ts';
import { table, type TestCell } from '../../../test/imports/workbook-writer.ts';
import { withSource } from '../../../test/imports/read-rows.ts';
import type { ImportKindName } from '../kinds/kind-names.ts';
import type { SourceRow } from '../parsing/row-source.ts';
import { daysAbove } from './days-above.ts';

/** The days that lines of one cell each, above a header, offer. */
const offered = (...lines: TestCell[]): Promise<string[]> =>
  withSource(table([...lines.map((line) => [line]), ['Agent', 'Calls']]), 'book.xlsx', async (source) => {
    const rows: SourceRow[] = [];
    for await (const row of source.rows('Sheet1')) rows.push(row);
    return daysAbove(rows, lines.length + 1).map(({ day, rowNumber }) => `${rowNumber}: ${day}`);
  });

describe('a day that stands above the header', () => {
  it('is found as reports write it', async () => {
    expect(await offered('Split/Skill Agent Daily', 'Date: 11/25/2026')).to.deep.equal(['2: 2026-11-25']);
    expect(await offered('Report of 2026-11-25', { number: 46_350, style: 'date' })).to.deep.equal(['1: 2026-11-25', '2: 2026-11-24']);
    expect(await offered('Stand: 25. November 2026 06:00', 'November 24, 2026')).to.deep.equal(['1: 2026-11-25', '2: 2026-11-24']);
  });

  it('may be one of two, where it could begin with the month', async () => expect(await offered('Date: 3/4/2026')).to.deep.equal(['1: 2026-04-03', '1: 2026-03-04']));

  it('is none of a period, and nothing else is one', async () => {
    expect(await offered('Interval: 23/11/2026 00:00 - 27/11/2026 23:59', 'Version 1.2.3', 'Skill 12-13', 'Row 5 of 2026')).to.deep.equal([]);
    expect(await offered('Interval: 23/11/2026 00:00 - 23/11/2026 23:59')).to.deep.equal(['1: 2026-11-23']);
  });

  const avaya = 'Split/Skill Agent Daily\nDate: 11/25/2026\n\nAgent Name;Login ID;ACD Calls;Avg ACD Time;Avg ACW Time;% Agent Occup w/ACW;ACD Time;Held Calls;Avg Hold Time\nTotals;;83;:05:12;:00:45;82.1;18:22:24;20;:01:10\nAda;501;40;:04:12;:00:40;80.5;3:20:24;0;:01:10\nBen;502;43;:06:12;:00:42;82.5;3:22:24;2;:01:12\n';
  it('is offered where no column has the day, besides the columns and any other day', async () => {
    const { questions: [question], detected } = await readByKind('performance', avaya);
    expect(detected.likelierKind).to.equal(null);
    expect(question).to.deep.include({ code: 'day_missing', answer: '/options/day', input: 'date' });
    expect(question?.choices.slice(0, 2)).to.deep.equal([
      { value: '2026-11-25', label: 'All are of 25 November 2026: row 2 says “Date: 11/25/2026”' }, { value: 0, label: 'Column “Agent Name”', answer: '/columns/date' },
    ]);
  });

  const files: readonly (readonly [ImportKindName, string, string, unknown])[] = [
    ['performance', avaya, 'date', '2026-11-25'],
    ['interactions', 'Call Id,Agent,Time,Answered\n1,Ada,09:30,yes\n2,Ben,10:00,yes\n', 'startedAt', '2026-11-25T09:30:00.000Z'],
    ['presence', 'Agent,Login,Logout\nAda,09:30,17:00\nBen,10:00,17:00\n', 'startedAt', '2026-11-25T09:30:00.000Z'],
  ];
  for (const [kind, file, field, value] of files) {
    it(`is that of all rows of ${kind}, once it is said`, async () => {
      expect((await readByKind(kind, file)).questions.map(({ answer }) => answer)).to.deep.equal(['/options/day']);
      const { rows, questions } = await readByKind(kind, file, { options: { day: '2026-11-25' } });
      const [ada] = rows.filter(({ person }) => person === 'Ada');
      expect([questions, ada?.faults, ada?.data?.[field]]).to.deep.equal([[], [], value]);
    });
  }

  it('makes rows of another day other rows', async () => {
    const file = 'Agent,Time,Answered\nAda,09:30,yes\n';
    const [one, other] = await Promise.all(['2026-11-25', '2026-11-24'].map((day) => readByKind('interactions', file, { options: { day } })));
    expect(one?.rows[0]?.externalId).not.to.equal(other?.rows[0]?.externalId);
  });
});
