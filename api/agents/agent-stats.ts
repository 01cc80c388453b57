import { ROLES, type Role } from '../auth/principal.ts';
import type { OnlineStatus } from './agent.entity.ts';

/** The document's shape, with `away` and `busy` beside it: the four statuses of active people add up to `active`. */
export interface AgentStats {
  total: number;
  active: number;
  online: number;
  offline: number;
  away: number;
  busy: number;
  byRole: Record<string, number>;
  byDepartment: Record<string, number>;
}

/** How many people are alike in all of this. */
export interface StatsGroup {
  readonly role: Role;
  readonly department: string;
  readonly isActive: boolean;
  readonly onlineStatus: OnlineStatus;
  readonly n: number;
}

/** People who have left count as people, but have no status. */
export function addUp(groups: readonly StatsGroup[]): AgentStats {
  const total = (belongs: (group: StatsGroup) => boolean): number => groups.reduce((sum, group) => sum + (belongs(group) ? group.n : 0), 0);
  const inStatus = (status: OnlineStatus): number => total((group) => group.isActive && group.onlineStatus === status);
  const by = (key: 'role' | 'department', names: Iterable<string>): Record<string, number> =>
    Object.fromEntries([...new Set(names)].map((name) => [name, total((group) => group[key] === name)]));
  return {
    total: total(() => true),
    active: total((group) => group.isActive),
    online: inStatus('online'),
    offline: inStatus('offline'),
    away: inStatus('away'),
    busy: inStatus('busy'),
    byRole: by('role', ROLES),
    byDepartment: by('department', groups.map((group) => group.department).sort()),
  };
}
