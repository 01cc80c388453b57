import type { OnlineStatus } from '../agents/agent.entity.ts';
import { STORY_TEAMS } from './story/teams.ts';
import type { Stretch } from './workday.ts';

/** A stretch of the ledger; instants in milliseconds, the last one open. */
export interface LedgerInterval {
  readonly status: OnlineStatus;
  readonly reason: string | null;
  readonly from: number;
  readonly to: number | null;
}

const WITH_CUSTOMER = new Set(STORY_TEAMS.flatMap((team) => team.kinds.flatMap((kind) => kind.live ?? [])));

/**
 * The ledger of one person from an instant until now, without a gap and without an overlap.
 * Somebody who would be with a customer now is free instead: that contact is not part of the past.
 *
 * @param from undefined: from the first stretch on
 * @param leaves whether the person goes offline now whatever the plan says
 */
export function ledgerOf(stretches: readonly Stretch[], from: number | undefined, now: number, leaves: boolean): LedgerInterval[] {
  const past = stretches.filter((stretch) => stretch.from <= now);
  const last = past.at(-1);
  if (last?.reason && WITH_CUSTOMER.has(last.reason)) past[past.length - 1] = { ...last, status: 'online', reason: null };
  if (leaves) past.push({ status: 'offline', reason: null, from: now });
  const begun = from === undefined ? past : startingAt(past, from);
  const lasting = begun.filter((stretch, i) => begun[i + 1]?.from !== stretch.from);
  const kept = lasting.filter((stretch, i) => i === 0 || !isSame(stretch, lasting[i - 1]));
  return kept.map(({ status, reason, from: start }, i) => ({ status, reason, from: start, to: kept[i + 1]?.from ?? null }));
}

function startingAt(stretches: readonly Stretch[], from: number): Stretch[] {
  const before = stretches.findLast((stretch) => stretch.from <= from) ?? { status: 'offline', reason: null };
  return [{ status: before.status, reason: before.reason, from }, ...stretches.filter((stretch) => stretch.from > from)];
}

const isSame = (a: Stretch, b: Stretch | undefined): boolean => a.status === b?.status && a.reason === b.reason;
