import { defineEvent, leadership, rooms, type Delivery, type Directory, type StoredEvent } from '../events/event.ts';
import type { ActionView } from './action.presenter.ts';

/**
 * Those who may read it by HTTP: the person it is about, whoever leads them, and who holds the session it was agreed in.
 * Who is to do it is one of these.
 */
function deliveries({ payload, audience: { facilitatorId } }: StoredEvent<ActionView>, directory: Directory): Delivery[] {
  const people = [payload.agentId, ...(facilitatorId === undefined ? [] : [facilitatorId])];
  return [{ rooms: [...leadership(directory.teamOf(payload.agentId)), ...people.map(rooms.agent)], payload }];
}

export const actionCreated = defineEvent<ActionView>({ type: 'actionItem:created', aggregate: 'action_item', deliveries });

export const actionUpdated = defineEvent<ActionView>({ type: 'actionItem:updated', aggregate: 'action_item', deliveries });
