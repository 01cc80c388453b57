import { addDays } from '../performance/business-day.ts';
import { Random } from './random.ts';
import type { Roster } from './shifts.ts';
import { DEMO_SIGN_INS, STORY_PEOPLE, type StoryPerson } from './story/people.ts';
import type { TeamKey } from './story/teams.ts';

/** So many of a team are on the floor at any hour, that a demo at night lives too: who has no shift then stands in. */
const LEAST: Readonly<Record<TeamKey, number>> = { billing: 8, support: 6, relations: 5 };
const STAND_IN_MS = 4 * 3_600_000;

/** Those whom the simulator may move: never an account that somebody can sign in with. */
export const CAST: readonly StoryPerson[] = STORY_PEOPLE.filter((person) => !DEMO_SIGN_INS.some((name) => name === person.username));

/** Who is to be on the floor at an instant: by the roster, and stand-ins for some hours where that gives too few. */
export function crewAt(roster: Roster, at: number): Set<string> {
  const onShift = CAST.filter((person) => roster.shiftAt(person, at));
  const crew = new Set(onShift.map((person) => person.username));
  for (const [team, least] of Object.entries(LEAST)) {
    const lacking = least - onShift.filter((person) => person.team === team).length;
    const others = CAST.filter((person) => person.team === team && !crew.has(person.username) && mayStandIn(roster, person, at));
    const turn = Math.floor(at / STAND_IN_MS);
    const order = new Map(others.map((person) => [person.username, new Random('stand-in', person.username, turn).next()]));
    others.sort((a, b) => (order.get(a.username) ?? 0) - (order.get(b.username) ?? 0));
    for (const person of others.slice(0, Math.max(0, lacking))) crew.add(person.username);
  }
  return crew;
}

/** Not on leave: whoever has a shift in the days around is there. */
function mayStandIn(roster: Roster, person: StoryPerson, at: number): boolean {
  const today = roster.calendar.dayOf(new Date(at));
  return !roster.isAbsent(person.username, today) && [-3, -2, -1, 1, 2, 3].some((days) => roster.shiftOn(person, addDays(today, days)));
}
