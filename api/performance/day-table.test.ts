import { expect } from 'chai';

import { DAY_SUMS, DayTable, packingScale } from './day-table.ts';

describe('Day table', () => {
  const days = [
    { day: 3, sums: { ratingSum: 9, ratingCount: 2, sentimentSum: -0.125, sentimentCount: 1 } },
    { day: 0, imported: true, sums: { ratingSum: 4, ratingCount: 1, talkSeconds: 100, handleCount: 1 } },
  ];

  /** As PostgreSQL packs it: big-endian, in the order of its scan. */
  function packed(): Buffer {
    const rows = days.flatMap(({ day, imported, sums }) => [day, imported ? 1 : 0, ...DAY_SUMS.map((key) => ((sums as Record<string, number>)[key] ?? 0) * packingScale(key))]);
    const buffer = Buffer.alloc(rows.length * 4);
    rows.forEach((value, i) => buffer.writeInt32BE(value, i * 4));
    return buffer;
  }

  for (const [name, table] of [['made of days', DayTable.of(days)], ['decoded', DayTable.decode(packed(), '2000-01-01')]] as const) {
    it(`${name}, is in the order of days and answers by row, in all, and of computed days alone`, () => {
      expect([table.length, table.day(0), table.day(1)]).to.deep.equal([2, 0, 3]);
      expect(table.metricOn(1, 'sentiment')).to.equal(-0.125);
      expect([table.metricOn(0, 'csat'), table.metricOn(1, 'csat'), table.metricOn(1, 'aht')]).to.deep.equal([4, 4.5, null]);
      expect([table.metric('csat'), table.count('csat'), table.metric('aht'), table.metric('fcr')]).to.deep.equal([13 / 3, 3, 100, null]);
      expect([table.total('ratingCount', 'computed'), table.importedDays()]).to.deep.equal([2, 1]);
    });
  }

  it('adds exactly: eleven ratings of 4.4 are on a target of 4.4', () => {
    const tenths = Array.from({ length: 11 }, (_, day) => ({ day, sums: { ratingSum: 4.4, ratingCount: 1 } }));
    expect(DayTable.of(tenths).metric('csat')).to.equal(4.4);
    expect(tenths.reduce((sum, { sums }) => sum + sums.ratingSum, 0) / 11, 'what floating point makes of it').to.not.equal(4.4);
  });

  it('may be empty', () => {
    const empty = DayTable.decode(Buffer.alloc(0), '2026-01-01');
    expect([empty.length, empty.metric('csat'), empty.count('csat')]).to.deep.equal([0, null, 0]);
  });
});
