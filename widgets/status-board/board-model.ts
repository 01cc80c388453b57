import type { components } from '../../api/http/contract.types.ts';
import { STATUSES, type OnlineStatus } from '../shared/icons.ts';

export type Agent = components['schemas']['Agent'];
export type Thresholds = components['schemas']['TeamSettings']['thresholds'];
export type Order = 'name' | 'time';

export interface Group {
  readonly kind: 'group';
  readonly teamId: string | null;
  readonly name: string | null;
  readonly counts: Readonly<Record<OnlineStatus, number>>;
  readonly total: number;
}

export interface Row {
  readonly kind: 'agent';
  readonly agent: Agent;
}

export interface BoardView {
  readonly agents: readonly Agent[];
  readonly query: string;
  readonly order: Order;
  readonly thresholds: ReadonlyMap<string, Thresholds>;
  readonly now: number;
}

/**
 * The board's lines: each team's header and then its people. The counts are those of the whole team, whatever the
 * search hides; a team with nobody left to show is not shown.
 */
export function boardLines(view: BoardView): (Group | Row)[] {
  const teams = Map.groupBy(view.agents, (agent) => agent.teamId);
  const groups = [...teams].sort(([, a], [, b]) => compareNames(a[0]?.teamName ?? '￿', b[0]?.teamName ?? '￿'));
  return groups.flatMap(([teamId, members]) => {
    const shown = members.filter((agent) => matches(agent, view.query)).sort(comparator(view));
    if (shown.length === 0) return [];
    const header: Group = { kind: 'group', teamId, name: members[0]?.teamName ?? null, ...count(members) };
    return [header, ...shown.map((agent): Row => ({ kind: 'agent', agent }))];
  });
}

/** Seconds after which the team wants a status to be noticed; undefined where it never is. */
export function limitSeconds(status: OnlineStatus, thresholds: Thresholds | undefined): number | undefined {
  if (status === 'away') return thresholds && thresholds.awayMinutes * 60;
  if (status === 'busy') return thresholds && thresholds.busyMinutes * 60;
  return undefined;
}

export function isOver(agent: Agent, thresholds: Thresholds | undefined, now: number): boolean {
  const limit = limitSeconds(agent.onlineStatus, thresholds);
  return limit !== undefined && secondsIn(agent, now) > limit;
}

function secondsIn(agent: Agent, now: number): number {
  return Math.max(0, (now - Date.parse(agent.statusSince)) / 1000);
}

function comparator({ order, thresholds, now }: BoardView): (a: Agent, b: Agent) => number {
  if (order === 'name') return (a, b) => compareNames(a.fullName, b.fullName) || a.id - b.id;
  const worst = (agent: Agent): number => {
    const limit = limitSeconds(agent.onlineStatus, thresholds.get(agent.teamId ?? ''));
    return limit === undefined ? 0 : secondsIn(agent, now) / limit;
  };
  const reach = (agent: Agent): number => (agent.onlineStatus === 'offline' ? 1 : 0);
  return (a, b) => reach(a) - reach(b) || worst(b) - worst(a) || secondsIn(b, now) - secondsIn(a, now) || a.id - b.id;
}

function count(members: readonly Agent[]): Pick<Group, 'counts' | 'total'> {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<OnlineStatus, number>;
  for (const agent of members) counts[agent.onlineStatus] += 1;
  return { counts, total: members.length };
}

function matches(agent: Agent, query: string): boolean {
  return fold(agent.fullName).includes(fold(query.trim()));
}

/** Letters that Unicode does not take apart into a base and a mark. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = { ı: 'i', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe' };

/** Without case and accents: "jose" finds José, "yildiz" Yıldız. */
function fold(text: string): string {
  const bare = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replace(/[ıøłđðþßæœ]/g, (letter) => WHOLE_LETTERS[letter] ?? letter);
}

function compareNames(a: string, b: string): number {
  return a.localeCompare(b);
}
