import { expect } from 'chai';
import { commitImportJob, parseImportJob, rollBackImportJob } from '../imports/imports.jobs.ts';
import { waitAfter } from './jobs.ts';

describe('jobs that fail', () => {
  it('wait longer each time, half a minute at most, and not all as long', () => {
    expect([1, 2, 3, 5, 6, 60].map((attempts) => waitAfter(attempts, 0))).to.deep.equal([1000, 2000, 4000, 16_000, 30_000, 30_000]);
    expect([1, 60].map((attempts) => waitAfter(attempts, 1))).to.deep.equal([500, 15_000]);
  });

  it('are tried on through an outage of three quarters of an hour at least, where they are imports', () => {
    for (const { attempts } of [parseImportJob, commitImportJob, rollBackImportJob]) {
      const waits = Array.from({ length: attempts - 1 }, (_, i) => waitAfter(i + 1, 1));
      expect(waits.reduce((sum, wait) => sum + wait, 0)).to.be.above(45 * 60_000);
    }
  });
});
