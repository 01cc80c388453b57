import { expect } from 'chai';
import { progressOf, type Way } from './goal-progress.ts';

const PERIOD = { from: '2026-01-01', to: '2026-01-28' };
const progress = (way: Way, value: number | null, n = 40) => progressOf(way, { value, n }, PERIOD);

describe('how far a goal has come', () => {
  const down: Way = { metric: 'aht', startValue: 420, targetValue: 360 };
  const up: Way = { metric: 'csat', startValue: 4, targetValue: 4.5 };

  it('is the share of the way, in whichever direction it goes', () => {
    expect(progress(down, 390)).to.include({ share: 0.5, isReached: false, minimumN: 20 });
    expect(progress(down, 360)).to.include({ share: 1, isReached: true });
    expect(progress(down, 450)).to.include({ share: -0.5, isReached: false });
    expect(progress(up, 4.6)).to.include({ share: 1.2, isReached: true });
    expect(progress(up, 4)).to.include({ share: 0, isReached: false });
  });

  it('is not claimed to be at its end below the minimum n, nor where nothing was measured', () => {
    expect(progress(up, 4.6, 19)).to.include({ share: 1.2, isReached: null });
    expect(progress(up, null, 0)).to.include({ value: null, share: null, isReached: null });
  });

  it('without a start goes by the better side of the metric', () => {
    expect(progress({ metric: 'aht', startValue: null, targetValue: 360 }, 350)).to.include({ share: null, isReached: true });
    expect(progress({ metric: 'csat', startValue: null, targetValue: 4.5 }, 4.4)).to.include({ share: null, isReached: false });
    expect(progress({ metric: 'aht', startValue: 360, targetValue: 360 }, 370)).to.include({ share: null, isReached: false });
  });
});
