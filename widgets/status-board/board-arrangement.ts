import { boardLines, choiceIn, withWishes, type Board, type BoardChoice, type Group, type Person, type Row, type Team } from './board-model.ts';
import type { StatusChoice } from './status-menu.ts';

/** The board as lines in their order, and the people and teams in them by id. */
export interface Arrangement {
  readonly lines: readonly (Group | Row)[];
  readonly people: ReadonlyMap<number, Person>;
  readonly teams: ReadonlyMap<string, Team>;
  /** All that it depends on. */
  readonly from: readonly unknown[];
}

export const noArrangement: Arrangement = { lines: [], people: new Map(), teams: new Map(), from: [] };

export interface ArrangementOptions {
  /** Nothing while it loads. */
  board: Board | undefined;
  wishes: ReadonlyMap<number, StatusChoice>;
  choice: BoardChoice;
  query: string;
  /** The team that the page chose. */
  teamId: string | undefined;
  /** ms since the epoch: now, or when the data was last known to be true. */
  now: number;
}

/** Sorts and groups anew only where something changed: scrolling asks for every frame. */
export function arrange(before: Arrangement, { board: stored, wishes, choice, query, teamId, now }: ArrangementOptions): Arrangement {
  const moment = choice.order === 'time' ? Math.floor(now / 1000) : 0;
  const from = [stored, wishes, choice, query, teamId, moment];
  if (from.every((part, i) => part === before.from[i])) return before;
  const board = stored && withWishes(stored, wishes);
  return {
    lines: board ? boardLines({ board, choice: choiceIn(board, choice, Boolean(teamId)), query, now }) : [],
    people: new Map(board?.people.map((person) => [person.id, person])),
    teams: new Map(board?.teams.map((team) => [team.id, team])),
    from,
  };
}
