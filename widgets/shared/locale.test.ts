import { expect } from 'chai';
import { Locale } from './locale.ts';
import './strings/board.ts';

describe('Locale', () => {
  const locale = new Locale('en-GB');

  it('writes time that passed as a clock, then in hours, then in days', () => {
    const written = [0, 42, 724, 3_599, 3_600, 4_320, 86_399, 86_400, 183_600].map((seconds) => locale.elapsed(seconds));
    expect(written).to.deep.equal(['0:00', '0:42', '12:04', '59:59', '1 h 0 m', '1 h 12 m', '23 h 59 m', '1 d 0 h', '2 d 3 h']);
  });

  it('never shows a negative time, whatever this machine’s clock says', () => {
    expect(locale.elapsed(-90)).to.equal('0:00');
  });

  it('fills in placeholders and chooses the plural form by n', () => {
    expect(locale.t('board.people', { n: 1 })).to.equal('1 person');
    expect(locale.t('board.people', { n: 1200 })).to.equal('1,200 people');
    expect(locale.t('board.emptySearch', { query: 'Ana' })).to.equal('Nobody here is called “Ana”.');
  });

  it('leaves a placeholder nobody filled readable, and does not read placeholders out of values', () => {
    expect(locale.t('board.count', { n: 3 })).to.equal('3 {status}');
    expect(locale.t('board.count', { n: 3, status: '{n}' })).to.equal('3 {n}');
  });

  it('takes words that replace the built-in ones, with the plural rules of their language', () => {
    const polish = new Locale('pl', { 'board.people': { one: '{n} osoba', few: '{n} osoby', other: '{n} osób' } });
    expect([1, 3, 5].map((n) => polish.t('board.people', { n }))).to.deep.equal(['1 osoba', '3 osoby', '5 osób']);
    expect(polish.t('board.title')).to.equal('Floor');
  });

  it('shows a business day as that day in every time zone', () => {
    expect(locale.day('2021-03-31')).to.equal('31 Mar 2021');
  });

  it('tells ages in whole units that have passed', () => {
    const now = Date.UTC(2026, 10, 20, 12);
    const ages = [20, 100, 3_000, 90_000, 260_000].map((seconds) => locale.ago(now - seconds * 1000, now));
    expect(ages).to.deep.equal(['this minute', '1 min ago', '50 min ago', '25 hr ago', '3 days ago']);
  });

  it('says of what is due at the end of a day that day, and of anything else the moment', () => {
    const locale = new Locale('en-GB');
    const seventh = locale.shortDay('2026-12-07T12:00:00Z', 'UTC');
    expect(locale.due('2026-12-08T00:00:00Z', 'UTC')).to.equal(seventh);
    expect(locale.due('2026-12-08T00:00:00Z', 'Europe/Berlin')).to.equal(locale.instant('2026-12-08T00:00:00Z'));
    expect(locale.due('2026-12-07T23:00:00Z', 'Europe/Berlin')).to.equal(seventh);
  });
});
