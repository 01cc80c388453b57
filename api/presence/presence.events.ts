import type { OnlineStatus } from '../agents/agent.entity.ts';
import { defineEvent, leadership, rooms, type Delivery, type Directory } from '../events/event.ts';

interface OnOff {
  readonly agentId: number;
  readonly timestamp: string;
}
export interface StatusChange extends OnOff {
  readonly status: OnlineStatus;
  readonly reason: string | null;
}

/** Status is part of the directory: everybody who is signed in may see it. */
function everyone(payload: OnOff, directory: Directory): Delivery[] {
  const department = directory.departmentOf(payload.agentId);
  return [{ rooms: [rooms.everyone, ...(department === null ? [] : [rooms.department(department)])], payload }];
}

export const agentOnline = defineEvent<OnOff>({
  type: 'agent_online',
  aggregate: 'agent',
  deliveries: (event, directory) => everyone(event.payload, directory),
});

export const agentOffline = defineEvent<OnOff>({
  type: 'agent_offline',
  aggregate: 'agent',
  deliveries: (event, directory) => everyone(event.payload, directory),
});

export const agentStatusChange = defineEvent<StatusChange>({
  type: 'agent_status_change',
  aggregate: 'agent',
  deliveries: (event, directory) => everyone(event.payload, directory),
});

/** For those who may read the record: the person and whoever leads them. */
export const presenceCorrected = defineEvent<{ agentId: number; correctionId: string; from: string; to: string }>({
  type: 'presence:corrected',
  aggregate: 'agent',
  deliveries: ({ payload }, directory) => [{ rooms: [...leadership(directory.teamOf(payload.agentId)), rooms.agent(payload.agentId)], payload }],
});
