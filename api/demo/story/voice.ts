import type { TemplateContent, TemplateKind } from '../../templates/template.entity.ts';
import type { TargetMetric } from '../../performance/team-settings.ts';

/** A template of the installation. */
export interface StoryTemplate {
  readonly kind: TemplateKind;
  readonly name: string;
  readonly description: string;
  readonly content: TemplateContent;
}

export const STORY_TEMPLATES: readonly StoryTemplate[] = [
  {
    kind: 'session', name: 'Monthly one-to-one', description: 'The usual talk: figures, one thing that went well, one thing to try.',
    content: {
      durationMinutes: 30, focusMetrics: ['csat', 'fcr'],
      agenda: [
        { title: 'What went well since last time', detail: 'Two contacts of the agent’s own choice.' },
        { title: 'What we agreed last time', detail: 'Each commitment: kept, or what got in the way.' },
        { title: 'One figure, one cause', detail: 'Look at three contacts behind it before talking about it.' },
        { title: 'One thing to try until next time' },
      ],
    },
  },
  {
    kind: 'session', name: 'First week', description: 'Getting to know each other; no figures yet.',
    content: { durationMinutes: 45, agenda: [{ title: 'How the first days were' }, { title: 'What is still unclear', detail: 'Systems, people, rules.' }, { title: 'What we expect of each other' }] },
  },
  {
    kind: 'session', name: 'After a complaint', description: 'One contact, heard together, without a verdict first.',
    content: { durationMinutes: 20, focusMetrics: ['csat'], agenda: [{ title: 'Read or hear the contact together' }, { title: 'What did the customer need?' }, { title: 'What would you do again, what not?' }] },
  },
  {
    kind: 'agenda', name: 'Long handle times', description: 'Where the minutes go.',
    content: { agenda: [{ title: 'Where the time goes', detail: 'Talk, hold and after-call work of ten contacts.' }, { title: 'What is looked up again and again' }, { title: 'One sentence to close with' }] },
  },
  { kind: 'note', name: 'Clear explanation', description: 'Praise for making something difficult easy.', content: { noteType: 'POSITIVE', category: 'Clarity', text: 'Explained it so that the customer could repeat it in their own words: ' } },
  { kind: 'note', name: 'Promise without a date', description: 'A follow-up was promised, but not when.', content: { noteType: 'COACHING', category: 'Follow-up', text: 'Promised to come back without saying when. Name a day, and keep it: ' } },
];

/** Days count from the story's first day. */
export interface StoryGoal {
  readonly for: string;
  readonly title: string;
  readonly description: string;
  readonly metric?: TargetMetric;
  readonly from?: number;
  readonly to?: number;
  readonly set: number;
  readonly due: number;
  readonly reached?: { readonly on: number; readonly outcome: string };
}

export const STORY_GOALS: readonly StoryGoal[] = [
  { for: 'agent', title: 'Solve refunds at the first contact', description: 'Half of the second calls are about the date of the money.', metric: 'fcr', from: 0.64, to: 0.75, set: -19, due: 40 },
  { for: 'agent', title: 'Lead the briefing on disputed charges once', description: 'Ten minutes in the team’s Monday round.', set: -47, due: -10, reached: { on: -12, outcome: 'Held, and asked to do it again in spring.' } },
  { for: 'marek_nowak', title: 'Bills in under eight minutes', description: 'Summary first, details when asked.', metric: 'aht', from: 560, to: 480, set: -30, due: 25 },
  { for: 'mia_kowalska', title: 'No open follow-ups at the end of the shift', description: 'Whatever is promised is sent before the call ends.', set: -22, due: -2 },
];

export interface StoryRequest {
  readonly by: string;
  readonly topic: string;
  readonly message?: string;
  /** Working days ago, and the minute of that day. */
  readonly asked: number;
  readonly minutes: number;
  /** Days from now, at ten in the morning. */
  readonly suits?: readonly number[];
  readonly declined?: string;
}

/** One waits for too long, one is fresh, one was answered. */
export const STORY_REQUESTS: readonly StoryRequest[] = [
  { by: 'marek_nowak', topic: 'Callers who want the whole bill explained', message: 'I lose most of my time with them and would like to hear how others do it.', asked: 6, minutes: 11 * 60 + 20, suits: [1, 2] },
  { by: 'agent', topic: 'Moving to the technical team next year', message: 'What would I have to learn until then?', asked: 1, minutes: 9 * 60 + 10, suits: [2, 3] },
  { by: 'sofia_almeida', topic: 'Swapping two late shifts', asked: 9, minutes: 15 * 60 + 5, declined: 'No session needed: both swaps are in the plan.' },
];
