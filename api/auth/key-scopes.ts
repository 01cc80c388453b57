/**
 * What an API key may be allowed, and nothing besides. The contract names the scopes of an operation in `x-key-scopes`;
 * an operation without them is for people. Writing includes no reading: a system that only delivers reads nothing.
 */
export const KEY_SCOPES = {
  'agents:read': 'Read people with their contact fields, their leave, and their identities in host systems',
  'agents:write': 'Create and change agents and team leaders, and their identities in host systems',
  'teams:read': 'Read teams, their members and settings',
  'presence:write': 'Set people’s status',
  'interactions:read': 'Read calls, chats and tickets',
  'interactions:write': 'Deliver calls, chats and tickets',
  'performance:read': 'Read metric definitions and figures',
  'notes:read': 'Read notes that are not private',
  'metrics:read': 'Read the counters of the installation, for monitoring',
  'coaching:read': 'Read the priority queue and its evidence, and action items',
} as const;

export type KeyScope = keyof typeof KEY_SCOPES;
