import type { Role } from '../auth/principal.ts';
import type { OnlineStatus } from './agent.entity.ts';

/** Whom a list or a search of people is about. */
export interface AgentFilters {
  readonly role?: Role | undefined;
  readonly status?: 'active' | 'inactive' | undefined;
  readonly onlineStatus?: OnlineStatus | undefined;
  readonly department?: string | undefined;
  readonly teamId?: string | undefined;
  readonly search?: string | undefined;
  /** Who asks, where they may not read everything about everybody: what they may not see must not find anybody either. */
  readonly peer?: Peer | undefined;
  readonly performanceLevel?: 'high' | 'medium' | 'low' | undefined;
}

/** Somebody who sees others as in the directory only, and themselves whole. */
export interface Peer {
  readonly id: number;
  /** Whether the figures of teams that hide them are hidden from this person. */
  readonly hidesFigures: boolean;
}
