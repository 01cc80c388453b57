import type { components } from '../../api/http/contract.types.ts';
import { STATUSES, type OnlineStatus } from '../shared/icons.ts';
import type { StatusChoice } from './status-menu.ts';

type Schemas = components['schemas'];
export type Board = Schemas['StatusBoard'];
export type Person = Schemas['BoardPerson'];
export type Team = Schemas['BoardTeam'];
export type Order = 'name' | 'time';
export type Grouping = 'team' | 'department' | 'none';
export type Counts = Readonly<Record<OnlineStatus, number>>;

/** What a viewer chose to see; remembered for them. */
export interface BoardChoice {
  readonly order: Order;
  readonly groupBy: Grouping;
  /** Statuses shown; all of them while empty. */
  readonly statuses: readonly OnlineStatus[];
  readonly teamId: string | null;
  readonly department: string | null;
}

export const defaultChoice: BoardChoice = { order: 'name', groupBy: 'team', statuses: [], teamId: null, department: null };

export interface Group {
  readonly kind: 'group';
  readonly key: string;
  readonly name: string | null;
  readonly counts: Counts;
  readonly total: number;
}

export interface Row {
  readonly kind: 'agent';
  readonly person: Person;
}

export interface BoardView {
  readonly board: Board;
  readonly choice: BoardChoice;
  readonly query: string;
  /** ms since the epoch: now, or when the data was last known to be true. */
  readonly now: number;
}

const LAST = '￿';

/**
 * The board's lines: each group's header and then its people. The counts are those of the whole group, whatever the
 * search and the statuses hide; a group with nobody left to show is not shown.
 */
export function boardLines({ board, choice, query, now }: BoardView): (Group | Row)[] {
  const teams = new Map(board.teams.map((team) => [team.id, team]));
  const order = comparator(choice.order, teams, now);
  const wanted = fold(query.trim());
  const shown = (person: Person): boolean => hasStatus(person, choice) && fold(person.fullName).includes(wanted);
  const groups = [...Map.groupBy(inPlace(board, choice), keyOf(choice.groupBy))];
  groups.sort(([, a], [, b]) => compareNames(nameOf(a[0], choice.groupBy) ?? LAST, nameOf(b[0], choice.groupBy) ?? LAST));
  return groups.flatMap(([key, members]) => {
    const rows = members.filter(shown).sort(order).map((person): Row => ({ kind: 'agent', person }));
    if (rows.length === 0 || choice.groupBy === 'none') return rows;
    const header: Group = { kind: 'group', key, name: nameOf(members[0], choice.groupBy), counts: countStatuses(members), total: members.length };
    return [header, ...rows];
  });
}

/**
 * What was chosen, without teams and departments that are not here any more: a filter nobody can see hides nobody.
 *
 * @param oneTeam whether the page chose the team
 */
export function choiceIn(board: Board | undefined, choice: BoardChoice, oneTeam: boolean): BoardChoice {
  if (!board) return choice;
  const { teamId, department } = choice;
  return {
    ...choice,
    teamId: !oneTeam && board.teams.some(({ id }) => id === teamId) ? teamId : null,
    department: board.people.some((person) => person.department === department) ? department : null,
  };
}

/** The board with what was asked for already in place; the answer confirms it or takes it back. */
export function withWishes(board: Board, wishes: ReadonlyMap<number, StatusChoice>): Board {
  if (wishes.size === 0) return board;
  const people = board.people.map((person) => {
    const wish = wishes.get(person.id);
    return wish ? { ...person, onlineStatus: wish.status, statusReason: wish.reason } : person;
  });
  return { ...board, people };
}

/** Everybody of the chosen team and department, whatever their status. */
export function inPlace({ people }: Board, { teamId, department }: BoardChoice): Person[] {
  return people.filter((person) => (teamId === null || person.teamId === teamId) && (department === null || person.department === department));
}

export function countStatuses(people: readonly Person[]): Counts {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as Record<OnlineStatus, number>;
  for (const person of people) counts[person.onlineStatus] += 1;
  return counts;
}

/** How many of the choices hide people. */
export const narrowings = ({ statuses, teamId, department }: BoardChoice): number => Number(statuses.length > 0) + Number(teamId !== null) + Number(department !== null);

/** Seconds after which the team wants this to be noticed; undefined where it never is, or is not the viewer's to know. */
export function limitSeconds({ onlineStatus, statusReason }: Pick<Person, 'onlineStatus' | 'statusReason'>, team: Team | undefined): number | undefined {
  const thresholds = team?.thresholds;
  if (!thresholds) return undefined;
  const ofReason = team.reasonThresholds.find(({ label, status }) => status === onlineStatus && label.toLowerCase() === statusReason?.toLowerCase());
  if (ofReason) return ofReason.minutes * 60;
  if (onlineStatus === 'away') return thresholds.awayMinutes * 60;
  if (onlineStatus === 'busy') return thresholds.busyMinutes * 60;
  return undefined;
}

export function isOver(person: Person, team: Team | undefined, now: number): boolean {
  const limit = limitSeconds(person, team);
  return limit !== undefined && secondsIn(person, now) > limit;
}

function secondsIn(person: Person, now: number): number {
  return Math.max(0, (now - Date.parse(person.statusSince)) / 1000);
}

/** By name; or who is furthest beyond their own threshold first, then who is longest in a status, offline last. */
function comparator(order: Order, teams: ReadonlyMap<string, Team>, now: number): (a: Person, b: Person) => number {
  if (order === 'name') return (a, b) => compareNames(a.fullName, b.fullName) || a.id - b.id;
  const worst = (person: Person): number => {
    const limit = limitSeconds(person, teams.get(person.teamId ?? ''));
    return limit === undefined ? 0 : secondsIn(person, now) / limit;
  };
  const reach = (person: Person): number => (person.onlineStatus === 'offline' ? 1 : 0);
  return (a, b) => reach(a) - reach(b) || worst(b) - worst(a) || secondsIn(b, now) - secondsIn(a, now) || a.id - b.id;
}

const keyOf = (groupBy: Grouping) => (person: Person): string =>
  groupBy === 'team' ? (person.teamId ?? '') : groupBy === 'department' ? person.department : '';

const nameOf = (person: Person | undefined, groupBy: Grouping): string | null =>
  (groupBy === 'department' ? person?.department : person?.teamName) || null;

const hasStatus = ({ onlineStatus }: Person, { statuses }: BoardChoice): boolean => statuses.length === 0 || statuses.includes(onlineStatus);

/** Letters that Unicode does not take apart into a base and a mark. */
const WHOLE_LETTERS: Readonly<Record<string, string>> = { ı: 'i', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe' };

/** Without case and accents: "jose" finds José, "yildiz" Yıldız. */
function fold(text: string): string {
  const bare = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return bare.replace(/[ıøłđðþßæœ]/g, (letter) => WHOLE_LETTERS[letter] ?? letter);
}

/** One collator for all: making one for each comparison costs more than the sorting. */
const names = new Intl.Collator();
const compareNames = (a: string, b: string): number => names.compare(a, b);
