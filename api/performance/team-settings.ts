/** Metrics a team sets a target for; each is a metric definition and, where weighted, a gap signal of the queue. */
export const TARGET_METRICS = [
  'csat',
  'slaCompliance',
  'avgResponseTime',
  'aht',
  'fcr',
  'resolutionRate',
  'sentiment',
] as const;
export type TargetMetric = (typeof TARGET_METRICS)[number];

/**
 * The target a metric is held against, in the metric's unit. A service level is the SLA of calls alone: what a team
 * promises in percent holds for both.
 *
 * @returns null where a team sets none
 */
export function targetOf(metric: string, targets: TeamSettings['targets']): number | null {
  if (metric === 'serviceLevel') return targets.slaCompliance / 100;
  return (TARGET_METRICS as readonly string[]).includes(metric) ? targets[metric as TargetMetric] : null;
}

/** Signals of the priority queue in the fixed order in which they are shown. */
export const SIGNAL_CODES = [
  'gap.csat',
  'gap.slaCompliance',
  'gap.avgResponseTime',
  'gap.aht',
  'gap.fcr',
  'gap.resolutionRate',
  'trend',
  'notes',
  'overdueActions',
  'cadence',
  'sentiment',
] as const;
export type SignalCode = (typeof SIGNAL_CODES)[number];

/** Channels whose service is measured by the first response rather than by the wait for a voice. */
export type WrittenChannel = 'chat' | 'email' | 'ticket' | 'message';

/** Something people of a team may give as the reason of a status. */
export interface StatusReason {
  code: string;
  label: string;
  status: 'online' | 'away' | 'busy' | 'offline';
  /** Minutes after which leaders are told; null for the threshold of the status. */
  thresholdMinutes: number | null;
}

/** What a team decides for itself. Shape and limits: schema `TeamSettings` of the contract. */
export interface TeamSettings {
  /** csat 1–5; slaCompliance percent; avgResponseTime minutes; aht seconds; fcr, resolutionRate 0–1; sentiment −1–1. */
  readonly targets: Readonly<Record<TargetMetric, number>>;
  /** Largest number of points each signal can give; they sum to 100. */
  readonly weights: Readonly<Record<SignalCode, number>>;
  /** Days that may pass between two coaching sessions. */
  readonly cadenceDays: number;
  /** Business days after a coaching session by which the agent is asked to acknowledge or dispute it. */
  readonly acknowledgementDays: number;
  /** Business days in which a dispute is to be decided. */
  readonly disputeDays: number;
  /** Business days in which a request for a session is to be answered. */
  readonly requestDays: number;
  /** T of the service level: a voice interaction answered within so many seconds is within target. */
  readonly serviceLevelSeconds: number;
  /** The same for written channels: seconds until the first response. */
  readonly firstResponseSeconds: Readonly<Record<WrittenChannel, number>>;
  /** Minutes in one status after which the board marks it. */
  readonly thresholds: { readonly awayMinutes: number; readonly busyMinutes: number };
  /** Reasons people may give for their status. */
  readonly statusReasons: StatusReason[];
  /** Whether `cs` people see each other's figures. */
  readonly peerFigures: 'visible' | 'hidden';
}

/** Settings as a client sends them: one that does not know of a newer key leaves it out. */
type NewerKey = 'statusReasons' | 'acknowledgementDays' | 'disputeDays' | 'requestDays';
export type TeamSettingsChange = Omit<TeamSettings, NewerKey> & { readonly [Key in NewerKey]?: TeamSettings[Key] | undefined };

export const WEIGHT_TOTAL = 100;

