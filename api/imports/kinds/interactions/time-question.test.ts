import { expect } from 'chai';
import { readByKind, type ReadFile } from '../../../../test/imports/read-by-kind.ts';
import type { TestCell } from '../../../../test/imports/workbook-writer.ts';

const when = ({ rows }: ReadFile): unknown[] => rows.map(({ data }) => [data?.['startedAt'], data?.['precision']]);
const asked = ({ questions }: ReadFile): unknown[] => questions.filter(({ field }) => field === 'time').map(({ answer, choices }) => [answer, choices.map(({ value }) => value)]);

describe('when imported interactions began', () => {
  it('is date and time of day, also below a header of two rows', async () => {
    const file = await readByKind('interactions', [
      ['Call', null, null, 'Times', null, null, 'Quality'],
      ['Call Id', 'Agent', 'Date', 'Start', 'Talk Time', 'Wait', 'Rating'],
      ['1', 'Ada', '2026-10-13', '09:15', '0:04:20', '12', '4'],
      ['2', 'Ada', '2026-10-14', { number: 0.5, style: 'time' }, '0:04:20', '12', '4'],
    ]);
    expect(when(file)).to.deep.equal([['2026-10-13T09:15:00.000Z', 'second'], ['2026-10-14T12:00:00.000Z', 'second']]);
    expect([file.mapping.headerRow, asked(file)]).to.deep.equal([2, []]);
  });

  const rows: TestCell[][] = [['Call Id', 'Agent', 'Date', 'Sonne', 'Pause'], ['1', 'Ada', '2026-10-13', '09:15', '0:15'], ['2', 'Ada', '2026-10-14', '10:15:30', '0:05']];

  it('is asked where only a column that nobody knows has times of day', async () => {
    expect(asked(await readByKind('interactions', rows))).to.deep.equal([['/columns/time', [3, null]]]);
    const told = await readByKind('interactions', rows, { columns: { time: 3 } });
    expect([when(told), asked(told)]).to.deep.equal([[['2026-10-13T09:15:00.000Z', 'second'], ['2026-10-14T10:15:30.000Z', 'second']], []]);
    const none = await readByKind('interactions', rows, { columns: { time: null } });
    expect([when(none)[0], asked(none)]).to.deep.equal([['2026-10-13T00:00:00.000Z', 'day'], []]);
  });

  it('is not asked where the dates have times', async () => {
    const whole = rows.map(([id = null, agent = null, date = null, ...more], i) => [id, agent, i > 0 && typeof date === 'string' ? `${date} 08:00` : date, ...more]);
    expect(asked(await readByKind('interactions', whole))).to.deep.equal([]);
  });
});
