import type { TargetMetric } from '../../performance/team-settings.ts';

/** Sessions held, in days before the story's first day, the latest first; `booked` is in days after it. */
export interface StorySessions {
  readonly with: string;
  readonly held: readonly number[];
  readonly focus: readonly TargetMetric[];
  readonly booked?: number;
}

const sessions = (who: string, held: readonly number[], focus: readonly TargetMetric[], booked?: number): StorySessions => ({
  with: who, held, focus, ...(booked === undefined ? {} : { booked }),
});

/** When leaders sat down with people, and what about. Leon is new and has not had his first session. */
export const STORY_SESSIONS: readonly StorySessions[] = [
  sessions('agent', [19, 47], ['fcr']),
  sessions('priya_raman', [41], ['csat']),
  sessions('marek_nowak', [30], ['aht']),
  sessions('sofia_almeida', [31, 53], ['csat']),
  sessions('hannah_brandt', [26], ['fcr']),
  sessions('tomas_herrera', [20, 48], ['fcr']),
  sessions('grace_adeyemi', [34], ['slaCompliance'], 0),
  sessions('mia_kowalska', [22, 50], ['aht']),
  sessions('owen_gallagher', [52], ['csat', 'sentiment']),
  sessions('amara_diallo', [17, 46], ['fcr']),
  sessions('yuki_tanaka', [18, 45], ['fcr']),
  sessions('lars_eriksen', [25], ['aht']),
  sessions('fatima_benali', [16, 44], ['csat']),
  sessions('connor_walsh', [44], ['fcr', 'csat']),
  sessions('ling_zhou', [24, 52], ['resolutionRate']),
  sessions('aisha_mahmoud', [21, 49], ['csat']),
  sessions('pedro_santos', [27], ['csat']),
  sessions('ruth_goldberg', [13, 40], ['aht']),
  sessions('viktor_petrov', [23], ['aht']),
  sessions('chloe_martin', [20], ['resolutionRate']),
  sessions('emma_lindgren', [15, 48], ['csat']),
  sessions('kofi_mensah', [29], ['csat']),
  sessions('isabella_rossi', [22, 54], ['slaCompliance']),
  sessions('noah_jansen', [49], ['csat', 'fcr'], 0),
  sessions('zainab_hussain', [26], ['resolutionRate']),
  sessions('andrei_popescu', [31], ['csat']),
  sessions('lucy_bennett', [28], ['aht']),
  sessions('mateus_carvalho', [33], ['fcr']),
  sessions('saoirse_byrne', [19, 51], ['resolutionRate']),
];

/** An action item agreed in a session. Days count from the story's first day, negative before it. */
export interface StoryAction {
  readonly for: string;
  /** The session it was agreed in, as in {@link StorySessions.held}. */
  readonly session: number;
  readonly title: string;
  readonly description: string;
  readonly due: number;
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH';
  readonly category: string;
  readonly metric?: TargetMetric;
  /** The day it was finished on; without one it is in progress, or not begun. */
  readonly done?: number;
  readonly begun?: boolean;
}

const action = (
  who: string, session: number, due: number, priority: StoryAction['priority'], category: string, title: string, description: string,
  rest: Partial<Pick<StoryAction, 'metric' | 'done' | 'begun'>> = {},
): StoryAction => ({ for: who, session, due, priority, category, title, description, ...rest });

