import { expect } from 'chai';
import fc from 'fast-check';

import { DEFAULT_TEAM_SETTINGS, SIGNAL_CODES, type SignalCode, type TeamSettings } from '../performance/team-settings.ts';
import { MOMENT, person, ratings, ratingsPerDay, team, weightsOn } from './facts.fixture.ts';
import { rank, scoreTeam, type Reason, type ScoredTeam } from './priority-queue.scoring.ts';
import type { PersonFacts, TeamFacts } from './queue-facts.ts';
import { reasonSentence } from './sentences.ts';

const ONLY_CSAT = { weights: weightsOn('gap.csat') };

const reasonOf = (scored: ScoredTeam, id: number, code: SignalCode): Reason =>
  scored.eligible.find((one) => one.facts.person.id === id)!.reasons.find((reason) => reason.code === code)!;
const score = (facts: TeamFacts) => scoreTeam(facts, MOMENT);
const single = (facts: PersonFacts, settings: Partial<TeamSettings>, code: SignalCode) => reasonOf(score(team([facts], settings)), facts.person.id, code);

describe('Score: gap to target', () => {
  it('takes 10 % of the target for one deviation under five people', () => {
    // (4.4 − 3.96) / 0.44 = 1 deviation: half of the points.
    const reason = single(person(1, { days: [ratings(3.96)] }), ONLY_CSAT, 'gap.csat');
    expect(reason.comparison!.deviations).to.be.closeTo(1, 1e-9);
    expect(reason).to.include({ points: 50, hasData: true, n: 25 });
    expect(reasonSentence(reason)).to.equal('CSAT 3.96 over 25 ratings, target 4.4: 10 % below.');
  });

  it('says a distance that rounds to nothing in words', () => {
    const people = [4, 4.5, 4.399, 4.6, 4.8].map((mean, i) => person(i + 1, { days: [ratings(mean, 1000)] }));
    const sentence = reasonSentence(reasonOf(score(team(people, ONLY_CSAT)), 3, 'gap.csat'));
    expect(sentence).to.equal('CSAT 4.4 over 1000 ratings, target 4.4: just below.');
  });

  it('takes the standard deviation of the people’s means from five on', () => {
    // Means 4.0 4.2 4.4 4.6 4.8: sample SD √0.1 = 0.31623; (4.4 − 4.0) / 0.31623 = 1.26491, worth 63.2 of 100.
    const people = [4, 4.2, 4.4, 4.6, 4.8].map((mean, i) => person(i + 1, { days: [ratings(mean)] }));
    const scored = score(team(people, ONLY_CSAT));
    expect(reasonOf(scored, 1, 'gap.csat').comparison!.deviations).to.be.closeTo(1.264911, 1e-6);
    expect(scored.eligible.map((one) => one.score)).to.deep.equal([63.2, 31.6, 0, 0, 0]);
    expect(reasonSentence(reasonOf(scored, 1, 'gap.csat'))).to.equal('CSAT 4.0 over 25 ratings, target 4.4: 1.3 team deviations below.');
    expect(scored.processFindings).to.deep.equal([]);
  });

  it('falls back to 10 % where five people have the same value', () => {
    const people = [1, 2, 3, 4, 5].map((id) => person(id, { days: [ratings(4.18)] }));
    const scored = score(team(people, { ...ONLY_CSAT, targets: { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4 } }));
    expect(scored.eligible.map((one) => one.score)).to.deep.equal([0, 0, 0, 0, 0]);
    const worse = score(team([...people, person(6, { days: [ratings(4.18)] })], { ...ONLY_CSAT, targets: { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4.4 } }));
    expect(worse.processFindings[0]!.yardstick.spread).to.be.closeTo(0.44, 1e-12);
  });

  it('turns round for metrics of which less is better', () => {
    const slow = person(1, { days: [{ day: 0, sums: { talkSeconds: 504 * 30, handleCount: 30 } }] });
    const reason = single(slow, { weights: weightsOn('gap.aht') }, 'gap.aht');
    expect(reason.comparison!.deviations).to.be.closeTo(2, 1e-9);
    expect(reason.points).to.equal(100);
    expect(reasonSentence(reason)).to.equal('Handle time 8:24 over 30 interactions handled, target 7:00: 20 % above.');
    const quick = person(1, { days: [{ day: 0, sums: { talkSeconds: 300 * 30, handleCount: 30 } }] });
    expect(reasonSentence(single(quick, { weights: weightsOn('gap.aht') }, 'gap.aht'))).to.equal('Handle time 5:00 over 30 interactions handled meets the target of 7:00.');
  });

  it('says that there is no data, or too little of it, and gives no points', () => {
    const nothing = single(person(1), ONLY_CSAT, 'gap.csat');
    expect(nothing).to.include({ points: 0, hasData: false, value: null });
    expect(reasonSentence(nothing)).to.equal('CSAT: no data in 28 days.');
    const few = single(person(1, { days: [ratings(1, 19)] }), ONLY_CSAT, 'gap.csat');
    expect(few).to.include({ points: 0, hasData: false });
    expect(reasonSentence(few)).to.equal('CSAT: only 19 ratings in 28 days, 20 are needed.');
    expect(single(person(1, { days: [ratings(1, 20)] }), ONLY_CSAT, 'gap.csat').points).to.equal(100);
  });

  it('makes a gap that 60 % of five share a matter of the process, and measures from the median', () => {
    const means = [3.8, 4, 4.2, 4.4, 4.6];
    const scored = score(team(means.map((mean, i) => person(i + 1, { days: [ratings(mean)] })), ONLY_CSAT));
    expect(scored.processFindings).to.have.length(1);
    expect(scored.processFindings[0]!.yardstick).to.include({ missing: 3, measured: 5, target: 4.4 });
    expect(scored.processFindings[0]!.people.map((one) => one.person.id)).to.deep.equal([1, 2, 3, 4, 5]);
    // From the median 4.2 with SD √0.1: 0.4 / 0.31623 = 1.26491.
    expect(reasonOf(scored, 1, 'gap.csat').comparison).to.deep.include({ kind: 'teamMedian' });
    expect(scored.eligible.map((one) => one.score)).to.deep.equal([63.2, 31.6, 0, 0, 0]);
    expect(reasonSentence(reasonOf(scored, 1, 'gap.csat'))).to.equal('CSAT 3.8 over 25 ratings, team median 4.2: 1.3 team deviations below. Most of the team misses the target of 4.4.');
    const four = score(team(means.slice(0, 4).map((mean, i) => person(i + 1, { days: [ratings(mean)] })), ONLY_CSAT));
    expect(four.processFindings, 'four people are no team').to.deep.equal([]);
    const half = score(team([3.8, 4, 4.4, 4.5, 4.6].map((mean, i) => person(i + 1, { days: [ratings(mean)] })), ONLY_CSAT));
    expect(half.processFindings, '40 % are not most').to.deep.equal([]);
  });

  it('does not look at a metric without weight', () => {
    const scored = score(team([1, 2, 3, 4, 5].map((id) => person(id, { days: ratingsPerDay([5, 4.8, 4.5, 4.2, 4, 3.8, 3.5, 3.2, 3, 2.8, 2.5, 2.2]) })), { weights: weightsOn('cadence') }));
    expect(scored.processFindings).to.deep.equal([]);
    expect(scored.eligible[0]!.reasons.map((reason) => reason.code)).to.deep.equal(['cadence']);
  });
});

