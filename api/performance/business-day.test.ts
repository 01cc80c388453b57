import { expect } from 'chai';
import fc from 'fast-check';

import { addDays, addWorkingDays, BusinessCalendar, datesFrom, daysBetween } from './business-day.ts';

describe('Business days', () => {
  const berlin = new BusinessCalendar('Europe/Berlin');

  it('begin and end at midnight of their zone, also when the clocks change', () => {
    expect(berlin.dayOf(new Date('2026-03-28T22:59:59Z'))).to.equal('2026-03-28');
    expect(berlin.dayOf(new Date('2026-03-28T23:00:00Z'))).to.equal('2026-03-29');
    const hours = (day: string) => (berlin.endOf(day).getTime() - berlin.startOf(day).getTime()) / 3_600_000;
    expect(['2026-03-28', '2026-03-29', '2026-10-25'].map(hours)).to.deep.equal([24, 23, 25]);
  });

  it('follow a zone in which midnight is skipped', () => {
    const santiago = new BusinessCalendar('America/Santiago');
    const start = santiago.startOf('2026-09-06');
    expect(santiago.dayOf(start)).to.equal('2026-09-06');
    expect(santiago.dayOf(new Date(start.getTime() - 1))).to.equal('2026-09-05');
  });

  it('are counted as dates', () => {
    expect(addDays('2026-02-27', 2)).to.equal('2026-03-01');
    expect(addDays('2026-01-01', -1)).to.equal('2025-12-31');
    expect(daysBetween('2026-03-01', '2026-02-27')).to.equal(-2);
    // From a Thursday, a Friday and a Saturday.
    expect(addWorkingDays('2027-03-25', 3)).to.equal('2027-03-30');
    expect(addWorkingDays('2027-03-26', 1)).to.equal('2027-03-29');
    expect(addWorkingDays('2027-03-27', 5)).to.equal('2027-04-02');
    expect(addWorkingDays('2027-03-25', 0)).to.equal('2027-03-25');
    expect(datesFrom('2026-02-27', '2026-03-01')).to.deep.equal(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(datesFrom('2026-03-02', '2026-03-01')).to.deep.equal([]);
    fc.assert(fc.property(fc.integer({ min: -5000, max: 5000 }), (days) => daysBetween('2026-03-29', addDays('2026-03-29', days)) === days));
  });
});
