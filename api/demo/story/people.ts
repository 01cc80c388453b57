import type { Role } from '../../auth/principal.ts';
import type { TeamKey } from './teams.ts';

/** The user names one can sign in with while the demo is on. */
export const DEMO_SIGN_INS = ['admin', 'manager', 'leader', 'agent', 'viewer'] as const;
export const DEMO_PASSWORD = 'Sideline-demo-1';

/** Somebody who leads, administers or looks on, and whose work is not measured. */
export interface StoryStaff {
  readonly username: string;
  readonly fullName: string;
  readonly role: Role;
  readonly department: string;
  /** Days before the story's first day. */
  readonly joinedDaysAgo: number;
  readonly leads?: TeamKey;
  readonly isActive?: boolean;
}

export type ShiftKind = 'early' | 'day' | 'late' | 'night';

/** What a person's work comes to when nothing changes. */
export interface Skill {
  /** Mean rating, 1 to 5. */
  readonly csat: number;
  /** Handle time as a factor of the team's. */
  readonly handle: number;
  /** The customer's wait as a factor of the team's. */
  readonly pace: number;
  /** Share resolved at first contact, and share resolved at all. */
  readonly fcr: number;
  readonly resolution: number;
  /** Mean sentiment of the customer, −1 to 1. */
  readonly mood: number;
}

/**
 * A skill on its way from its usual value to another one. `wave` goes there and back again in the course of months,
 * as people do who are coached; `once` stays.
 */
export interface Drift {
  readonly skill: keyof Skill;
  readonly to: number;
  readonly course: 'wave' | 'once';
}

/** A person of the front line. */
export interface StoryPerson {
  readonly username: string;
  readonly fullName: string;
  readonly team: TeamKey;
  readonly shift: ShiftKind;
  /** ISO weekdays without a shift, 1 Monday to 7 Sunday. */
  readonly off: readonly [number, number];
  readonly joinedDaysAgo: number;
  readonly skill: Skill;
  readonly drifts?: readonly Drift[];
}

const skill = (csat: number, handle: number, pace: number, fcr: number, resolution: number, mood: number): Skill => ({ csat, handle, pace, fcr, resolution, mood });

const WEEKEND = [6, 7] as const;

export const STORY_STAFF: readonly StoryStaff[] = [
  { username: 'admin', fullName: 'Ines Castellano', role: 'admin', department: 'Administration', joinedDaysAgo: 1460 },
  { username: 'manager', fullName: 'Victor Lindqvist', role: 'manager', department: 'Operations', joinedDaysAgo: 1822 },
  { username: 'leader', fullName: 'Nora Keller', role: 'team_leader', department: 'Customer Service', joinedDaysAgo: 1214, leads: 'billing' },
  { username: 'viewer', fullName: 'Paula Svensson', role: 'viewer', department: 'Quality', joinedDaysAgo: 640 },
  { username: 'rafael_monteiro', fullName: 'Rafael Monteiro', role: 'team_leader', department: 'Customer Service', joinedDaysAgo: 1530, leads: 'support' },
  { username: 'claire_dubois', fullName: 'Claire Dubois', role: 'team_leader', department: 'Customer Service', joinedDaysAgo: 905, leads: 'relations' },
  { username: 'petra_falk', fullName: 'Petra Falk', role: 'cs', department: 'Customer Service', joinedDaysAgo: 1100, isActive: false },
];

/**
 * The front line. In Billing everybody has a part; in the other teams most people simply do their work.
 * Most of Billing resolves less at first contact than its target asks for: that is the process, not the people.
 */
