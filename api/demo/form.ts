import { daysBetween } from '../performance/business-day.ts';
import { evenScore, seedOf } from './random.ts';
import type { Shift } from './shifts.ts';
import type { Drift, Skill, StoryPerson } from './story/people.ts';

/** A drift sets in before the story's first day, so that four weeks of it are there to be seen. Days. */
const ONSET = -35;
const RISE = 42;
const PLATEAU = 14;
const PERIOD = 2 * (RISE + PLATEAU);

/**
 * How far a drift has come, 0 to 1: a straight rise, a plateau, and for a wave the way back and a rest before the next.
 *
 * @param day days since the story's first day
 */
export function progressOf(course: Drift['course'], day: number): number {
  const since = day - ONSET;
  if (since <= 0) return 0;
  if (course === 'once') return Math.min(1, since / RISE);
  const phase = since % PERIOD;
  return Math.max(0, Math.min(1, phase / RISE, (2 * RISE + PLATEAU - phase) / RISE));
}

/** How much a day differs from the next without meaning anything: one standard deviation. */
const WOBBLE: Readonly<Record<keyof Skill, number>> = { csat: 0.11, handle: 0.035, pace: 0.06, fcr: 0.03, resolution: 0.02, mood: 0.03 };
const SKILLS = Object.keys(WOBBLE) as (keyof Skill)[];

/** What a person's work comes to on a day. Wobbles are spread evenly over days, so that they add up to no trend. */
export function formOn(person: StoryPerson, shift: Shift, anchor: string, take: number): Skill {
  const day = daysBetween(anchor, shift.day);
  const form = { ...person.skill } as Record<keyof Skill, number>;
  for (const drift of person.drifts ?? []) form[drift.skill] += (drift.to - form[drift.skill]) * progressOf(drift.course, day);
  for (const [dimension, key] of SKILLS.entries()) {
    const start = seedOf('wobble', person.username, key, take) / 2 ** 32;
    form[key] += WOBBLE[key] * evenScore(start, dimension, shift.ordinal);
  }
  return form;
}
