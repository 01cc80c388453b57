import { expect } from 'chai';
import { clockText, LocalTimes } from './local-times.ts';

describe('local times', () => {
  const told = (zone: string, instant: string): string => {
    const { clock, offset } = new LocalTimes(zone).of(instant);
    return clockText(clock) + offset;
  };

  it('are what the clocks show, and say which when they show a time twice', () => {
    expect(told('UTC', '2026-03-31T09:12:58.000Z')).to.equal('2026-03-31 09:12:58');
    expect(told('Europe/Berlin', '2026-03-31T22:12:58.120Z')).to.equal('2026-04-01 00:12:58.120');
    expect(told('Europe/Berlin', '2026-10-24T23:59:59Z')).to.equal('2026-10-25 01:59:59');
    expect(told('Europe/Berlin', '2026-10-25T00:00:00Z')).to.equal('2026-10-25 02:00:00+02:00');
    expect(told('Europe/Berlin', '2026-10-25T01:59:59Z')).to.equal('2026-10-25 02:59:59+01:00');
    expect(told('Europe/Berlin', '2026-10-25T02:00:00Z')).to.equal('2026-10-25 03:00:00');
    expect(told('Europe/Berlin', '2026-03-29T01:00:00Z')).to.equal('2026-03-29 03:00:00');
    expect(told('America/St_Johns', '2026-11-01T04:15:00Z')).to.equal('2026-11-01 01:45:00-02:30');
    expect(told('Australia/Lord_Howe', '2026-04-04T15:05:00Z')).to.equal('2026-04-05 01:35:00+10:30');
  });
});
