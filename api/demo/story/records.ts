import type { TargetMetric } from '../../performance/team-settings.ts';

/** What was put down about a session; the summary is about whom it was held with. */
export interface StoryRecord {
  readonly agenda: readonly string[];
  readonly summary: string;
  /** What the person promised. */
  readonly promises: readonly string[];
  /** 1 to 5. */
  readonly engagement: number;
}

const record = (agenda: readonly string[], summary: string, promises: readonly string[], engagement = 4): StoryRecord => ({ agenda, summary, promises, engagement });

/** By person and day of the session, as in {@link STORY_SESSIONS}. */
const OF_SESSIONS: Readonly<Record<string, StoryRecord>> = {
  'agent 19': record(['Refunds: when is the money back?', 'What went well with the double charge', 'Disputed charges'],
    'We listened to four refund contacts. In three of them the customer asked twice when the money would be back. Sam knows the date and does not say it, because he is afraid of being wrong. We agreed on one sentence with the day in it.',
    ['Name the day of the refund in every refund contact', 'Bring back one sentence from an hour with Hannah'], 5),
  'agent 47': record(['New rules on price changes', 'How the last month felt'], 'Sam is steady. The new rules on price changes came late and he has not read them yet; everything else is in order.', ['Read the rules and bring questions'], 4),
  'priya_raman 41': record(['Old and new tariffs', 'One call with a wrong price'], 'The wrong price came from an old list among the bookmarks. Priya replaced it while we were talking. No other findings.', ['Use the list of the knowledge base only'], 4),
  'marek_nowak 30': record(['Reading out bills', 'Wrap-up'], 'Marek reads out every charge from the top since the new billing screens came. We tried the summary on two recorded calls: the customer was content after the first sentence both times.', ['Begin with the summary, details only when asked'], 3),
  'sofia_almeida 31': record(['Listening', 'One call, played back'], 'On the recording the customer begins three times. Sofia counted them herself. She wants to let people finish and sum up before she answers.', ['Let the customer finish', 'Sum up in one sentence before answering'], 5),
  'hannah_brandt 26': record(['Credits after an outage', 'What Hannah would like to do next'], 'Nothing to correct. Hannah would like to teach more and take fewer calls on Fridays; we start with one short training.', ['Prepare fifteen minutes on credits'], 5),
  'tomas_herrera 20': record(['Notice periods of old contracts', 'Before the leave'], 'Tomás puts customers on hold for the notice periods of the three old contracts. The overview is in the knowledge base; he has not had time to read it.', ['Read the overview after the leave'], 3),
  'grace_adeyemi 34': record(['Wrap-up after chats', 'Templates'], 'Grace writes long notes after every chat because a case once came back to her. Three templates cover most of it. We look at her numbers again in five weeks.', ['Use the templates for a week and say which fit'], 4),
  'mia_kowalska 22': record(['Promised mails', 'Open follow-ups'], 'Eight follow-ups were open, the oldest for nine days. Mia makes a list for the end of the shift, and the end of the shift does not come. We agreed to send before the call is closed.', ['Send the promised mail before the call is closed', 'Answer the eight that are open'], 2),
  'owen_gallagher 52': record(['Opening disputed charges', 'Tone'], 'Owen is right and says so first. The customer hears that they are wrong. We wrote three openings together that begin with what the customer gets.', ['Write down three more openings'], 3),
};