export const STORY_PEOPLE: readonly StoryPerson[] = [
  { username: 'agent', fullName: 'Sam Okoye', team: 'billing', shift: 'day', off: WEEKEND, joinedDaysAgo: 512, skill: skill(4.47, 0.98, 0.94, 0.705, 0.86, 0.16) },
  {
    username: 'priya_raman', fullName: 'Priya Raman', team: 'billing', shift: 'day', off: WEEKEND, joinedDaysAgo: 830,
    skill: skill(4.58, 0.97, 0.95, 0.71, 0.87, 0.2),
    drifts: [{ skill: 'csat', to: 3.4, course: 'wave' }, { skill: 'mood', to: -0.1, course: 'wave' }],
  },
  {
    username: 'marek_nowak', fullName: 'Marek Nowak', team: 'billing', shift: 'early', off: WEEKEND, joinedDaysAgo: 402,
    skill: skill(4.45, 0.94, 0.93, 0.69, 0.85, 0.14), drifts: [{ skill: 'handle', to: 1.42, course: 'wave' }],
  },
  {
    username: 'sofia_almeida', fullName: 'Sofia Almeida', team: 'billing', shift: 'early', off: [7, 1], joinedDaysAgo: 296,
    skill: skill(3.9, 1, 0.94, 0.71, 0.85, 0.02),
    drifts: [{ skill: 'csat', to: 4.72, course: 'once' }, { skill: 'mood', to: 0.24, course: 'once' }],
  },
  { username: 'hannah_brandt', fullName: 'Hannah Brandt', team: 'billing', shift: 'day', off: WEEKEND, joinedDaysAgo: 1377, skill: skill(4.8, 0.86, 0.8, 0.83, 0.94, 0.34) },
  { username: 'tomas_herrera', fullName: 'Tomás Herrera', team: 'billing', shift: 'late', off: WEEKEND, joinedDaysAgo: 720, skill: skill(4.48, 1.01, 0.93, 0.7, 0.86, 0.16) },
  { username: 'grace_adeyemi', fullName: 'Grace Adeyemi', team: 'billing', shift: 'day', off: [2, 3], joinedDaysAgo: 655, skill: skill(4.46, 0.98, 1.12, 0.68, 0.85, 0.12) },
  { username: 'leon_fischer', fullName: 'Leon Fischer', team: 'billing', shift: 'late', off: [4, 5], joinedDaysAgo: 45, skill: skill(4.2, 1.15, 1.16, 0.65, 0.77, 0.06) },
  { username: 'mia_kowalska', fullName: 'Mia Kowalska', team: 'billing', shift: 'early', off: WEEKEND, joinedDaysAgo: 588, skill: skill(4.45, 1.12, 0.95, 0.69, 0.85, 0.13) },
  { username: 'owen_gallagher', fullName: 'Owen Gallagher', team: 'billing', shift: 'night', off: [1, 2], joinedDaysAgo: 964, skill: skill(3.66, 0.92, 1.62, 0.66, 0.78, -0.16) },
  { username: 'amara_diallo', fullName: 'Amara Diallo', team: 'billing', shift: 'night', off: [4, 5], joinedDaysAgo: 1048, skill: skill(4.5, 0.97, 0.95, 0.785, 0.88, 0.2) },

  { username: 'yuki_tanaka', fullName: 'Yuki Tanaka', team: 'support', shift: 'day', off: WEEKEND, joinedDaysAgo: 1190, skill: skill(4.6, 0.9, 0.86, 0.77, 0.89, 0.26) },
  { username: 'lars_eriksen', fullName: 'Lars Eriksen', team: 'support', shift: 'early', off: WEEKEND, joinedDaysAgo: 733, skill: skill(4.4, 0.98, 0.94, 0.72, 0.84, 0.12) },
  { username: 'fatima_benali', fullName: 'Fatima Benali', team: 'support', shift: 'day', off: [7, 1], joinedDaysAgo: 498, skill: skill(4.42, 0.97, 0.93, 0.73, 0.85, 0.16) },
  { username: 'connor_walsh', fullName: 'Connor Walsh', team: 'support', shift: 'late', off: WEEKEND, joinedDaysAgo: 211, skill: skill(3.85, 1.14, 1.4, 0.62, 0.75, -0.08) },
  { username: 'ling_zhou', fullName: 'Ling Zhou', team: 'support', shift: 'early', off: [3, 4], joinedDaysAgo: 867, skill: skill(4.43, 0.94, 0.94, 0.735, 0.85, 0.14) },
  { username: 'aisha_mahmoud', fullName: 'Aisha Mahmoud', team: 'support', shift: 'night', off: [2, 3], joinedDaysAgo: 1302, skill: skill(4.42, 0.97, 0.95, 0.73, 0.84, 0.14) },
  { username: 'pedro_santos', fullName: 'Pedro Santos', team: 'support', shift: 'late', off: [5, 6], joinedDaysAgo: 377, skill: skill(4.15, 0.98, 1.14, 0.72, 0.83, 0.04) },
  { username: 'ruth_goldberg', fullName: 'Ruth Goldberg', team: 'support', shift: 'day', off: WEEKEND, joinedDaysAgo: 2051, skill: skill(4.46, 0.96, 0.92, 0.745, 0.86, 0.18) },
  { username: 'viktor_petrov', fullName: 'Viktor Petrov', team: 'support', shift: 'night', off: [6, 7], joinedDaysAgo: 554, skill: skill(4.18, 1.12, 0.94, 0.66, 0.84, 0.03) },
  { username: 'chloe_martin', fullName: 'Chloe Martin', team: 'support', shift: 'late', off: [1, 2], joinedDaysAgo: 325, skill: skill(4.4, 0.98, 0.94, 0.66, 0.77, 0.1) },

  { username: 'emma_lindgren', fullName: 'Emma Lindgren', team: 'relations', shift: 'day', off: WEEKEND, joinedDaysAgo: 1011, skill: skill(4.46, 0.92, 0.86, 0.69, 0.87, 0.18) },
  { username: 'kofi_mensah', fullName: 'Kofi Mensah', team: 'relations', shift: 'early', off: WEEKEND, joinedDaysAgo: 689, skill: skill(4.3, 0.97, 0.94, 0.65, 0.83, 0.08) },
  { username: 'isabella_rossi', fullName: 'Isabella Rossi', team: 'relations', shift: 'day', off: [7, 1], joinedDaysAgo: 455, skill: skill(4.32, 0.97, 1.14, 0.66, 0.84, 0.1) },
  { username: 'noah_jansen', fullName: 'Noah Jansen', team: 'relations', shift: 'late', off: WEEKEND, joinedDaysAgo: 264, skill: skill(3.85, 1.14, 1.38, 0.55, 0.73, -0.09) },
  { username: 'zainab_hussain', fullName: 'Zainab Hussain', team: 'relations', shift: 'early', off: [5, 6], joinedDaysAgo: 930, skill: skill(4.33, 0.95, 0.93, 0.67, 0.84, 0.12) },
  { username: 'andrei_popescu', fullName: 'Andrei Popescu', team: 'relations', shift: 'night', off: [3, 4], joinedDaysAgo: 611, skill: skill(4.05, 0.98, 0.95, 0.65, 0.82, 0.04) },
  { username: 'lucy_bennett', fullName: 'Lucy Bennett', team: 'relations', shift: 'day', off: [4, 5], joinedDaysAgo: 783, skill: skill(4.32, 1.12, 0.95, 0.65, 0.83, 0.09) },
  { username: 'mateus_carvalho', fullName: 'Mateus Carvalho', team: 'relations', shift: 'late', off: [2, 3], joinedDaysAgo: 340, skill: skill(4.3, 0.98, 0.94, 0.58, 0.75, 0.07) },
  { username: 'saoirse_byrne', fullName: 'Saoirse Byrne', team: 'relations', shift: 'early', off: WEEKEND, joinedDaysAgo: 1256, skill: skill(4.36, 0.96, 0.93, 0.67, 0.85, 0.13) },
];
