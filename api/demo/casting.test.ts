import { expect } from 'chai';
import { addDays, BusinessCalendar, daysBetween } from '../performance/business-day.ts';
import { mannKendall, theilSenSlope } from '../statistics/robust-trend.ts';
import { castStory } from './casting.ts';
import { Roster } from './shifts.ts';
import { STORY_PEOPLE } from './story/people.ts';

const MINUTE = 60_000;

describe('casting the demo', () => {
  /** A month and more of start days, at hours all around the clock. */
  const starts = Array.from({ length: 6 }, (_, i) => Date.parse('2026-10-02T00:10:00Z') + i * (6 * 1440 + 259) * MINUTE);
  const calendar = new BusinessCalendar('UTC');
  const cast = (username: string, now: number) => {
    const anchor = calendar.dayOf(new Date(now));
    const person = STORY_PEOPLE.find((candidate) => candidate.username === username)!;
    return castStory(new Roster(calendar, anchor, () => false), person, addDays(anchor, -56), now, () => []);
  };

  /** Daily means of the last four weeks, computed here from the contacts themselves. */
  function trend(username: string, now: number, value: (contact: ReturnType<typeof cast>['contacts'][number]) => number | null) {
    const first = addDays(calendar.dayOf(new Date(now)), -27);
    const days = new Map<number, number[]>();
    for (const contact of cast(username, now).contacts) {
      const day = daysBetween(first, calendar.dayOf(new Date(contact.startedAt)));
      const measured = value(contact);
      if (day >= 0 && contact.endedAt <= now && measured !== null) days.set(day, [...(days.get(day) ?? []), measured]);
    }
    const series = [...days].sort(([a], [b]) => a - b).map(([day, values]) => [day, values.reduce((sum, v) => sum + v, 0) / values.length] as const);
    const [x, y] = [series.map(([day]) => day), series.map(([, mean]) => mean)];
    return { slope: theilSenSlope(x, y)!, p: mannKendall(y).p, days: x.length };
  }

  it('shows two people getting worse and one improving on whatever day and hour the demo begins', () => {
    for (const now of starts) {
      const at = new Date(now).toISOString();
      const priya = trend('priya_raman', now, ({ rating }) => rating);
      const marek = trend('marek_nowak', now, ({ outcome, talkSeconds, holdSeconds, acwSeconds }) =>
        outcome === 'answered' ? (talkSeconds ?? 0) + (holdSeconds ?? 0) + (acwSeconds ?? 0) : null);
      const sofia = trend('sofia_almeida', now, ({ rating }) => rating);
      for (const { p, days } of [priya, marek, sofia]) {
        expect(p, at).to.be.below(0.05);
        expect(days, at).to.be.at.least(12);
      }
      expect([Math.sign(priya.slope), Math.sign(marek.slope), Math.sign(sofia.slope)], at).to.deep.equal([-1, 1, 1]);
    }
  }).timeout(60_000);

  it('leaves everybody else without a trend', () => {
    for (const username of ['agent', 'hannah_brandt', 'owen_gallagher', 'noah_jansen']) {
      for (const now of starts) expect(trend(username, now, ({ rating }) => rating).p, `${username} ${new Date(now).toISOString()}`).to.be.at.least(0.05);
    }
  }).timeout(60_000);

  it('casts the same life for the same start', () => {
    const [once, again] = [cast('mia_kowalska', starts[0]!), cast('mia_kowalska', starts[0]!)];
    expect(once).to.deep.equal(again);
  });
});
