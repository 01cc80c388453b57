import { expect } from 'chai';
import { addDays, BusinessCalendar } from '../performance/business-day.ts';
import { historyOf, lostCallsOf, teamOf } from './history.ts';
import { ledgerOf } from './presence-plan.ts';
import { instantAt, Roster, weekdayOf } from './shifts.ts';
import { STORY_PEOPLE, type StoryPerson } from './story/people.ts';
import { STORY_TEAMS } from './story/teams.ts';
import { breaksOf, workThrough } from './workday.ts';

const ANCHOR = '2026-11-20';
const HOUR = 3_600_000;

describe('a working day of the demo', () => {
  const calendar = new BusinessCalendar('Europe/Berlin');
  const roster = new Roster(calendar, ANCHOR, (username, day) => username === 'grace_adeyemi' && day === '2026-11-20');
  const person = (username: string): StoryPerson => STORY_PEOPLE.find((candidate) => candidate.username === username)!;
  const work = (username: string, day: string) => {
    const who = person(username);
    const shift = roster.shiftOn(who, day)!;
    return { shift, ...workThrough({ person: who, team: teamOf(who.team), shift, anchor: ANCHOR, calendar, blocks: breaksOf(who, shift), take: 0 }) };
  };

  it('begins and ends by the clock on the wall, also when clocks change', () => {
    expect(weekdayOf('2026-11-20')).to.equal(5);
    expect(new Date(instantAt(calendar, '2026-10-23', 360)).toISOString()).to.equal('2026-10-23T04:00:00.000Z');
    expect(new Date(instantAt(calendar, '2026-10-26', 360)).toISOString()).to.equal('2026-10-26T05:00:00.000Z');
    const early = roster.shiftOn(person('marek_nowak'), '2026-10-26')!;
    expect(Math.abs(early.from - Date.parse('2026-10-26T05:00:00Z'))).to.be.below(10 * 60_000);
  });

  it('is not on days off, on leave, or before a newcomer takes contacts', () => {
    expect(roster.shiftOn(person('agent'), '2026-11-21')).to.equal(null);
    expect(roster.shiftOn(person('grace_adeyemi'), '2026-11-20')).to.equal(null);
    expect(roster.shiftOn(person('grace_adeyemi'), '2026-11-19')).to.not.equal(null);
    const leon = person('leon_fischer');
    expect(roster.shiftOn(leon, addDays(ANCHOR, -leon.joinedDaysAgo + 3))).to.equal(null);
  });

  it('finds the shift that an instant falls into, also after midnight', () => {
    const owen = person('owen_gallagher');
    const night = roster.shiftOn(owen, '2026-11-18')!;
    expect(roster.shiftAt(owen, night.to - HOUR)).to.deep.equal(night);
    expect(roster.shiftAt(owen, night.to + HOUR)).to.equal(null);
  });

  it('counts working days without a gap', () => {
    const days = Array.from({ length: 21 }, (_, i) => addDays('2026-10-05', i));
    const ordinals = days.flatMap((day) => roster.shiftOn(person('sofia_almeida'), day)?.ordinal ?? []);
    expect(ordinals.map((ordinal) => ordinal - ordinals[0]!)).to.deep.equal(Array.from({ length: ordinals.length }, (_, i) => i));
  });

  it('has one contact after the other, within the shift, and breaks in which there is none', () => {
    const { shift, contacts, stretches } = work('hannah_brandt', '2026-11-19');
    expect(contacts.length).to.be.within(25, 60);
    for (const [i, contact] of contacts.entries()) {
      expect(contact.takenAt).to.be.at.least(i === 0 ? shift.from : contacts[i - 1]!.endedAt);
      expect(contact.endedAt).to.be.at.least(contact.takenAt);
      expect(contact.startedAt).to.equal(contact.takenAt - (contact.waitSeconds ?? 0) * 1000);
    }
    const lunch = stretches.findIndex(({ reason }) => reason === 'Lunch');
    const [from, to] = [stretches[lunch]!.from, stretches[lunch + 1]!.from];
    expect(to - from).to.be.within(28 * 60_000, 33 * 60_000);
    expect(contacts.some((contact) => contact.takenAt < to && contact.endedAt > from)).to.equal(false);
    expect(stretches.at(-1)).to.deep.include({ status: 'offline' });
  });

  it('is busy exactly while with a customer', () => {
    const { contacts, stretches } = work('hannah_brandt', '2026-11-19');
    const calls = contacts.filter(({ kind, outcome }) => kind.live && outcome === 'answered');
    const busy = stretches.flatMap((stretch, i) => (stretch.reason === 'On a call' || stretch.reason === 'In a chat' ? [[stretch.from, stretches[i + 1]!.from]] : []));
    expect(busy).to.deep.equal(calls.map((contact) => [contact.takenAt, contact.endedAt]));
  });

  it('is told the same alone and among others', () => {
    const priya = person('priya_raman');
    const weeks = historyOf(roster, priya, { from: '2026-10-01', to: ANCHOR }, () => [], 2);
    const day = historyOf(roster, priya, { from: '2026-11-17', to: '2026-11-17' }, () => [], 2);
    expect(weeks.contacts.filter(({ externalId }) => externalId.startsWith('2026-11-17'))).to.deep.equal(day.contacts);
    expect(historyOf(roster, priya, { from: '2026-11-17', to: '2026-11-17' }, () => [], 3).contacts).to.not.deep.equal(day.contacts);
  });

  it('brings more customers by day than by night and on Mondays than on Sundays', () => {
    const lost = lostCallsOf(roster, { from: '2026-10-01', to: ANCHOR });
    const count = (is: (at: Date) => boolean): number => lost.filter((contact) => is(new Date(contact.startedAt))).length;
    expect(count((at) => at.getUTCHours() >= 9 && at.getUTCHours() < 13)).to.be.above(3 * count((at) => at.getUTCHours() < 4));
    expect(count((at) => at.getUTCDay() === 1)).to.be.above(count((at) => at.getUTCDay() === 0));
    expect(new Set(lost.map(({ externalId }) => externalId)).size).to.equal(lost.length);
    expect(lost.every(({ username, outcome }) => username === null && outcome === 'abandoned')).to.equal(true);
  });

  it('has every kind of contact, and what customers want is what its team is for', () => {
    for (const team of STORY_TEAMS) {
      const who = STORY_PEOPLE.find((candidate) => candidate.team === team.key)!;
      const { contacts } = historyOf(roster, who, { from: '2026-11-02', to: '2026-11-20' }, () => [], 0);
      expect([...new Set(contacts.map(({ kind }) => kind))]).to.have.members([...team.kinds]);
      const topics = new Set(team.topics.map(([queue, topic]) => `${queue}/${topic}`));
      expect(contacts.every(({ queue, topic }) => topics.has(`${queue}/${topic}`))).to.equal(true);
    }
  });
});

