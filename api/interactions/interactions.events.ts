import { defineEvent, leadership, rooms, type Delivery } from '../events/event.ts';

/** Interactions of one team's people (null: of people without a team, or of nobody) are new or changed. */
export interface InteractionsChanged {
  readonly teamId: string | null;
  /** Whose they are, or were until now. */
  readonly agentIds: readonly number[];
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
  readonly timestamp: string;
}

/** One per request and team, however many rows it brought; everybody hears of those whom they may read. */
export const interactionsChanged = defineEvent<InteractionsChanged>({
  type: 'interactions:changed',
  aggregate: 'team',
  deliveries: ({ payload }): Delivery[] => {
    const leaders = leadership(payload.teamId);
    const own = payload.agentIds.map((id): Delivery => ({ rooms: [rooms.agent(id)], except: leaders, payload: { ...payload, agentIds: [id] } }));
    return [{ rooms: leaders, payload }, ...own];
  },
});
