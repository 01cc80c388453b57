import { expect } from 'chai';
import fc from 'fast-check';

import { addDays, daysBetween } from '../performance/business-day.ts';
import { effectWindows } from './effect-windows.ts';

const DAY = '2026-03-31';
const around = (facts: Partial<Parameters<typeof effectWindows>[0]> = {}) => effectWindows({ day: DAY, previousOn: null, nextOn: null, today: '2026-09-01', ...facts });

describe('The windows of an effect', () => {
  it('are 28 days on each side, without the day of the session', () => {
    expect(around()).to.deep.equal({
      before: { from: '2026-03-03', to: '2026-03-30', days: 28, cutBy: null },
      after: { from: '2026-04-01', to: '2026-04-28', days: 28, cutBy: null },
    });
  });

  it('are cut at the neighbouring sessions, whose own days count on neither side', () => {
    expect(around({ previousOn: '2026-03-20', nextOn: '2026-04-10' })).to.deep.equal({
      before: { from: '2026-03-21', to: '2026-03-30', days: 10, cutBy: 'session' },
      after: { from: '2026-04-01', to: '2026-04-09', days: 9, cutBy: 'session' },
    });
  });

  it('are not cut by sessions that are further away', () => {
    expect(around({ previousOn: '2026-03-02', nextOn: '2026-04-29' })).to.deep.equal(around());
  });

  it('end yesterday while their days are still to come', () => {
    expect(around({ today: '2026-04-10' }).after).to.deep.equal({ from: '2026-04-01', to: '2026-04-09', days: 9, cutBy: 'today' });
    expect(around({ today: '2026-04-01' }).after).to.equal(null);
    expect(around({ today: '2026-03-20' }).before).to.deep.include({ to: '2026-03-19' });
  });

  it('leave a side out that has no day', () => {
    expect(around({ previousOn: '2026-03-30' }).before).to.equal(null);
    expect(around({ nextOn: '2026-04-01' }).after).to.equal(null);
  });

  it('never touch the session, a neighbour, today, or more than 28 days', () => {
    const offset = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });
    fc.assert(
      fc.property(offset, offset, fc.integer({ min: -40, max: 60 }), (back, ahead, now) => {
        const [previousOn, nextOn, today] = [back === null ? null : addDays(DAY, -back), ahead === null ? null : addDays(DAY, ahead), addDays(DAY, now)];
        const { before, after } = effectWindows({ day: DAY, previousOn, nextOn, today });
        for (const window of [before, after]) {
          if (!window) continue;
          expect(window.days).to.equal(daysBetween(window.from, window.to) + 1).and.to.be.within(1, 28);
          expect(window.to < today).to.equal(true);
        }
        if (before) expect(before.to < DAY && (previousOn === null || before.from > previousOn)).to.equal(true);
        if (after) expect(after.from > DAY && (nextOn === null || after.to < nextOn)).to.equal(true);
      }),
    );
  });
});
