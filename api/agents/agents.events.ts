import { defineEvent, rooms, type Delivery, type Directory } from '../events/event.ts';
import { directoryView, peerView, type AgentView } from './agent.presenter.ts';

/** Leaders and above see the person whole, the person themselves too, everybody else the directory entry. */
function byViewer(agent: AgentView, directory: Directory): Delivery[] {
  const whole = [rooms.managers, rooms.leaders, rooms.user(agent.id)];
  const others = [rooms.everyone, rooms.department(agent.department)];
  const deliveries: Delivery[] = [{ rooms: [...whole, rooms.admins], payload: agent }];
  if (!directory.figuresHidden(agent.id)) return [...deliveries, { rooms: others, except: whole, payload: directoryView(agent) }];
  return [
    ...deliveries,
    { rooms: others, except: [...whole, rooms.frontline], payload: directoryView(agent) },
    { rooms: [rooms.frontline], except: [rooms.user(agent.id)], payload: peerView(agent) },
  ];
}

export const agentCreated = defineEvent<AgentView>({
  type: 'agent_created',
  aggregate: 'agent',
  deliveries: (event, directory) => byViewer(event.payload, directory),
});

export const agentUpdated = defineEvent<AgentView>({
  type: 'agent_updated',
  aggregate: 'agent',
  deliveries: (event, directory) => byViewer(event.payload, directory),
  affectsPrincipals: (event) => [event.payload.id],
});

/** Beside `agent_updated`, which carries the person who is not active any more. */
export const agentDeleted = defineEvent<{ agentId: number; timestamp: string }>({
  type: 'agent_deleted',
  aggregate: 'agent',
  deliveries: ({ payload }, directory) => {
    const department = directory.departmentOf(payload.agentId);
    return [{ rooms: [rooms.everyone, ...(department === null ? [] : [rooms.department(department)])], payload }];
  },
  affectsPrincipals: (event) => [event.payload.agentId],
});
