import { DEFAULT_TEAM_SETTINGS, type TeamSettings, type WrittenChannel } from '../../performance/team-settings.ts';

export type TeamKey = 'billing' | 'support' | 'relations';

/** How one kind of contact comes to a team. Times are in seconds. */
export interface ContactKind {
  readonly channel: 'voice' | WrittenChannel;
  readonly outbound?: boolean;
  readonly share: number;
  /** Median and spread (σ of the logarithm) of the customer's wait; a person's pace multiplies the median. */
  readonly wait: { readonly median: number; readonly spread: number };
  /** Mean time a person with a factor of 1 spends on it, and how that divides. */
  readonly handle: { readonly mean: number; readonly hold: number; readonly wrapUp: number };
  /** Whether the customer is there at the same time: the person is then busy, for this reason. */
  readonly live?: string;
}

export interface StoryTeam {
  readonly key: TeamKey;
  readonly name: string;
  readonly department: string;
  readonly settings: TeamSettings;
  readonly kinds: readonly [ContactKind, ...ContactKind[]];
  /** Mean time between two contacts of one person at ordinary demand. */
  readonly idleSeconds: number;
  /** What customers want, and how often, by the queue that brings them. */
  readonly topics: readonly (readonly [queue: string, topic: string, share: number])[];
}

const CALL = 'On a call';
const CHAT = 'In a chat';

const settings = (targets: Partial<TeamSettings['targets']>, rest: Partial<TeamSettings> = {}): TeamSettings => ({
  ...DEFAULT_TEAM_SETTINGS,
  ...rest,
  targets: { ...DEFAULT_TEAM_SETTINGS.targets, ...targets },
});

/** Three teams of a provider of broadband and television. */
export const STORY_TEAMS: readonly StoryTeam[] = [
  {
    key: 'billing',
    name: 'Billing',
    department: 'Customer Service',
    settings: settings({ csat: 4.35, slaCompliance: 82, avgResponseTime: 0.36, aht: 500, fcr: 0.75, resolutionRate: 0.82, sentiment: 0 }),
    kinds: [
      { channel: 'voice', share: 0.62, wait: { median: 9.5, spread: 0.72 }, handle: { mean: 480, hold: 0.09, wrapUp: 0.15 }, live: CALL },
      { channel: 'chat', share: 0.34, wait: { median: 30, spread: 0.62 }, handle: { mean: 450, hold: 0, wrapUp: 0.1 }, live: CHAT },
      { channel: 'voice', outbound: true, share: 0.04, wait: { median: 14, spread: 0.4 }, handle: { mean: 300, hold: 0.02, wrapUp: 0.2 }, live: CALL },
    ],
    idleSeconds: 210,
    topics: [
      ['Billing', 'Question about the bill', 24], ['Billing', 'Charge disputed', 14], ['Billing', 'Price after the first year', 9],
      ['Payments', 'Payment not received', 12], ['Payments', 'Direct debit changed', 8], ['Payments', 'Payment plan', 6],
      ['Refunds', 'Refund not arrived', 12], ['Refunds', 'Credit after an outage', 6], ['Contracts', 'Cancellation', 5], ['Contracts', 'Contract extended', 4],
    ],
  },
  {
    key: 'support',
    name: 'Technical Support',
    department: 'Customer Service',
    settings: settings(
      { csat: 4.3, slaCompliance: 83, avgResponseTime: 26.5, aht: 725, fcr: 0.69, resolutionRate: 0.8, sentiment: 0 },
      { serviceLevelSeconds: 30, firstResponseSeconds: { ...DEFAULT_TEAM_SETTINGS.firstResponseSeconds, ticket: 14_400 } },
    ),
    kinds: [
      { channel: 'voice', share: 0.56, wait: { median: 14, spread: 0.7 }, handle: { mean: 760, hold: 0.12, wrapUp: 0.12 }, live: CALL },
      { channel: 'chat', share: 0.24, wait: { median: 29, spread: 0.62 }, handle: { mean: 640, hold: 0, wrapUp: 0.08 }, live: CHAT },
      { channel: 'ticket', share: 0.16, wait: { median: 7500, spread: 0.6 }, handle: { mean: 620, hold: 0, wrapUp: 0 } },
      { channel: 'voice', outbound: true, share: 0.04, wait: { median: 15, spread: 0.4 }, handle: { mean: 420, hold: 0.02, wrapUp: 0.15 }, live: CALL },
    ],
    idleSeconds: 260,
    topics: [
      ['Broadband', 'No connection', 20], ['Broadband', 'Slow connection', 18], ['Broadband', 'Wi-Fi coverage', 12],
      ['Equipment', 'Router replaced', 9], ['Equipment', 'Set-up of a new router', 10], ['Television', 'Picture breaks up', 9],
      ['Television', 'Channel missing', 7], ['Streaming', 'Sign-in to the app', 9], ['Outages', 'Outage reported', 6],
    ],
  },
  {
    key: 'relations',
    name: 'Customer Relations',
    department: 'Customer Service',
    settings: settings(
      { csat: 4.2, slaCompliance: 82, avgResponseTime: 89, aht: 580, fcr: 0.615, resolutionRate: 0.79, sentiment: 0 },
      { cadenceDays: 35, firstResponseSeconds: { ...DEFAULT_TEAM_SETTINGS.firstResponseSeconds, email: 7200, ticket: 14_400 } },
    ),
    kinds: [
      { channel: 'email', share: 0.52, wait: { median: 3900, spread: 0.58 }, handle: { mean: 560, hold: 0, wrapUp: 0 } },
      { channel: 'ticket', share: 0.24, wait: { median: 7700, spread: 0.58 }, handle: { mean: 680, hold: 0, wrapUp: 0 } },
      { channel: 'message', share: 0.16, wait: { median: 155, spread: 0.6 }, handle: { mean: 380, hold: 0, wrapUp: 0 }, live: CHAT },
      { channel: 'voice', outbound: true, share: 0.08, wait: { median: 16, spread: 0.4 }, handle: { mean: 520, hold: 0.02, wrapUp: 0.15 }, live: CALL },
    ],
    idleSeconds: 240,
    topics: [
      ['Complaints', 'Complaint about a visit', 14], ['Complaints', 'Complaint about the bill', 14], ['Complaints', 'Answer outstanding', 10],
      ['Moving', 'Moving house', 18], ['Moving', 'Change of holder', 9], ['Bereavement', 'Account of somebody who died', 4],
      ['Accessibility', 'Bill in large print', 4], ['General', 'Change of address', 15], ['General', 'Proof of contract', 12],
    ],
  },
];