/** Where nothing else is told, by what the session was about. */
const BY_METRIC: Readonly<Record<TargetMetric, StoryRecord>> = {
  csat: record(['Ratings of the last weeks', 'Two contacts side by side'], 'We compared a contact that was rated 5 with one that was rated 2. The facts were the same; the first had a sentence of regret in it. We agreed to begin there.', ['Begin complaints with one sentence of regret']),
  slaCompliance: record(['Waiting contacts', 'Time between two contacts'], 'Contacts wait while the last one is still being written up. Part of it can be written while the customer speaks.', ['Write the note during the contact']),
  avgResponseTime: record(['First answers', 'What a first answer needs'], 'First answers are complete, and late. A short one that says when the rest will come would do.', ['Answer within the hour, if only with a date']),
  aht: record(['Two long contacts', 'Searching and saying so'], 'Most of the time goes into searching without a word. Customers were patient once they were told what was being looked up.', ['Say what is being looked up']),
  fcr: record(['Contacts that came back', 'The question behind the question'], 'Of ten contacts that came back, six had a second question that nobody asked about. We practised asking whether anything else is open.', ['Ask whether anything else is open, in every contact']),
  resolutionRate: record(['Open cases', 'Dates'], 'The cases are worked on, but the customer does not know until when. Every open case gets a date, and the customer hears it.', ['Give every open case a date']),
  sentiment: record(['How customers sound at the end', 'One recording'], 'The recording ends well and begins badly: the first minute decides. We agreed on an opening that says what happens next.', ['Say in the first minute what happens next']),
};

export const recordOf = (who: string, daysAgo: number, focus: readonly TargetMetric[]): StoryRecord => OF_SESSIONS[`${who} ${daysAgo}`] ?? BY_METRIC[focus[0] ?? 'csat'];

/** A session with several people. Days count as in {@link STORY_SESSIONS}. */
export interface StoryGroup {
  readonly with: string;
  readonly others: readonly string[];
  readonly daysAgo: number;
  readonly focus: readonly TargetMetric[];
  readonly record: StoryRecord;
}

/** Most of the team misses first-contact resolution: that was looked at together. Everybody has had a session of their own since. */
export const STORY_GROUPS: readonly StoryGroup[] = [
  {
    with: 'hannah_brandt', others: ['agent', 'mia_kowalska'], daysAgo: 35, focus: ['fcr'],
    record: record(['Why refunds come back', 'Hannah’s page on credits', 'What we ask the process for'],
      'Five of eight refunds came back because nobody can see when the bank pays. Until the screen shows it, we say the latest day it can take. Nora asks for the field in the billing screen.',
      ['Say the latest day a refund can take'], 5),
  },
];

/** How somebody answered, where that is not to acknowledge it a day later without a word. Days count from the story's first day. */
export interface StoryAnswer {
  readonly comment?: string;
  /** Not answered yet. */
  readonly waits?: boolean;
  readonly dispute?: { readonly comment: string; readonly on: number; readonly decided?: { readonly on: number; readonly outcome: 'upheld' | 'rejected'; readonly resolution: string } };
}

/** By person and day of the session. Mia’s answer is overdue; Marek disputes, and a manager has still to decide. */
export const STORY_ANSWERS: Readonly<Record<string, StoryAnswer>> = {
  'agent 19': { comment: 'That is how it was. The sentence helps already.' },
  'sofia_almeida 31': { comment: 'Thank you for playing the call and not just talking about it.' },
  'mia_kowalska 22': { waits: true },
  'marek_nowak 30': { dispute: { on: -3, comment: 'I read out the bill from the top because the summary was wrong until the update of last week. On both recorded calls it showed the old amount. I would like that to be in the record.' } },
  'connor_walsh 44': {
    dispute: {
      on: -42, comment: 'The three questions are not in the guide for business lines.',
      decided: { on: -40, outcome: 'rejected', resolution: 'They are, since spring, under Before you begin. Both of us looked at it; the record stays.' },
    },
  },
};

/** Said about a session beside its record; minutes after its end. */
export const STORY_COMMENTS: readonly { readonly with: string; readonly daysAgo: number; readonly by: string; readonly minutesLater: number; readonly text: string }[] = [
  { with: 'agent', daysAgo: 19, by: 'agent', minutesLater: 95, text: 'Hannah has time on Thursday. I will sit with her from ten.' },
  { with: 'agent', daysAgo: 19, by: 'leader', minutesLater: 140, text: 'Good. I take you off the phones for that hour.' },
  { with: 'mia_kowalska', daysAgo: 22, by: 'leader', minutesLater: 2 * 1440, text: 'Mia, please have a look at the summary when you get to it.' },
];