export const DEFAULT_TEAM_SETTINGS: TeamSettings = {
  targets: {
    csat: 4.4,
    slaCompliance: 90,
    avgResponseTime: 1,
    aht: 420,
    fcr: 0.75,
    resolutionRate: 0.85,
    sentiment: 0,
  },
  weights: {
    'gap.csat': 20,
    'gap.slaCompliance': 10,
    'gap.avgResponseTime': 5,
    'gap.aht': 5,
    'gap.fcr': 8,
    'gap.resolutionRate': 4,
    trend: 13,
    notes: 12,
    overdueActions: 7,
    cadence: 10,
    sentiment: 6,
  },
  cadenceDays: 28,
  acknowledgementDays: 5,
  disputeDays: 5,
  requestDays: 3,
  serviceLevelSeconds: 20,
  firstResponseSeconds: { chat: 60, email: 14_400, ticket: 28_800, message: 300 },
  thresholds: { awayMinutes: 15, busyMinutes: 30 },
  statusReasons: [
    { code: 'break', label: 'Break', status: 'away', thresholdMinutes: null },
    { code: 'lunch', label: 'Lunch', status: 'away', thresholdMinutes: 60 },
    { code: 'personal', label: 'Personal', status: 'away', thresholdMinutes: null },
    { code: 'on_a_call', label: 'On a call', status: 'busy', thresholdMinutes: null },
    { code: 'in_a_chat', label: 'In a chat', status: 'busy', thresholdMinutes: null },
    { code: 'after_call_work', label: 'After-call work', status: 'busy', thresholdMinutes: 10 },
    { code: 'meeting', label: 'Meeting', status: 'busy', thresholdMinutes: 60 },
    { code: 'training', label: 'Training', status: 'busy', thresholdMinutes: 120 },
    { code: 'coaching', label: 'Coaching session', status: 'busy', thresholdMinutes: 60 },
    { code: 'end_of_shift', label: 'End of shift', status: 'offline', thresholdMinutes: null },
  ],
  peerFigures: 'visible',
};

/** A broken rule of the settings: `path` is a JSON pointer into them. */
export interface SettingsViolation {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/**
 * Checks the rules that a schema cannot say; the shape itself is the contract's.
 *
 * @returns every violation, empty when the settings may be stored
 */
export function validateTeamSettings(settings: TeamSettings): SettingsViolation[] {
  const violations: SettingsViolation[] = [];
  const total = SIGNAL_CODES.reduce((sum, code) => sum + settings.weights[code], 0);
  if (Math.abs(total - WEIGHT_TOTAL) > 1e-6) {
    violations.push({
      path: '/weights',
      code: 'weights_total',
      message: `The weights sum to ${Number(total.toFixed(4))}; they must sum to ${WEIGHT_TOTAL}.`,
    });
  }
  const twice = (names: readonly string[]): string | undefined => names.find((name, i) => names.indexOf(name) !== i);
  const code = twice(settings.statusReasons.map((reason) => reason.code));
  if (code !== undefined) violations.push({ path: '/statusReasons', code: 'reason_twice', message: `There are two reasons with the code ${code}.` });
  const label = twice(settings.statusReasons.map((reason) => `${reason.status}: ${reason.label.trim().toLowerCase()}`));
  if (label !== undefined) violations.push({ path: '/statusReasons', code: 'reason_twice', message: `There are two reasons of the same name (${label}).` });
  return violations;
}

/** Minutes after which leaders are told that somebody is in a status; null where they are not. */
export function thresholdMinutes({ thresholds, statusReasons }: TeamSettings, status: string, reasonCode: string | null): number | null {
  const ofReason = statusReasons.find((reason) => reason.code === reasonCode && reason.status === status)?.thresholdMinutes;
  return ofReason ?? (status === 'away' ? thresholds.awayMinutes : status === 'busy' ? thresholds.busyMinutes : null);
}

/**
 * The settings in force for what a team has stored: a key it never stored has its default, so that settings written
 * before a key existed stay valid.
 *
 * @param stored `team_settings.settings`, or null for a team that stored none
 */
export function resolveTeamSettings(stored: Partial<TeamSettings> | null | undefined): TeamSettings {
  if (!stored) return DEFAULT_TEAM_SETTINGS;
  const base = DEFAULT_TEAM_SETTINGS;
  return {
    targets: { ...base.targets, ...stored.targets },
    weights: { ...base.weights, ...stored.weights },
    cadenceDays: stored.cadenceDays ?? base.cadenceDays,
    acknowledgementDays: stored.acknowledgementDays ?? base.acknowledgementDays,
    disputeDays: stored.disputeDays ?? base.disputeDays,
    requestDays: stored.requestDays ?? base.requestDays,
    serviceLevelSeconds: stored.serviceLevelSeconds ?? base.serviceLevelSeconds,
    firstResponseSeconds: { ...base.firstResponseSeconds, ...stored.firstResponseSeconds },
    thresholds: { ...base.thresholds, ...stored.thresholds },
    statusReasons: stored.statusReasons ?? base.statusReasons,
    peerFigures: stored.peerFigures ?? base.peerFigures,
  };
}
