import { defineEvent, leadership, rooms, type Directory } from '../events/event.ts';
import type { IdentityView } from './identity.presenter.ts';

/** Those who may read a person's identities by HTTP: their leaders and themselves. */
const readers = (agentId: number, directory: Directory): string[] => [...leadership(directory.teamOf(agentId)), rooms.agent(agentId)];

export const identityCreated = defineEvent<IdentityView>({
  type: 'identity:created',
  aggregate: 'agent',
  deliveries: ({ payload }, directory) => [{ rooms: readers(payload.agentId, directory), payload }],
});

export const identityDeleted = defineEvent<{ id: string; agentId: number }>({
  type: 'identity:deleted',
  aggregate: 'agent',
  deliveries: ({ payload }, directory) => [{ rooms: readers(payload.agentId, directory), payload }],
});
