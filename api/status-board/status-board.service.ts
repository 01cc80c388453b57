import { isManager, leads, type Principal, type Scope } from '../auth/principal.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { notFound } from '../errors/problem.ts';
import { addDays, type BusinessCalendar } from '../performance/business-day.ts';
import { resolveTeamSettings, type TeamSettings } from '../performance/team-settings.ts';
import { BOARD_DAYS, type Board, type BoardTeam } from './board.ts';
import type { BoardPersonRow, StatusBoardRepository } from './status-board.repository.ts';

/** The floor at a glance. */
export class StatusBoardService {
  readonly #uow: UnitOfWork;
  readonly #board: StatusBoardRepository;
  readonly #calendar: BusinessCalendar;
  readonly #clock: Clock;

  constructor(deps: { uow: UnitOfWork; board: StatusBoardRepository; calendar: BusinessCalendar; clock: Clock }) {
    this.#uow = deps.uow;
    this.#board = deps.board;
    this.#calendar = deps.calendar;
    this.#clock = deps.clock;
  }

  /** @param teamId that team alone; else whom the caller works with. @throws Problem 404 (no such team). */
  async board(by: Principal, teamId: string | undefined): Promise<Board> {
    const now = this.#clock.now();
    const to = this.#calendar.dayOf(now);
    const from = addDays(to, 1 - BOARD_DAYS);
    const { people, teams } = await this.#uow.read(async (db) => {
      const found = await this.#board.people(db, boardScope(by, teamId), from, to);
      const ids = new Set(found.flatMap((person) => person.teamId ?? []));
      return { people: found, teams: await this.#board.teams(db, [...ids, ...(teamId ? [teamId] : [])]) };
    });
    if (teamId && !teams.some(({ id }) => id === teamId.toLowerCase())) throw notFound('Team');
    const settings = new Map(teams.map((team) => [team.id, resolveTeamSettings(team.settings)]));
    const hidden = (person: BoardPersonRow): boolean =>
      by.role === 'cs' && person.id !== by.agentId && settings.get(person.teamId ?? '')?.peerFigures === 'hidden';
    return {
      asOf: now.toISOString(),
      from,
      to,
      people: people.map((person) => ({ ...person, figuresHidden: hidden(person) })),
      teams: teams.map(({ id, name, department }) => ({ id, name, department, ...limits(leads(by, id) ? settings.get(id) : undefined) })),
    };
  }
}

function limits(settings: TeamSettings | undefined): Pick<BoardTeam, 'thresholds' | 'reasonThresholds'> {
  const own = settings?.statusReasons.flatMap(({ label, status, thresholdMinutes: minutes }) => (minutes === null ? [] : [{ label, status, minutes }]));
  return { thresholds: settings?.thresholds ?? null, reasonThresholds: own ?? [] };
}

/** Everybody may see everybody; without a wish it is whom they work with. */
function boardScope(by: Principal, teamId: string | undefined): Scope {
  if (teamId) return { kind: 'teams', teamIds: [teamId], selfId: 0 };
  if (isManager(by) || by.role === 'viewer') return { kind: 'all' };
  const teamIds = by.role === 'cs' ? (by.teamId === null ? [] : [by.teamId]) : by.ledTeamIds;
  return { kind: 'teams', teamIds, selfId: by.agentId };
}