describe('Score: trend', () => {
  const settings = { weights: weightsOn('gap.csat', 'trend') };
  const falling = Array.from({ length: 12 }, (_, day) => 4.9 - day * 0.01);

  it('counts a significant fall by its size over 28 days in deviations', () => {
    // −0.01 a day × 28 = −0.28; one deviation is 0.44: 0.28 / 0.88 = 0.31818 of 50 points.
    const reason = single(person(1, { days: ratingsPerDay(falling) }), settings, 'trend');
    expect(reason.value).to.be.closeTo(-0.28, 1e-9);
    expect(reason.points).to.equal(15.9);
    expect(reasonSentence(reason)).to.match(/^CSAT fell by 0\.28 in 28 days \(12 days measured, p < 0\.001\)\.$/);
  });

  it('needs twelve days, significance and the wrong direction', () => {
    expect(single(person(1, { days: ratingsPerDay(falling.slice(1)) }), settings, 'trend')).to.include({ points: 0, hasData: false });
    expect(single(person(1, { days: ratingsPerDay([...falling].reverse()) }), settings, 'trend')).to.include({ points: 0, hasData: true });
    const restless = [4.5, 4.7, 4.4, 4.8, 4.3, 4.9, 4.4, 4.6, 4.5, 4.7, 4.4, 4.6];
    expect(single(person(1, { days: ratingsPerDay(restless) }), settings, 'trend')).to.include({ points: 0, hasData: true });
  });
});

