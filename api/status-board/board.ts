import type { OnlineStatus } from '../agents/agent.entity.ts';
import type { TeamSettings } from '../performance/team-settings.ts';
import type { BoardPersonRow, BoardTeamRow } from './status-board.repository.ts';

/** Days of the ratings’ small line, today included. */
export const BOARD_DAYS = 7;

export interface Board {
  readonly asOf: string;
  /** First and last business day of the figures. */
  readonly from: string;
  readonly to: string;
  readonly people: readonly (BoardPersonRow & { readonly figuresHidden: boolean })[];
  readonly teams: readonly BoardTeam[];
}

export interface BoardTeam extends Pick<BoardTeamRow, 'id' | 'name' | 'department'> {
  /** Null for whoever may not read the team's settings. */
  readonly thresholds: TeamSettings['thresholds'] | null;
  /** Reasons with a threshold of their own; none likewise. */
  readonly reasonThresholds: readonly { readonly label: string; readonly status: OnlineStatus; readonly minutes: number }[];
}
