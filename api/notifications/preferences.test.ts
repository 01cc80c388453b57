import { expect } from 'chai';
import { deliverableFrom, lastDigestTime, resolveChoices } from './preferences.ts';

const utc = (text: string): Date => new Date(`${text}Z`);
const NIGHT = { quietHours: { from: '20:00', to: '07:00' }, quietDays: [], zone: 'Europe/Berlin' };

describe('Quiet hours', () => {
  const from = (quiet: Parameters<typeof deliverableFrom>[0], instant: string): string => deliverableFrom(quiet, utc(instant)).toISOString().slice(0, 16);

  it('hold back until they are over, by the clock of the person', () => {
    expect(from(NIGHT, '2026-05-04T17:59'), 'in time').to.equal('2026-05-04T17:59');
    expect(from(NIGHT, '2026-05-04T18:00'), 'in the evening').to.equal('2026-05-05T05:00');
    expect(from(NIGHT, '2026-05-05T03:30'), 'at night').to.equal('2026-05-05T05:00');
    expect(from(NIGHT, '2026-05-05T05:00'), 'when they end').to.equal('2026-05-05T05:00');
    expect(from({ ...NIGHT, zone: 'Asia/Kolkata' }, '2026-05-04T16:00'), 'half hours').to.equal('2026-05-05T01:30');
  });

  it('may lie within a day', () => {
    const siesta = { ...NIGHT, quietHours: { from: '13:00', to: '15:00' } };
    expect(from(siesta, '2026-05-04T11:30')).to.equal('2026-05-04T13:00');
    expect(from(siesta, '2026-05-04T13:00')).to.equal('2026-05-04T13:00');
  });

  it('join with quiet days, whichever comes first', () => {
    const weekend = { ...NIGHT, quietDays: [6, 7] };
    expect(from(weekend, '2026-05-08T18:30'), 'Friday evening').to.equal('2026-05-11T05:00');
    expect(from(weekend, '2026-05-10T21:59'), 'Sunday night').to.equal('2026-05-11T05:00');
    expect(from({ ...weekend, quietHours: null }, '2026-05-09T10:00')).to.equal('2026-05-10T22:00');
    expect(from({ ...weekend, quietDays: [1, 2, 3, 4, 5, 6] }, '2026-05-04T10:00'), 'all but Sunday').to.equal('2026-05-10T05:00');
  });

  it('end when clocks say so, also on the days they are changed', () => {
    expect(from(NIGHT, '2026-03-28T20:00'), 'an hour less').to.equal('2026-03-29T05:00');
    expect(from(NIGHT, '2026-10-24T20:00'), 'an hour more').to.equal('2026-10-25T06:00');
    const gap = { ...NIGHT, quietHours: { from: '22:00', to: '02:30' } };
    expect(from(gap, '2026-03-29T00:10'), 'a time that is skipped is after the change').to.equal('2026-03-29T01:30');
  });

  it('that are none hold nothing back', () => {
    expect(from({ ...NIGHT, quietHours: null }, '2026-05-05T03:30')).to.equal('2026-05-05T03:30');
  });
});

describe('The hour of a digest', () => {
  const last = (digestAt: string, zone: string, now: string): string => {
    const { at, day } = lastDigestTime(digestAt, zone, utc(now));
    return `${day} ${at.toISOString().slice(0, 16)}`;
  };

  it('is the last one there was, by the clock of the person', () => {
    expect(last('08:00', 'Europe/Berlin', '2026-05-04T06:00')).to.equal('2026-05-04 2026-05-04T06:00');
    expect(last('08:00', 'Europe/Berlin', '2026-05-04T05:59')).to.equal('2026-05-03 2026-05-03T06:00');
    expect(last('00:30', 'America/New_York', '2026-05-04T04:29')).to.equal('2026-05-03 2026-05-03T04:30');
  });

  it('is there once on days on which it is skipped or comes twice', () => {
    expect(last('02:30', 'Europe/Berlin', '2026-03-29T01:29')).to.equal('2026-03-28 2026-03-28T01:30');
    expect(last('02:30', 'Europe/Berlin', '2026-03-29T01:30')).to.equal('2026-03-29 2026-03-29T01:30');
    expect(last('02:30', 'Europe/Berlin', '2026-10-25T00:30')).to.equal('2026-10-25 2026-10-25T00:30');
    expect(last('02:30', 'Europe/Berlin', '2026-10-25T01:45')).to.equal('2026-10-25 2026-10-25T00:30');
  });
});

it('Choices that were stored before there was a group have its default', () => {
  expect(resolveChoices({ sessions: { inApp: 'digest', email: 'never' } })).to.deep.include({ sessions: { inApp: 'digest', email: 'never' }, presence: { inApp: 'now', email: 'never' } });
});