describe('Score: notes, actions, sessions, sentiment', () => {
  it('weighs notes by type, priority and age', () => {
    const weights = { weights: weightsOn('notes') };
    const points = (notes: PersonFacts['notes']) => single(person(1, { notes }), weights, 'notes').points;
    expect(points([])).to.equal(0);
    // 1 − exp(−1/3) = 0.28347; urgent, high, four weeks old: 2 × 1.5 × 2 = 6 → 1 − exp(−2) = 0.86466.
    expect(points([{ type: 'COACHING', priority: 'MEDIUM', ageDays: 0 }])).to.equal(28.3);
    expect(points([{ type: 'URGENT', priority: 'HIGH', ageDays: 28 }])).to.equal(86.5);
    expect(points([{ type: 'URGENT', priority: 'HIGH', ageDays: 400 }])).to.equal(86.5);
    expect(points([{ type: 'COACHING', priority: 'LOW', ageDays: 14 }])).to.equal(22.1);
    expect(points([{ type: 'POSITIVE', priority: 'HIGH', ageDays: 14 }])).to.equal(0);
  });

  it('weighs overdue actions', () => {
    const points = (overdueActions: number) => single(person(1, { overdueActions }), { weights: weightsOn('overdueActions') }, 'overdueActions').points;
    expect([0, 1, 2, 5].map(points)).to.deep.equal([0, 39.3, 63.2, 91.8]);
  });

  it('weighs the time since the last session by the cadence, from joining for who had none', () => {
    const reason = (facts: Partial<PersonFacts>) => single(person(1, { ...facts, days: [] }), { weights: weightsOn('cadence'), cadenceDays: 20 }, 'cadence');
    const since = (lastSessionOn: string) => reason({ lastSessionOn, lastSessionAt: `${lastSessionOn}T10:00:00.000Z`, joinedOn: '2020-01-01' });
    expect(since('2026-03-11')).to.include({ points: 0, value: 20 });
    expect(since('2026-03-01')).to.include({ points: 50, value: 30 });
    expect(since('2026-01-01').points).to.equal(100);
    const never = reason({ joinedOn: '2026-03-06' });
    expect(never).to.include({ points: 25, value: 25, hasData: true });
    expect(reasonSentence(never)).to.equal('Never had a session; joined 25 days ago, the team’s cadence is 20 days.');
    expect(reason({ joinedOn: '2026-04-01' })).to.include({ points: 0, hasData: false, value: null });
  });

  it('weighs the customers’ sentiment like a gap', () => {
    const days = [{ day: 0, sums: { sentimentSum: -0.1 * 30, sentimentCount: 30 } }];
    const reason = single(person(1, { days }), { weights: weightsOn('sentiment') }, 'sentiment');
    expect(reason.points).to.equal(50);
    expect(reasonSentence(reason)).to.equal('Customer sentiment −0.1 over 30 interactions, target 0.0: 0.1 below.');
  });
});

