import type { components } from '../../api/http/contract.types.ts';

/** A figure as it was shown, and where its rows are. */
export interface DrillSubject {
  title: string;
  /** The figure with its unit. */
  value: string;
  n?: number;
  /** What it is held against, a line each. */
  facts: readonly string[];
  /** Id of the metric whose definition is shown. */
  metric?: string;
  /** The days behind a comparison. */
  days?: { title: string; rows: readonly { date: string; value: string; n: number }[] };
  links: readonly components['schemas']['Evidence'][];
  /** Whose rows they are, for readers who may write a note on one. */
  about?: { agentId: number; name: string };
  /** Whether rows say whose they are. */
  named?: boolean;
}
