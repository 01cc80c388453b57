import { expect } from 'chai';
import { reminderAt } from './reminding.ts';

const item = { dueDate: '2026-06-10', createdAt: '2026-06-01T12:00:00Z', remindedBefore: false };
const at = (instant: string, zone = 'Europe/Berlin', rest: Partial<typeof item> = {}, today = instant.slice(0, 10)) => reminderAt({ ...item, ...rest }, zone, today, new Date(instant));

describe('reminding of what is due', () => {
  it('begins on the morning before, by the clock of whoever is to do it', () => {
    expect(at('2026-06-08T23:00:00Z')).to.equal(undefined);
    expect(at('2026-06-09T05:59:00Z')).to.equal(undefined);
    expect(at('2026-06-09T06:00:00Z')).to.equal('before');
    expect(at('2026-06-09T06:00:00Z', 'America/New_York')).to.equal(undefined);
    expect(at('2026-06-09T12:00:00Z', 'America/New_York')).to.equal('before');
  });

  it('makes up for it on the day itself, once', () => {
    expect(at('2026-06-10T08:00:00Z')).to.equal('before');
    expect(at('2026-06-10T08:00:00Z', 'Europe/Berlin', { remindedBefore: true })).to.equal(undefined);
  });

  it('comes again on the morning after, and however late', () => {
    expect(at('2026-06-11T05:59:00Z')).to.equal(undefined);
    expect(at('2026-06-11T06:00:00Z')).to.equal('after');
    expect(at('2026-06-11T06:00:00Z', 'Europe/Berlin', { remindedBefore: true })).to.equal('after');
    expect(at('2026-09-01T10:00:00Z')).to.equal('after');
  });

  it('calls nothing late that is not late for the business, nor before the person’s own day is over', () => {
    expect(at('2026-06-10T22:00:00Z', 'Pacific/Auckland', {}, '2026-06-10'), 'ahead of the business').to.equal(undefined);
    expect(at('2026-06-11T05:00:00Z', 'America/Los_Angeles', { remindedBefore: true }, '2026-06-11'), 'behind it').to.equal(undefined);
    expect(at('2026-06-11T15:00:00Z', 'America/Los_Angeles', { remindedBefore: true }, '2026-06-11')).to.equal('after');
  });

  it('spares people on the day on which it was agreed', () => {
    expect(at('2026-06-09T14:00:00Z', 'Europe/Berlin', { createdAt: '2026-06-09T09:00:00Z' })).to.equal(undefined);
    expect(at('2026-06-10T06:30:00Z', 'Europe/Berlin', { createdAt: '2026-06-09T09:00:00Z' })).to.equal('before');
    expect(at('2026-06-10T14:00:00Z', 'Europe/Berlin', { createdAt: '2026-06-10T09:00:00Z' })).to.equal(undefined);
  });
});
