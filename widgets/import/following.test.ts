import { expect } from 'chai';
import { Following } from './following.ts';
import type { Progress } from './import-model.ts';

const at = (percent: number, phase: Progress['phase'] = 'parsing'): Progress => ({ phase, percent, rows: percent });

describe('following an import', () => {
  it('knows what is new, and since when nothing is', () => {
    const following = new Following();
    following.begin('one', 1_000);
    expect(following.look({ status: 'parsing', progress: at(10) }, 1_000)).to.deep.equal({ from: undefined, arrived: true, moved: true });
    expect(following.look({ status: 'parsing', progress: at(20) }, 2_000)).to.deep.equal({ from: 'parsing', arrived: false, moved: true });
    expect(following.look({ status: 'parsing', progress: at(20) }, 9_000)).to.deep.equal({ from: 'parsing', arrived: false, moved: false });
    expect([following.busySince, following.movedAt]).to.deep.equal([1_000, 2_000]);
    expect(following.look({ status: 'staged', progress: at(100, 'done') }, 10_000)).to.deep.equal({ from: 'parsing', arrived: true, moved: true });
  });

  it('measures each piece of work from its own beginning', () => {
    const following = new Following();
    following.begin('one', 0);
    following.look({ status: 'queued', progress: at(0, 'waiting') }, 1_000);
    following.look({ status: 'parsing', progress: at(10) }, 3_000);
    expect(following.busySince).to.equal(1_000);
    following.look({ status: 'staged', progress: at(100, 'done') }, 4_000);
    following.look({ status: 'committing', progress: at(10, 'committing') }, 60_000);
    expect(following.busySince).to.equal(60_000);
  });

  it('begins anew with another import', () => {
    const following = new Following();
    following.begin('one', 0);
    following.look({ status: 'committed', progress: at(100, 'done') }, 0);
    following.begin('two', 5_000);
    expect(following.look({ status: 'committed', progress: at(100, 'done') }, 5_000).from).to.equal(undefined);
  });
});
