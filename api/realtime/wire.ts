import type { Delivery, StoredEvent } from '../events/event.ts';

/** An event on the wire: the documented payload first, then this. */
export interface EventMeta {
  readonly id: string;
  readonly seq: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: { readonly id: number; readonly name: string } | null;
}

export const metaOf = (event: StoredEvent): EventMeta => ({ id: event.id, seq: event.seq, type: event.type, occurredAt: event.occurredAt, actor: event.actor });

/** Whether somebody in these rooms is meant. */
export const hears = (delivery: Delivery, memberships: ReadonlySet<string>): boolean =>
  delivery.rooms.some((room) => memberships.has(room)) && !delivery.except?.some((room) => memberships.has(room));
