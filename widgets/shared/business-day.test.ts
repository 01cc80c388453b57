import { expect } from 'chai';
import { addDays, businessDay } from './business-day.ts';

describe('business days', () => {
  it('fall where the business is, not where the reader or the server is', () => {
    const instant = Date.UTC(2026, 2, 29, 23, 30);
    expect(businessDay(instant, 'UTC')).to.equal('2026-03-29');
    expect(businessDay(instant, 'Europe/Berlin')).to.equal('2026-03-30');
    expect(businessDay(instant, 'America/New_York')).to.equal('2026-03-29');
  });

  it('are counted over months, leap days and the change of the clocks', () => {
    expect(addDays('2026-03-01', -1)).to.equal('2026-02-28');
    expect(addDays('2028-02-28', 1)).to.equal('2028-02-29');
    expect(addDays('2026-10-24', 2)).to.equal('2026-10-26');
  });
});
