import { isManager, scopeOf, type Principal } from '../auth/principal.ts';
import { newId } from '../db/ids.ts';
import type { Tx, UnitOfWork } from '../db/unit-of-work.ts';
import { conflict, forbidden, notFound, preconditionFailed, unprocessable } from '../errors/problem.ts';
import { assertContent } from './template-content.ts';
import type { TemplateContent, TemplateKind, TemplateRecord } from './template.entity.ts';
import type { TemplateFilters, TemplateRepository, TemplateRow } from './template.repository.ts';

export interface NewTemplate extends TemplateContent {
  readonly kind: TemplateKind;
  readonly name: string;
  readonly description?: string | undefined;
  /** Absent for one of the installation. */
  readonly teamId?: string | undefined;
}

export interface TemplateChanges extends TemplateContent {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
}

/** Answers whether there is a team of that id; the teams room lends it. */
export type TeamExists = (id: string) => Promise<boolean>;

/** Templates: a team's are its leaders' to make, the installation's are managers' and administrators'. */
export class TemplatesService {
  readonly #uow: UnitOfWork;
  readonly #templates: TemplateRepository;
  readonly #teamExists: TeamExists;

  constructor(deps: { uow: UnitOfWork; templates: TemplateRepository; teamExists: TeamExists }) {
    this.#uow = deps.uow;
    this.#templates = deps.templates;
    this.#teamExists = deps.teamExists;
  }

  list(by: Principal, filters: TemplateFilters, page: number, limit: number): Promise<{ rows: TemplateRow[]; total: number }> {
    return this.#uow.read((db) => this.#templates.list(db, scopeOf(by), filters, page, limit));
  }

  /** @throws Problem 404. */
  async get(by: Principal, id: string): Promise<TemplateRow> {
    const template = await this.#uow.read((db) => this.#templates.byId(db, scopeOf(by), id));
    if (!template) throw notFound('Template');
    return template;
  }

  /**
   * What a session begins with when it is made from a template: its own fields come on top of these.
   *
   * @throws Problem 422 (not there, out of scope, or a note's)
   */
  async forSession(by: Principal, id: string): Promise<Pick<TemplateContent, 'durationMinutes' | 'agenda' | 'focusMetrics'>> {
    const template = await this.#uow.read((db) => this.#templates.byId(db, scopeOf(by), id));
    if (!template || template.kind === 'note') {
      throw unprocessable('unknown_template', 'There is no such template of a session.', [{ path: '/body/templateId', message: 'is no template of a session' }]);
    }
    return template.content;
  }

  /** @throws Problem 403 (the installation's), 404 (no such team in scope), 409 (name taken), 422 (not what the kind holds). */
  create(by: Principal, { kind, name, description, teamId, ...content }: NewTemplate): Promise<TemplateRow> {
    return this.#uow.write(by, async (tx) => {
      await this.#assertMayMake(by, teamId ?? null);
      assertContent(kind, content);
      const id = newId();
      const template = { id, kind, teamId: teamId ?? null, name, description: description ?? null, content, createdBy: by.agentId || null, deletedAt: null, createdAt: tx.now, updatedAt: tx.now };
      if (!(await this.#templates.insert(tx, template))) throw nameTaken();
      tx.audit({ action: 'template.create', targetType: 'coaching_template', targetId: id, after: { kind, name, teamId: teamId ?? null } });
      return this.get(by, id);
    });
  }

  /** @throws Problem 403 (the installation's), 404, 409 (name taken), 412, 422. */
  update(by: Principal, id: string, { name, description, ...content }: TemplateChanges, expected?: number): Promise<TemplateRow> {
    return this.#uow.write(by, async (tx) => {
      const template = await this.#lock(tx, by, id);
      if (expected !== undefined && expected !== template.version) throw preconditionFailed();
      const merged = { ...template.content, ...content };
      assertContent(template.kind, merged);
      if (name !== undefined && (await this.#templates.nameTaken(tx, template, name))) throw nameTaken();
      const before = { name: template.name, description: template.description, ...template.content };
      Object.assign(template, { content: merged, updatedAt: tx.now }, name === undefined ? {} : { name }, description === undefined ? {} : { description });
      await tx.em.flush();
      tx.audit({ action: 'template.update', targetType: 'coaching_template', targetId: id, before, after: { name, description, ...content } });
      return this.get(by, id);
    });
  }

  /** @throws Problem 403 (the installation's), 404. */
  remove(by: Principal, id: string): Promise<void> {
    return this.#uow.write(by, async (tx) => {
      const template = await this.#lock(tx, by, id);
      Object.assign(template, { deletedAt: tx.now, updatedAt: tx.now });
      await tx.em.flush();
      tx.audit({ action: 'template.delete', targetType: 'coaching_template', targetId: id, before: { kind: template.kind, name: template.name, teamId: template.teamId } });
    });
  }

  async #lock(tx: Tx, by: Principal, id: string): Promise<TemplateRecord> {
    const template = await this.#templates.forUpdate(tx, scopeOf(by), id);
    if (!template) throw notFound('Template');
    if (!template.teamId && !isManager(by)) throw ofTheInstallation();
    return template;
  }

  async #assertMayMake(by: Principal, teamId: string | null): Promise<void> {
    if (teamId === null) {
      if (!isManager(by)) throw ofTheInstallation();
    } else if (isManager(by) ? !(await this.#teamExists(teamId)) : !by.ledTeamIds.includes(teamId)) {
      throw notFound('Team');
    }
  }
}

const ofTheInstallation = () => forbidden('Templates of the whole installation are managers’ and administrators’ to make and to change.', 'installation_template');

const nameTaken = () => conflict('name_taken', 'There is a template of this kind and name already.', [{ path: '/body/name', message: 'is taken' }]);
