import { defineEvent, leadership, rooms, type Delivery, type Directory, type StoredEvent } from '../events/event.ts';
import type { ActionView } from './action.presenter.ts';

/** Those who may read it by HTTP: the person it is about and whoever leads them. Who is to do it is one of these. */
const deliveries = ({ payload }: StoredEvent<ActionView>, directory: Directory): Delivery[] => [
  { rooms: [...leadership(directory.teamOf(payload.agentId)), rooms.agent(payload.agentId)], payload },
];

export const actionCreated = defineEvent<ActionView>({ type: 'actionItem:created', aggregate: 'action_item', deliveries });

export const actionUpdated = defineEvent<ActionView>({ type: 'actionItem:updated', aggregate: 'action_item', deliveries });
