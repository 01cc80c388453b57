import type { KeyScope } from './key-scopes.ts';

/** `cs` is the front-line agent of every document. */
export const ROLES = ['admin', 'manager', 'team_leader', 'cs', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** Who is asking, as established once per request or socket message. */
export interface Principal {
  readonly kind: 'person' | 'system' | 'key';
  /** Integer id of the person; 0 for API keys and for the system itself (jobs, simulator). */
  readonly agentId: number;
  readonly name: string;
  readonly role: Role;
  /** The team the person belongs to. */
  readonly teamId: string | null;
  readonly department: string | null;
  /** Teams the person leads. */
  readonly ledTeamIds: readonly string[];
  /** The sign-in behind the request; null for keys and the system. */
  readonly sessionId: string | null;
  /** The API key that asks, and all it may do; only where the kind is `key`. */
  readonly key?: { readonly id: string; readonly scopes: readonly KeyScope[] };
  readonly requestId: string;
  readonly ip: string | null;
}

/** Jobs and the simulator act as the installation itself; the audit log says which. */
export const systemPrincipal = (name: string): Principal => ({
  kind: 'system',
  agentId: 0,
  name,
  role: 'admin',
  teamId: null,
  department: null,
  ledTeamIds: [],
  sessionId: null,
  requestId: `system:${name}`,
  ip: null,
});

/**
 * A host system. It sees the rows a manager sees, of those operations alone that its scopes name; it never grants what
 * is an administrator's to grant.
 */
export const keyPrincipal = (key: { id: string; name: string; scopes: readonly KeyScope[] }): Principal => ({
  ...systemPrincipal(key.name),
  kind: 'key',
  role: 'manager',
  key: { id: key.id, scopes: key.scopes },
  requestId: '',
});

/** Whom limits and repeated requests are counted by: the person, the key, or the address of somebody unknown. */
export function callerOf(principal: Principal): string {
  if (principal.kind === 'person') return `p${principal.agentId}`;
  return principal.key ? `k${principal.key.id}` : `a${principal.ip}`;
}

/** Whose remembered credentials an event puts in doubt: a person by integer id, an API key by its UUID. */
export type PrincipalRef = number | string;

/** Whose rows somebody may see. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'teams'; readonly teamIds: readonly string[]; readonly selfId: number }
  | { readonly kind: 'self'; readonly agentId: number }
  | { readonly kind: 'none' };

/** The scope of everything that is about a person's work: notes, interactions, queue, sessions. */
export function scopeOf(principal: Principal): Scope {
  switch (principal.role) {
    case 'admin':
    case 'manager':
      return { kind: 'all' };
    case 'team_leader':
      return { kind: 'teams', teamIds: principal.ledTeamIds, selfId: principal.agentId };
    case 'cs':
      return { kind: 'self', agentId: principal.agentId };
    case 'viewer':
      return { kind: 'none' };
  }
}

export const isManager = (principal: Principal): boolean => principal.role === 'admin' || principal.role === 'manager';

/** Whose record the principal may change as a whole: administrators everybody's, managers that of agents and leaders. */
export const mayManage = (principal: Principal, role: Role): boolean =>
  principal.role === 'admin' || (principal.role === 'manager' && (role === 'cs' || role === 'team_leader'));

/** Whether a person of that team is led by the principal (managers and administrators lead everybody). */
export const leads = (principal: Principal, teamId: string | null): boolean =>
  isManager(principal) || (principal.role === 'team_leader' && teamId !== null && principal.ledTeamIds.includes(teamId));
