import { expect } from 'chai';
import type { MetricId } from '../performance/metric-definitions.ts';
import { progressDays, progressOf, type Target } from './action-progress.ts';

const DAYS = { from: '2026-03-01', to: '2026-03-28' };
const figure = (value: number | null, n = 40) => ({ ...DAYS, value, n });
const progress = (metric: MetricId, before: ReturnType<typeof figure>, now: ReturnType<typeof figure>, target: number | null) => {
  const given: Target = { value: target, from: target === null ? null : 'item' };
  const { enough, met, share } = progressOf({ id: 'x', agentId: 1, metric }, before, now, given);
  return { enough, met, share };
};

describe('progress of an action item', () => {
  it('compares the 28 days before it was agreed with those since, at most 28', () => {
    expect(progressDays('2026-03-10', null, '2026-03-10')).to.deep.equal({ baseline: { from: '2026-02-10', to: '2026-03-09' }, current: { from: '2026-03-10', to: '2026-03-10' } });
    expect(progressDays('2026-03-10', null, '2026-04-06').current).to.deep.equal({ from: '2026-03-10', to: '2026-04-06' });
    expect(progressDays('2026-03-10', null, '2026-04-07').current).to.deep.equal({ from: '2026-03-11', to: '2026-04-07' });
    expect(progressDays('2026-03-10', '2026-03-20', '2026-06-01').current).to.deep.equal({ from: '2026-03-10', to: '2026-03-20' });
  });

  it('says how much of the way is behind, upwards and downwards', () => {
    expect(progress('csat', figure(4), figure(4.2), 4.4)).to.deep.equal({ enough: true, met: false, share: 0.5 });
    expect(progress('aht', figure(400), figure(325), 300)).to.deep.equal({ enough: true, met: false, share: 0.75 });
    expect(progress('aht', figure(400), figure(290), 300)).to.deep.equal({ enough: true, met: true, share: 1 });
    expect(progress('csat', figure(4), figure(3.8), 4.4)).to.deep.equal({ enough: true, met: false, share: 0 });
  });

  it('concludes nothing from too little', () => {
    expect(progress('csat', figure(4), figure(5, 19), 4.4)).to.deep.equal({ enough: false, met: null, share: null });
    expect(progress('csat', figure(4), figure(null, 0), 4.4)).to.deep.equal({ enough: false, met: null, share: null });
    expect(progress('csat', figure(4, 19), figure(4.5, 20), 4.4)).to.deep.equal({ enough: true, met: true, share: null });
  });

  it('knows no way where there is no target, no direction, or nothing left to do', () => {
    expect(progress('csat', figure(4), figure(4.2), null)).to.deep.equal({ enough: true, met: null, share: null });
    expect(progress('handled', figure(40), figure(50), 60)).to.deep.equal({ enough: true, met: null, share: 0.5 });
    expect(progress('csat', figure(4.4), figure(4.3), 4.4)).to.deep.equal({ enough: true, met: false, share: null });
  });
});