describe('Queue: order and eligibility', () => {
  it('lists who is not eligible with the first reason that holds', () => {
    const absence = { kind: 'leave', endsOn: '2026-04-05' };
    const snooze = { until: '2026-04-02T00:00:00.000Z', on: '2026-04-02', reason: 'New in the team' };
    const scored = score(
      team([
        person(1, { absence, snooze }),
        person(2, { sessionRunning: true, nextSessionAt: '2026-04-01T09:00:00.000Z' }),
        person(3, { nextSessionAt: '2026-04-01T09:00:00.000Z', snooze }),
        person(4, { snooze }),
        person(5),
      ]),
    );
    expect(scored.notEligible.map((one) => [one.facts.person.id, one.reason.code])).to.deep.equal([[1, 'absent'], [2, 'session_running'], [3, 'session_booked'], [4, 'snoozed']]);
    expect(scored.eligible.map((one) => one.facts.person.id)).to.deep.equal([5]);
  });

  it('breaks ties by the longest time without a session, then by id', () => {
    const weights = { weights: weightsOn('notes') };
    const session = (day: string) => ({ lastSessionAt: `${day}T10:00:00.000Z`, lastSessionOn: day });
    const people = [
      person(4, session('2026-03-10')),
      person(3, session('2026-03-01')),
      person(2, { joinedOn: '2026-03-05' }),
      person(1, session('2026-03-10')),
      person(9, { notes: [{ type: 'URGENT', priority: 'LOW', ageDays: 0 }] }),
    ];
    expect(rank([score(team(people, weights))]).map(({ person: one }) => one.facts.person.id)).to.deep.equal([9, 3, 2, 1, 4]);
  });
});

describe('Queue: recognition', () => {
  const rising = Array.from({ length: 12 }, (_, day) => 4 + day * 0.02);

  it('praises who improves, who is the best beyond target, who was praised, who finished actions, once each', () => {
    const people = [
      person(1, { days: ratingsPerDay(rising), praise: 2 }),
      person(2, { days: [ratings(4.9)], actionsDone: 3 }),
      person(3, { praise: 1 }),
      person(4, { actionsDone: 2 }),
      person(5, { actionsDone: 1 }),
    ];
    const { recognitions } = score(team(people, { targets: { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4.2 } }));
    expect(recognitions.map((one) => [one.facts.person.id, one.code])).to.deep.equal([[1, 'improving'], [2, 'above_target'], [3, 'praised'], [4, 'actions_done']]);
  });

  it('asks for one deviation beyond the target and enough data', () => {
    const best = (mean: number, count: number) => score(team([person(1, { days: [ratings(mean, count)] })], { targets: { ...DEFAULT_TEAM_SETTINGS.targets, csat: 4 } })).recognitions;
    expect(best(4.41, 20)).to.have.length(1);
    expect(best(4.39, 20)).to.deep.equal([]);
    expect(best(5, 19)).to.deep.equal([]);
  });
});

const share = fc.double({ min: 0, max: 1, noNaN: true });
const someDays = fc.array(
  fc.record({ ratings: fc.nat({ max: 9 }), mean: share, offered: fc.nat({ max: 9 }), within: share, handled: fc.nat({ max: 9 }), seconds: fc.nat({ max: 900 }), resolved: share, mood: share }),
  { maxLength: 28 },
);
const somebody = (id: number) =>
  fc
    .record({
      days: someDays,
      notes: fc.array(fc.record({ type: fc.constantFrom('COACHING' as const, 'URGENT' as const), priority: fc.constantFrom('LOW' as const, 'MEDIUM' as const, 'HIGH' as const), ageDays: fc.double({ min: 0, max: 400, noNaN: true }) }), { maxLength: 5 }),
      overdueActions: fc.nat({ max: 6 }),
      lastSessionOn: fc.option(fc.constantFrom('2026-01-05', '2026-02-20', '2026-03-30')),
      joinedOn: fc.constantFrom('2020-05-01', '2026-03-01', '2026-04-02'),
    })
    .map(({ days, lastSessionOn, ...facts }) =>
      person(id, {
        ...facts,
        lastSessionOn,
        lastSessionAt: lastSessionOn && `${lastSessionOn}T08:00:00.000Z`,
        days: days.map((one, day) => ({
          day,
          sums: {
            ratingCount: one.ratings, ratingSum: one.ratings * (1 + 4 * one.mean), slaEligible: one.offered, withinTarget: Math.round(one.offered * one.within),
            waitCount: one.handled, waitSeconds: one.handled * one.seconds, handleCount: one.handled, talkSeconds: one.handled * one.seconds,
            firstContactEligible: one.handled, firstContactResolved: Math.round(one.handled * one.resolved), resolutionCount: one.handled,
            resolutionResolved: Math.round(one.handled * one.resolved), sentimentCount: one.handled, sentimentSum: one.handled * (2 * one.mood - 1),
          },
        })),
      }),
    );
