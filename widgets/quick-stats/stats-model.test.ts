import { expect } from 'chai';
import { momentOf } from './stats-model.ts';

describe('the time until which something is usual', () => {
  it('is a moment, which every reader has on their own clock', () => {
    const at = '2026-11-30T11:53:20.000Z';
    expect(momentOf({ at, timezone: 'UTC' }, '11:53')).to.equal(at);
    expect(momentOf({ at, timezone: 'UTC' }, '10:00')).to.equal('2026-11-30T10:00:20.000Z');
    expect(momentOf({ at, timezone: 'Asia/Kolkata' }, '17:23')).to.equal(at);
  });
});
