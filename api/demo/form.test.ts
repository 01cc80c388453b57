import { expect } from 'chai';
import { formOn, progressOf } from './form.ts';
import type { Shift } from './shifts.ts';
import { STORY_PEOPLE } from './story/people.ts';

describe('how a person of the demo is doing', () => {
  it('changes in one direction over the four weeks before the first day, and later comes back in a wave', () => {
    const rise = Array.from({ length: 28 }, (_, i) => progressOf('wave', i - 27));
    expect(rise.every((value, i) => i === 0 || value > rise[i - 1]!)).to.equal(true);
    expect(progressOf('wave', -56)).to.equal(0);
    expect(progressOf('wave', 14)).to.equal(1);
    expect(progressOf('wave', 77)).to.equal(0);
    // The next wave rises as the first did.
    expect(progressOf('wave', 112)).to.be.closeTo(progressOf('wave', 0), 1e-9);
  });

  it('stays changed where it changed once', () => {
    expect(progressOf('once', -40)).to.equal(0);
    expect(progressOf('once', 7)).to.equal(1);
    expect(progressOf('once', 400)).to.equal(1);
  });

  it('wobbles from day to day around the usual', () => {
    const person = STORY_PEOPLE.find(({ drifts }) => !drifts)!;
    const shift = (ordinal: number): Shift => ({ day: '2026-11-20', from: 0, to: 1, ordinal });
    const csats = Array.from({ length: 40 }, (_, ordinal) => formOn(person, shift(ordinal), '2026-11-20', 0).csat);
    expect(new Set(csats).size).to.equal(40);
    expect(csats.reduce((sum, value) => sum + value, 0) / 40).to.be.closeTo(person.skill.csat, 0.03);
    expect(formOn(person, shift(3), '2026-11-20', 1).csat).to.not.equal(csats[3]);
  });
});