describe('the presence ledger of the demo', () => {
  const stretches = [
    { status: 'online', reason: null, from: 100 },
    { status: 'busy', reason: 'On a call', from: 200 },
    { status: 'online', reason: null, from: 300 },
    { status: 'away', reason: 'Break', from: 300 },
    { status: 'online', reason: null, from: 400 },
    { status: 'offline', reason: null, from: 500 },
  ] as const;

  it('has neither gaps nor overlaps nor stretches of no length', () => {
    expect(ledgerOf(stretches, undefined, 450, false)).to.deep.equal([
      { status: 'online', reason: null, from: 100, to: 200 },
      { status: 'busy', reason: 'On a call', from: 200, to: 300 },
      { status: 'away', reason: 'Break', from: 300, to: 400 },
      { status: 'online', reason: null, from: 400, to: null },
    ]);
  });

  it('begins where it is told to, with the status of that instant', () => {
    expect(ledgerOf(stretches, 250, 350, false)).to.deep.equal([
      { status: 'busy', reason: 'On a call', from: 250, to: 300 },
      { status: 'away', reason: 'Break', from: 300, to: null },
    ]);
    expect(ledgerOf(stretches, 50, 90, false)).to.deep.equal([{ status: 'offline', reason: null, from: 50, to: null }]);
  });

  it('leaves nobody with a customer of whom nothing is stored', () => {
    expect(ledgerOf(stretches, undefined, 250, false)).to.deep.equal([{ status: 'online', reason: null, from: 100, to: null }]);
  });

  it('sends home who is not to be on the floor', () => {
    expect(ledgerOf(stretches, undefined, 350, true).at(-1)).to.deep.equal({ status: 'offline', reason: null, from: 350, to: null });
    expect(ledgerOf(stretches, undefined, 900, true)).to.deep.equal(ledgerOf(stretches, undefined, 900, false));
  });
});
