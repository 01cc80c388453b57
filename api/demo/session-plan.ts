import { addDays, addWorkingDays } from '../performance/business-day.ts';
import type { TargetMetric } from '../performance/team-settings.ts';
import type { PlannedSession } from './coaching-plan.ts';
import { Random } from './random.ts';
import { instantAt, type Roster } from './shifts.ts';
import { STORY_ANSWERS, STORY_COMMENTS, STORY_GROUPS, recordOf, type StoryRecord } from './story/records.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
/** Working days that the teams of the story allow for an answer, and for a decision. */
const ANSWER_DAYS = 5;

/** What is put down about a session, with the ids of the demo. */
export interface PlannedRecord {
  readonly agenda: readonly { readonly id: string; readonly title: string }[];
  readonly summary: string;
  readonly commitments: readonly { readonly id: string; readonly text: string }[];
  readonly engagement: number;
}

/** What somebody who attended says to it. Instants in milliseconds. */
export interface PlannedAnswer {
  readonly username: string;
  readonly dueAt: number;
  readonly answeredAt: number | null;
  readonly comment: string | null;
  readonly dispute: PlannedDispute | null;
}

export interface PlannedDispute {
  readonly comment: string;
  readonly dueAt: number;
  readonly decided: { readonly at: number; readonly outcome: string; readonly resolution: string } | null;
}

export interface PlannedComment {
  readonly id: string;
  readonly sessionId: string;
  readonly by: string;
  readonly text: string;
  readonly at: number;
}

export function planRecord(session: PlannedSession): PlannedRecord {
  const group = STORY_GROUPS.find(({ with: first, daysAgo }) => session.others.length > 0 && first === session.with && daysAgo === session.daysAgo);
  const { agenda, summary, promises, engagement }: StoryRecord = group?.record ?? recordOf(session.with, session.daysAgo, session.focus as readonly TargetMetric[]);
  const random = new Random('record', session.id);
  return {
    agenda: agenda.map((title) => ({ id: random.uuid(session.createdAt), title })),
    summary,
    commitments: promises.map((text) => ({ id: random.uuid(session.completedAt), text })),
    engagement,
  };
}

/** Everybody who attends, and what they say. */
export function planAnswers(roster: Roster, session: PlannedSession): PlannedAnswer[] {
  const dueAt = roster.calendar.endOf(addWorkingDays(session.day, ANSWER_DAYS)).getTime();
  return [session.with, ...session.others].map((username) => {
    const answer = session.others.length > 0 ? undefined : STORY_ANSWERS[`${username} ${session.daysAgo}`];
    const random = new Random('answer', session.id, username);
    const nextDay = session.completedAt + DAY + random.int(0, 180) * MINUTE;
    if (answer?.waits) return { username, dueAt, answeredAt: null, comment: null, dispute: null };
    if (!answer?.dispute) return { username, dueAt, answeredAt: nextDay, comment: answer?.comment ?? null, dispute: null };
    const { on, comment, decided } = answer.dispute;
    const raised = addDays(roster.anchor, on);
    return {
      username, dueAt, answeredAt: instantAt(roster.calendar, raised, 10 * 60 + random.int(0, 60)), comment: null,
      dispute: {
        comment, dueAt: roster.calendar.endOf(addWorkingDays(raised, ANSWER_DAYS)).getTime(),
        decided: decided ? { at: instantAt(roster.calendar, addDays(roster.anchor, decided.on), 15 * 60), outcome: decided.outcome, resolution: decided.resolution } : null,
      },
    };
  });
}

/** What was said about these sessions. */
export function planComments(sessions: readonly PlannedSession[]): PlannedComment[] {
  return STORY_COMMENTS.flatMap(({ with: username, daysAgo, by, minutesLater, text }) => {
    const session = sessions.find((candidate) => candidate.with === username && candidate.daysAgo === daysAgo && candidate.others.length === 0);
    if (!session) return [];
    const at = session.completedAt + minutesLater * MINUTE;
    return [{ id: new Random('comment', session.id, minutesLater).uuid(at), sessionId: session.id, by, text, at }];
  });
}
