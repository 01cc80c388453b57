import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Recheck } from '../realtime/replay.ts';
import type { ActionRepository } from './action.repository.ts';

const ABOUT_ACTIONS = new Set(['actionItem:created', 'actionItem:updated']);

/** Old events of what was agreed in a session go to who holds it today, and no more to who held it then. */
export function actionRecheck(uow: UnitOfWork, actions: ActionRepository): Recheck {
  return async (events) => {
    const about = events.filter((event) => ABOUT_ACTIONS.has(event.type));
    if (about.length === 0) return events;
    const today = await uow.read((db) => actions.holders(db, about.map((event) => event.aggregateId)));
    return events.map((event) => {
      if (!ABOUT_ACTIONS.has(event.type)) return event;
      const { facilitatorId: _then, ...audience } = event.audience;
      const heldBy = today.get(event.aggregateId);
      return { ...event, audience: heldBy === undefined ? audience : { ...audience, facilitatorId: heldBy } };
    });
  };
}
