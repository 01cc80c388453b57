/** Something that came after an import and depends on it. */
export interface Blocker {
  /** Row of the file it is about; null for a person who was added. */
  readonly rowNumber: number | null;
  /** Id of the row, or name of the person. */
  readonly subject: string;
  readonly code: 'changed_since' | 'depended_on' | 'person_in_use' | 'outside_teams';
  /** What it is, as part of a sentence. */
  readonly what: string;
}

/** At most so many are named. */
export const NAMED_BLOCKERS = 100;

/** Written by the clock because of a row, not by somebody who went on with it: it goes with the row. */
export const FOLLOWS_BY_ITSELF: ReadonlySet<string> = new Set(['action_reminders']);

const NOUNS: Readonly<Record<string, string>> = {
  quick_notes: 'a note',
  action_items: 'an action item',
  action_comments: 'a comment',
  action_evidence: 'evidence of an action item',
  coaching_goals: 'a goal',
  coaching_sessions: 'a coaching session',
  session_attendees: 'a coaching session',
  session_requests: 'a request for a session',
  absences: 'an absence',
  agent_activities: 'an activity',
  agent_sessions: 'a session',
  auth_sessions: 'a sign-in',
  presence_intervals: 'the presence record',
  interactions: 'an interaction from elsewhere',
  agent_performance_metrics: 'daily figures from elsewhere',
  queue_snoozes: 'a snooze',
  agent_identities: 'an identity in a host system',
  recordings: 'a recording',
  transcripts: 'a transcript',
  scorecards: 'a scorecard',
};

/** What a row of a table is called in a sentence. */
export const nounOf = (table: string): string => NOUNS[table] ?? `an entry in ${table.replaceAll('_', ' ')}`;

/** The blocker as a sentence. */
export function sentenceOf({ rowNumber, subject, code, what }: Blocker): string {
  if (code === 'outside_teams') return `Row ${rowNumber} (${subject}) is about ${what}, who is in no team you lead.`;
  if (code === 'person_in_use') return `${subject}, who was added for this import, is in use: ${what}.`;
  return code === 'changed_since' ? `Row ${rowNumber} (${subject}) was changed since: ${what}.` : `Row ${rowNumber} (${subject}) is referred to by ${what}.`;
}
