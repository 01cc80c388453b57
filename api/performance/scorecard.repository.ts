import { RowSet } from '../db/row-set.ts';

export interface Score {
  readonly metric: string;
  readonly score: number;
  readonly target: number | null;
  readonly weight: number | null;
}

/** Scores of a person over a period, as an old system had them. Instants are ISO 8601. */
export interface Scorecard {
  readonly agentId: number;
  /** `2024-03` and the like, in the old system's words. */
  readonly period: string;
  readonly scores: readonly Score[];
  readonly total: number | null;
  readonly percentage: number | null;
  readonly notes: string | null;
  readonly createdAt: string;
  readonly source: string;
  readonly externalId: string;
}

export const scorecardRows = new RowSet<Scorecard & { readonly id: string }>('scorecards', {
  agentId: ['agent_id', 'int'], period: ['period', 'text'], scores: ['scores', 'jsonb'], total: ['total', 'numeric'], percentage: ['percentage', 'numeric'],
  notes: ['notes', 'text'], createdAt: ['created_at', 'timestamptz'], source: ['source', 'text'], externalId: ['external_id', 'text'],
});
