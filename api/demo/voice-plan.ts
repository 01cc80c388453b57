import { addDays, addWorkingDays, type BusinessCalendar } from '../performance/business-day.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';
import { leaderOf, personOf } from './coaching-plan.ts';
import { Random } from './random.ts';
import { instantAt, weekdayOf } from './shifts.ts';
import { STORY_GOALS, STORY_REQUESTS, STORY_TEMPLATES, type StoryGoal, type StoryRequest, type StoryTemplate } from './story/voice.ts';

/** Instants in milliseconds since the epoch. */
export interface PlannedTemplate {
  readonly id: string;
  readonly template: StoryTemplate;
  readonly createdAt: number;
}

export interface PlannedGoal {
  readonly id: string;
  readonly goal: StoryGoal;
  /** Who set it. */
  readonly leader: string;
  readonly createdAt: number;
  readonly dueDate: string;
  readonly closedAt: number | null;
}

export interface PlannedRequest {
  readonly id: string;
  readonly request: StoryRequest;
  /** Whose answer it waits for. */
  readonly leader: string;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly answeredAt: number | null;
  /** ISO 8601. */
  readonly suits: readonly string[];
}

/** What people may begin from, work towards and ask for on the story's first day. */
export interface PlannedVoice {
  readonly templates: readonly PlannedTemplate[];
  readonly goals: readonly PlannedGoal[];
  readonly requests: readonly PlannedRequest[];
}

const TEN = 10 * 60;

/** @param now nothing is asked or answered later than that */
export function planVoice(calendar: BusinessCalendar, anchor: string, now: number): PlannedVoice {
  const at = (day: number, minutes = TEN): number => instantAt(calendar, addDays(anchor, day), minutes);
  const founded = at(-100);
  return {
    templates: STORY_TEMPLATES.map((template) => ({ id: new Random('template', template.kind, template.name).uuid(founded), template, createdAt: founded })),
    goals: STORY_GOALS.map((goal) => ({
      id: new Random('goal', goal.for, goal.title).uuid(at(goal.set)), goal, leader: leaderOf(personOf(goal.for).team), createdAt: at(goal.set), dueDate: addDays(anchor, goal.due), closedAt: goal.reached ? at(goal.reached.on) : null,
    })),
    requests: STORY_REQUESTS.map((request) => planRequest(calendar, anchor, request, now)),
  };
}

function planRequest(calendar: BusinessCalendar, anchor: string, request: StoryRequest, now: number): PlannedRequest {
  const day = workingDaysBefore(anchor, request.asked);
  const createdAt = Math.min(instantAt(calendar, day, request.minutes), now);
  return {
    id: new Random('request', request.by, request.topic).uuid(createdAt),
    request,
    leader: leaderOf(personOf(request.by).team),
    createdAt,
    dueAt: calendar.endOf(addWorkingDays(day, DEFAULT_TEAM_SETTINGS.requestDays)).getTime(),
    answeredAt: request.declined === undefined ? null : createdAt + 20 * 3_600_000,
    suits: (request.suits ?? []).map((days) => new Date(instantAt(calendar, addWorkingDays(anchor, days), TEN)).toISOString()),
  };
}

/** The latest working day from which so many more lead to this day at most. */
function workingDaysBefore(day: string, count: number): string {
  let start = day;
  while (addWorkingDays(start, count) > day || weekdayOf(start) > 5) start = addDays(start, -1);
  return start;
}
