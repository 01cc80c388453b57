import { isManager, mayManage, type Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { Db } from '../db/db.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound, preconditionFailed, unprocessable } from '../errors/problem.ts';
import { resolveTeamSettings, validateTeamSettings, type TeamSettings, type TeamSettingsChange } from '../performance/team-settings.ts';
import { presentTeam } from './team.presenter.ts';
import type { TeamRepository, TeamRow } from './team.repository.ts';
import { teamCreated, teamSettingsUpdated, teamUpdated } from './teams.events.ts';

export interface TeamChanges {
  readonly name?: string | undefined;
  readonly department?: string | undefined;
  readonly leaderIds?: readonly number[] | undefined;
  readonly isActive?: boolean | undefined;
}

export interface TeamSettingsState {
  readonly teamId: string;
  /** 0 while the defaults are in force. */
  readonly version: number;
  readonly settings: TeamSettings;
  readonly updatedAt: string | null;
  readonly updatedBy: { readonly id: number; readonly name: string } | null;
}

/** Announces people who look different because of their team; the agents room lends it, so that this room needs nothing of theirs. */
export type AnnouncePeople = (tx: Tx, ids: readonly number[]) => Promise<void>;

export class TeamsService {
  readonly #uow: UnitOfWork;
  readonly #teams: TeamRepository;
  readonly #announce: AnnouncePeople;

  constructor(deps: { uow: UnitOfWork; teams: TeamRepository; announce: AnnouncePeople }) {
    this.#uow = deps.uow;
    this.#teams = deps.teams;
    this.#announce = deps.announce;
  }

  list(page: number, limit: number): Promise<{ rows: TeamRow[]; total: number }> {
    return this.#uow.read((db) => this.#teams.list(db, page, limit));
  }

  /** @throws Problem 404. */
  async get(id: string): Promise<TeamRow> {
    const team = await this.#uow.read((db) => this.#teams.byId(db, id));
    if (!team) throw notFound('Team');
    return team;
  }

  async exists(id: string): Promise<boolean> {
    return (await this.#uow.read((db) => this.#teams.byId(db, id))) !== undefined;
  }

  refs(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    return this.#uow.read((db) => this.#teams.refs(db, ids));
  }

  /** @throws Problem 409 (name taken), 422 (a leader who may not lead). */
  create(by: Principal, data: { name: string; department: string; leaderIds?: readonly number[] | undefined }, id = newId()): Promise<TeamRow> {
    return this.#uow.write(by, async (tx) => {
      await this.#assertName(tx, data.name, null);
      await this.#assertLeaders(tx, data.leaderIds ?? []);
      await this.#teams.insert(tx, { id, name: data.name, department: data.department, isActive: true, createdAt: tx.now, updatedAt: tx.now });
      await this.#teams.setLeaders(tx, id, data.leaderIds ?? []);
      const team = await this.get(id);
      tx.record(teamCreated.record(id, presentTeam(team), { teamId: id }));
      // Its leaders see more from now on: the second event makes every process ask again who they are.
      tx.record(teamUpdated.record(id, presentTeam(team), { teamId: id }));
      tx.audit({ action: 'team.create', targetType: 'team', targetId: id, after: { ...data } });
      return team;
    });
  }

  /** @throws Problem 404, 409, 412, 422. */
  update(by: Principal, id: string, changes: TeamChanges, expected?: number): Promise<TeamRow> {
    return this.#uow.write(by, async (tx) => {
      const team = await this.#teams.forUpdate(tx, id);
      if (!team) throw notFound('Team');
      if (expected !== undefined && expected !== team.version) throw preconditionFailed();
      if (changes.name) await this.#assertName(tx, changes.name, id);
      const formerLeaders = await this.#teams.leaderIds(tx, id);
      const before = { name: team.name, department: team.department, isActive: team.isActive, leaderIds: formerLeaders };
      const { leaderIds, ...fields } = changes;
      if (leaderIds) {
        await this.#assertLeaders(tx, leaderIds);
        await this.#teams.setLeaders(tx, id, leaderIds);
      }
      Object.assign(team, fields, { updatedAt: tx.now });
      await tx.em.flush();
      tx.audit({ action: 'team.update', targetType: 'team', targetId: id, before, after: { ...changes } });
      return this.#recordUpdate(tx, id, formerLeaders);
    });
  }

  /** @throws Problem 403 (somebody whom the caller may not change), 404, 422 (somebody who is not there). */
  setMembers(by: Principal, id: string, agentIds: readonly number[]): Promise<TeamRow> {
    return this.#uow.write(by, async (tx) => {
      const team = await this.#teams.forUpdate(tx, id);
      if (!team) throw notFound('Team');
      const unknown = await this.#teams.unknownPeople(tx, agentIds);
      if (unknown.length > 0) throw unprocessable('unknown_people', `There is nobody active with the id ${unknown.slice(0, 10).join(', ')}.`, [{ path: '/body/agentIds', message: 'names somebody who is not there' }]);
      const people = await this.#teams.setMembers(tx, id, agentIds, tx.now);
      if (!people.every(({ role }) => mayManage(by, role))) throw forbidden('Only an administrator may move managers and administrators.');
      const moved = people.map((person) => person.id);
      team.updatedAt = tx.now;
      await tx.em.flush();
      await this.#announce(tx, moved);
      tx.audit({ action: 'team.members', targetType: 'team', targetId: id, after: { moved } });
      return this.#recordUpdate(tx, id, []);
    });
  }

  /** @throws Problem 404 also outside the caller's teams. */
  async settings(by: Principal, id: string): Promise<TeamSettingsState> {
    if (!isManager(by) && !by.ledTeamIds.includes(id)) throw notFound('Team');
    return this.#uow.read(async (db) => {
      if (!(await this.#teams.byId(db, id))) throw notFound('Team');
      const stored = await this.#teams.settings(db, id);
      const settings = resolveTeamSettings(stored?.settings);
      return { teamId: id, version: stored?.version ?? 0, settings, updatedAt: stored?.updatedAt ?? null, updatedBy: stored?.updatedBy ?? null };
    });
  }

  /** The settings in force for a team, or for people without one: for rules, not for showing. */
  async settingsInForce(db: Db, id: string | null): Promise<TeamSettings> {
    return resolveTeamSettings(id === null ? null : (await this.#teams.settings(db, id))?.settings);
  }

  /** @throws Problem 404, 412, 422 (weights that are not 100 together, and the like). */
  updateSettings(by: Principal, id: string, change: TeamSettingsChange, expected?: number): Promise<TeamSettingsState> {
    return this.#uow.write(by, async (tx) => {
      await this.#teams.forUpdate(tx, id);
      const before = await this.settings(by, id);
      if (expected !== undefined && expected !== before.version) throw preconditionFailed();
      const settings = keeping(before.settings, change);
      const violations = validateTeamSettings(settings);
      if (violations.length > 0) throw unprocessable('settings_against_rules', violations.map((v) => v.message).join(' '), violations);
      await this.#teams.saveSettings(tx, id, settings, by.agentId, tx.now);
      const after = await this.settings(by, id);
      tx.record(teamSettingsUpdated.record(id, { teamId: id, version: after.version }, { teamId: id }));
      // Peers now see more of the members, or less.
      if (after.settings.peerFigures !== before.settings.peerFigures) await this.#announce(tx, await this.#teams.memberIds(tx, id));
      tx.audit({ action: 'team.settings', targetType: 'team', targetId: id, before: { settings: before.settings }, after: { settings } });
      return after;
    });
  }

  async #recordUpdate(tx: Tx, id: string, formerLeaders: readonly number[]): Promise<TeamRow> {
    const team = await this.get(id);
    tx.record(teamUpdated.record(id, presentTeam(team), { teamId: id, userIds: formerLeaders }));
    return team;
  }

  async #assertName(tx: Tx, name: string, exceptId: string | null): Promise<void> {
    if (await this.#teams.nameTaken(tx, name, exceptId)) {
      throw conflict('name_taken', 'There is a team of this name already.', [{ path: '/body/name', message: 'is taken' }]);
    }
  }

  async #assertLeaders(tx: Tx, ids: readonly number[]): Promise<void> {
    const wrong = await this.#teams.notLeaders(tx, ids);
    if (wrong.length > 0) throw unprocessable('not_a_leader', `${wrong.join(', ')}: a leader is an active team leader, manager or administrator.`, [{ path: '/body/leaderIds', message: 'names somebody who may not lead' }]);
  }
}

/** What a client does not know of stays as it is. */
function keeping(before: TeamSettings, change: TeamSettingsChange): TeamSettings {
  return {
    ...change,
    statusReasons: change.statusReasons ?? before.statusReasons,
    acknowledgementDays: change.acknowledgementDays ?? before.acknowledgementDays,
    disputeDays: change.disputeDays ?? before.disputeDays,
    requestDays: change.requestDays ?? before.requestDays,
  };
}