/** What was agreed. Mia’s are overdue, Sofia’s finished in time. */
export const STORY_ACTIONS: readonly StoryAction[] = [
  action('agent', 19, 6, 'MEDIUM', 'Refunds', 'Name the date of the refund in every refund contact', 'One sentence with the day on which the money is back. Note contacts in which the date was not to be had.', { metric: 'fcr', begun: true }),
  action('agent', 19, -6, 'LOW', 'Know-how', 'Sit with Hannah for an hour on disputed charges', 'Watch how she opens, and bring back one sentence to try.', { done: -8 }),
  action('agent', 47, -26, 'LOW', 'Know-how', 'Read the new rules on price changes', 'Questions to Nora.', { done: -30 }),
  action('priya_raman', 41, -20, 'LOW', 'Contracts', 'Replace the old price list in the bookmarks', 'The new one is in the knowledge base under Contracts.', { done: -37 }),
  action('marek_nowak', 30, -3, 'MEDIUM', 'Handle time', 'Start with the summary of the bill, details only when asked', 'Try it on ten calls and note how often the customer asks further.', { metric: 'aht', begun: true }),
  action('sofia_almeida', 31, -10, 'HIGH', 'Listening', 'Let the customer finish, then repeat the request in one sentence', 'On every call for two weeks.', { metric: 'csat', done: -12 }),
  action('sofia_almeida', 31, -4, 'MEDIUM', 'Listening', 'Listen to two of your own calls a week', 'Note one thing to keep and one to change.', { metric: 'csat', done: -5 }),
  action('hannah_brandt', 26, 8, 'LOW', 'Sharing knowledge', 'Run a short training on credits after an outage', 'Fifteen minutes, for early and late shift.', { begun: true }),
  action('tomas_herrera', 20, 16, 'LOW', 'Contracts', 'Read the overview of notice periods', 'After the leave; then one example each for the three old contracts.'),
  action('grace_adeyemi', 34, -9, 'MEDIUM', 'Speed of answer', 'Use the three chat templates for a week', 'Say which of them fit and which do not.', { metric: 'slaCompliance', done: -10 }),
  action('mia_kowalska', 22, -9, 'HIGH', 'Follow-up', 'Send the promised e-mail before the call is closed', 'No list for the end of the shift. If there is no time, say so on the call.'),
  action('mia_kowalska', 22, -4, 'MEDIUM', 'Follow-up', 'Answer the follow-ups that are still open', 'Eight at the time of the session.', { begun: true }),
  action('mia_kowalska', 50, -30, 'LOW', 'Handle time', 'Keep the account open in a second tab', 'Saves the search after each transfer.', { done: -35 }),
  action('owen_gallagher', 52, -24, 'MEDIUM', 'Tone', 'Open disputed charges with what the customer gets', 'Write down three openings and bring them to the next session.', { metric: 'csat' }),
  action('amara_diallo', 17, 10, 'LOW', 'Know-how', 'Write down the sentence used on the night of the outage', 'For the handbook of the night shift.'),
  action('connor_walsh', 44, -15, 'HIGH', 'Diagnosis', 'Ask the first three questions before any restart', 'Lights, since when, which rooms. Tick them off on twenty calls.', { metric: 'fcr', begun: true }),
  action('yuki_tanaka', 18, 12, 'LOW', 'Finding causes', 'Collect sign-in failures for one more week', 'To see whether the fix holds.', { begun: true }),
  action('viktor_petrov', 23, -7, 'LOW', 'Silence', 'Say what you are looking up', 'On every call that takes more than half a minute of searching.', { done: -9 }),
  action('noah_jansen', 49, -12, 'HIGH', 'Writing', 'Begin answers to complaints with one sentence of regret', 'Send five of them to Claire before they go out.', { metric: 'csat' }),
  action('noah_jansen', 49, 5, 'MEDIUM', 'Open cases', 'Give every open complaint a date', 'The customer learns it the same day.', { begun: true }),
  action('kofi_mensah', 29, -14, 'LOW', 'Know-how', 'Learn the process for the account of somebody who died', 'With Saoirse, one case from beginning to end.', { done: -16 }),
  action('mateus_carvalho', 33, 9, 'MEDIUM', 'Change of holder', 'Send the checklist with the first answer', 'So that the documents come in one go.', { metric: 'fcr' }),
];

/** Who is away; days from the story's first day, both included. */
export interface StoryAbsence {
  readonly who: string;
  readonly kind: 'leave' | 'sick' | 'training';
  readonly from: number;
  readonly to: number;
  readonly comment?: string;
}

export const STORY_ABSENCES: readonly StoryAbsence[] = [
  { who: 'tomas_herrera', kind: 'leave', from: -3, to: 11, comment: 'Annual leave' },
  { who: 'lars_eriksen', kind: 'sick', from: -1, to: 1 },
  { who: 'isabella_rossi', kind: 'leave', from: -33, to: -25, comment: 'Annual leave' },
  { who: 'zainab_hussain', kind: 'training', from: -12, to: -11, comment: 'Course on complaints' },
  { who: 'grace_adeyemi', kind: 'sick', from: -17, to: -16 },
  { who: 'saoirse_byrne', kind: 'leave', from: 14, to: 24, comment: 'Annual leave' },
];