const someTeam = fc.integer({ min: 1, max: 9 }).chain((size) => fc.tuple(...Array.from({ length: size }, (_, i) => somebody(i + 1))));
const someWeights = fc
  .array(fc.nat({ max: 50 }), { minLength: SIGNAL_CODES.length, maxLength: SIGNAL_CODES.length })
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => {
    const total = parts.reduce((sum, part) => sum + part, 0);
    return Object.fromEntries(SIGNAL_CODES.map((code, i) => [code, (parts[i]! * 100) / total])) as Record<SignalCode, number>;
  });

describe('Score: what always holds', () => {
  it('adds up, stays within its bounds, has no NaN and says something', () => {
    fc.assert(
      fc.property(someTeam, someWeights, (people, weights) => {
        for (const { score: total, reasons } of score(team(people, { weights })).eligible) {
          expect(total).to.be.within(0, 100);
          expect(reasons.reduce((sum, reason) => sum + Math.round(reason.points * 10), 0)).to.equal(Math.round(total * 10));
          for (const reason of reasons) {
            expect(reason.strength).to.be.within(0, 1);
            expect(reason.points).to.be.within(0, reason.weight + 0.1);
            if (!reason.hasData) expect(reason.points).to.equal(0);
            expect(reasonSentence(reason)).to.match(/^[^]{10,}\.$/).and.not.match(/NaN|undefined|null|Infinity/);
          }
        }
      }),
    );
  });

  it('does not depend on the order in which people are read', () => {
    fc.assert(
      fc.property(someTeam, fc.infiniteStream(fc.nat()), (people, keys) => {
        const order = people.map((one) => ({ one, key: keys.next().value as number })).sort((a, b) => a.key - b.key).map(({ one }) => one);
        expect(rank([score(team(order))])).to.deep.equal(rank([score(team(people))]));
        expect(score(team(order)).recognitions).to.deep.equal(score(team(people)).recognitions);
      }),
    );
  });

  it('does not fall when something gets worse', () => {
    fc.assert(
      fc.property(somebody(1), fc.nat({ max: 3 }), (facts, more) => {
        const total = (changes: Partial<PersonFacts>) => score(team([{ ...facts, ...changes }])).eligible[0]!.score;
        const before = total({});
        expect(total({ overdueActions: facts.overdueActions + more })).to.be.at.least(before);
        expect(total({ notes: [...facts.notes, { type: 'URGENT', priority: 'LOW', ageDays: more }] })).to.be.at.least(before);
        expect(total({ notes: facts.notes.map((note) => ({ ...note, ageDays: note.ageDays + more })) })).to.be.at.least(before);
      }),
    );
  });

  it('gives the worse of two figures at least as many points', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 5, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }), (mean, less) => {
        const points = (value: number) => single(person(1, { days: [ratings(value)] }), ONLY_CSAT, 'gap.csat').points;
        expect(points(mean - less)).to.be.at.least(points(mean));
      }),
    );
  });
});
