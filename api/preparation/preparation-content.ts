import type { TargetMetric } from '../performance/team-settings.ts';

export interface EvidenceLink {
  readonly kind: 'interactions' | 'dailyRows' | 'people' | 'quickNotes' | 'actionItems' | 'coachingSessions';
  readonly href: string;
  readonly count: number;
}

type Params = Readonly<Record<string, string | number | boolean | null>>;

/** A metric over the window, as the person's summary shows it. */
export interface PreparedMetric {
  readonly metric: string;
  readonly name: string;
  readonly unit: string;
  readonly direction: string;
  readonly value: number | null;
  readonly n: number;
  readonly minimumN: number;
  readonly enough: boolean;
  readonly target: number | null;
  readonly meetsTarget: boolean | null;
  readonly previous: { readonly from: string; readonly to: string; readonly value: number | null; readonly n: number } | null;
  readonly evidence: readonly EvidenceLink[];
}

export interface PreparedAction {
  readonly id: string;
  readonly title: string;
  /** `YYYY-MM-DD` */
  readonly dueDate: string;
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH';
  readonly status: string;
  readonly overdue: boolean;
  readonly assigneeName: string;
  readonly targetMetric: string | null;
  readonly targetValue: number | null;
}

export interface PreparedCommitment {
  readonly id: string;
  readonly text: string;
  readonly personId: number | null;
  readonly dueOn: string | null;
}

/** A point of an agenda that was not talked about. */
export interface LeftPoint {
  readonly id: string;
  readonly title: string;
  readonly detail: string | null;
  readonly source: 'leader' | 'agent' | 'note' | 'preparation' | 'template';
  readonly refId: string | null;
}

/** The last session that was held, and what it changed. */
export interface LastSession {
  readonly id: string;
  readonly heldAt: string;
  readonly facilitator: { readonly id: number; readonly name: string };
  readonly summary: string;
  readonly commitments: readonly PreparedCommitment[];
  /** What was given to the person to do; missing in what was compiled before it was looked for. */
  readonly actions?: readonly { readonly id: string; readonly title: string; readonly isDone: boolean }[];
  /** Missing in what was compiled before it was looked for. */
  readonly left?: readonly LeftPoint[];
  readonly effect: readonly { readonly metric: string; readonly name: string; readonly verdict: 'improved' | 'no_clear_change' | 'worse' | 'too_early'; readonly sentence: string }[];
}

export type FlagCode = 'poor_rating' | 'excellent_rating' | 'negative_sentiment' | 'long_handle';

export interface Flag {
  readonly code: FlagCode;
  readonly sentence: string;
  readonly value: number;
  /** What it was held against. */
  readonly threshold: number;
}

/** An interaction worth looking at, with every reason for it. */
export interface FlaggedInteraction {
  readonly id: string;
  readonly channel: string;
  readonly startedAt: string;
  readonly topic: string | null;
  readonly queue: string | null;
  readonly rating: number | null;
  readonly sentiment: number | null;
  readonly handleSeconds: number | null;
  readonly reasons: readonly Flag[];
}

/** Where a metric is going; `steady` where nothing is significant, `unknown` below the minimum of days. */
export interface MetricTrend {
  readonly metric: TargetMetric;
  readonly name: string;
  readonly going: 'better' | 'worse' | 'steady' | 'unknown';
  /** Over 28 days, in the metric's unit; null where nothing is said. */
  readonly change: number | null;
  readonly days: number;
  readonly p: number | null;
  readonly sentence: string;
}

export interface QueueReasons {
  readonly score: number;
  readonly reasons: readonly { readonly code: string; readonly sentence: string; readonly points: number; readonly weight: number; readonly evidence: readonly EvidenceLink[] }[];
}

export interface PreparedRecognition {
  readonly code: string;
  readonly sentence: string;
  readonly evidence: readonly EvidenceLink[];
}

export type AgendaCode = 'went_well' | 'last_session' | 'left_open' | 'urgent_note' | 'focus_metric' | 'off_target' | 'getting_worse' | 'overdue_actions' | 'notes' | 'look_at';

/** A row that a point of the draft rests on. */
export interface AgendaRef {
  readonly kind: 'quickNote' | 'actionItem' | 'coachingSession' | 'interaction';
  readonly id: string;
}

/** A point of the draft, without its words: notes in it may not be for every reader. */
export interface DraftPoint {
  /** The same for the same matter however often it is compiled. */
  readonly id: string;
  readonly code: AgendaCode;
  readonly params: Params;
  readonly refs: readonly AgendaRef[];
  readonly evidence: readonly EvidenceLink[];
}

/** All that is compiled and kept. */
export interface PreparationContent {
  /** Business day on which it was compiled. */
  readonly asOf: string;
  /** As the session had them; a preparation for others is out of date. */
  readonly focusMetrics: readonly string[];
  readonly metrics: readonly PreparedMetric[];
  readonly actions: readonly PreparedAction[];
  readonly lastSession: LastSession | null;
  readonly flagged: readonly FlaggedInteraction[];
  readonly trends: readonly MetricTrend[];
  readonly queue: QueueReasons | null;
  readonly recognitions: readonly PreparedRecognition[];
  readonly agenda: readonly DraftPoint[];
}
