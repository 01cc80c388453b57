import type { Scope } from '../auth/principal.ts';
import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import { TemplateEntity, type TemplateContent, type TemplateKind, type TemplateRecord } from './template.entity.ts';

/** A template as read, with the names beside the ids. Instants are ISO 8601. */
export interface TemplateRow {
  id: string;
  kind: TemplateKind;
  name: string;
  description: string | null;
  teamId: string | null;
  teamName: string | null;
  content: TemplateContent;
  createdBy: { id: number; name: string } | null;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export interface TemplateFilters {
  readonly kind?: TemplateKind | undefined;
  readonly teamId?: string | undefined;
}

const columns = sql`
  t.id, t.kind, t.name, t.description, t.team_id as "teamId", team.name as "teamName", t.content,
  case when a.id is not null then json_build_object('id', a.id, 'name', a.full_name) end as "createdBy",
  ${iso('t.created_at')} as "createdAt", ${iso('t.updated_at')} as "updatedAt", t.version`;

const from = sql`coaching_templates t left join teams team on team.id = t.team_id left join agents a on a.id = t.created_by`;

/** Queries on templates; whose may be read is part of every one of them. */
export class TemplateRepository {
  async list(db: Db, scope: Scope, { kind, teamId }: TemplateFilters, page: number, limit: number): Promise<{ rows: TemplateRow[]; total: number }> {
    const where = every([
      readable(scope),
      ...(kind ? [sql`t.kind = ${kind}`] : []),
      ...(teamId ? [sql`(t.team_id is null or t.team_id = ${teamId}::uuid)`] : []),
    ]);
    const rows = await db.rows(sql<TemplateRow>`select ${columns} from ${from} where ${where}
      order by lower(t.name), t.id limit ${limit} offset ${(page - 1) * limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from coaching_templates t where ${where}`);
    return { rows, total: count?.n ?? 0 };
  }

  async byId(db: Db, scope: Scope, id: string): Promise<TemplateRow | undefined> {
    return db.first(sql<TemplateRow>`select ${columns} from ${from} where t.id = ${id} and ${readable(scope)}`);
  }

  /** The template for a change, locked until the transaction ends. */
  async forUpdate(db: Db, scope: Scope, id: string): Promise<TemplateRecord | undefined> {
    const row = await db.first(sql`select 1 from coaching_templates t where t.id = ${id} and ${readable(scope)} for update`);
    return row ? ((await db.em.findOne(TemplateEntity, { id }, { refresh: true })) ?? undefined) : undefined;
  }

  /** Whether this call inserted it: not where its team, or the installation, has one of that kind and name. */
  async insert(db: Db, template: Omit<TemplateRecord, 'version'>): Promise<boolean> {
    const { id, kind, teamId, name, description, content, createdBy, createdAt } = template;
    return (await db.run(sql`
      insert into coaching_templates (id, kind, team_id, name, description, content, created_by, created_at, updated_at)
      values (${id}, ${kind}, ${teamId}, ${name}, ${description}, ${JSON.stringify(content)}::jsonb, ${createdBy}, ${createdAt}, ${createdAt})
      on conflict do nothing`)) > 0;
  }

  async nameTaken(db: Db, { kind, teamId, id }: Pick<TemplateRecord, 'kind' | 'teamId' | 'id'>, name: string): Promise<boolean> {
    const row = await db.first(sql`select 1 from coaching_templates where kind = ${kind} and team_id is not distinct from ${teamId ?? null}::uuid
      and lower(name) = lower(${name}) and deleted_at is null and id <> ${id}`);
    return row !== undefined;
  }
}

/** Those of the installation, and those of the teams in scope. */
function readable(scope: Scope): RawBuilder<unknown> {
  const teams = { all: sql`true`, teams: sql`(t.team_id is null or t.team_id = any(${scope.kind === 'teams' ? [...scope.teamIds] : []}::uuid[]))`, self: sql`false`, none: sql`false` };
  return every([sql`t.deleted_at is null`, teams[scope.kind]]);
}
