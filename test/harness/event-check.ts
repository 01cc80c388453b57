import type { Socket } from 'socket.io-client';
import type { Context } from '../../api/context.ts';
import { sql } from '../../api/db/db.ts';
import { eventDefinitions } from '../../api/events.ts';
import type { Directory, StoredEvent } from '../../api/events/event.ts';
import { contractChecker } from './contract-checker.ts';

/** Notes what a socket hears that is not in the contract, or not as the contract has it. */
export function checkHeard(socket: Socket, faults: string[]): void {
  socket.onAny((name: string, payload: unknown) => faults.push(...contractChecker().eventFaults(name, payload)));
}

/** Somewhere, in a team; with figures shown to peers and hidden from them, which are different projections. */
const directories: readonly Directory[] = [false, true].map((hidden) => ({
  teamOf: () => '018f0000-0000-7000-8000-000000000000',
  departmentOf: () => 'Support',
  figuresHidden: () => hidden,
}));

/** What is wrong, by the contract, with the events that were written during a test, heard by anybody or not. */
export async function storedEventFaults(ctx: Context): Promise<string[]> {
  const events = await ctx.uow.read((db) =>
    db.rows(sql<StoredEvent>`select id, coalesce(seq, 0)::int as seq, type, aggregate_id as "aggregateId", payload, audience, actor, occurred_at::text as "occurredAt" from outbox order by position`),
  );
  return events.flatMap((event) => {
    const definition = eventDefinitions.get(event.type);
    if (!definition) return [`${event.type} is recorded, but defined nowhere`];
    return directories.flatMap((directory) =>
      definition.deliveries(event, directory).flatMap(({ payload }) => contractChecker().eventFaults(event.type, payload)),
    );
  });
}
