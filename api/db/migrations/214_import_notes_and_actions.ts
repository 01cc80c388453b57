import { Migration } from '@mikro-orm/migrations';

export class ImportNotesAndActions extends Migration {
  override up(): void {
    this.addSql(
      ['quick_notes', 'action_items'].map((table) => `
alter table ${table}
  -- Where it comes from, when it was brought in from elsewhere.
  add column source varchar(100),
  add column external_id varchar(200),
  add column import_id uuid,
  add column provenance jsonb;
create unique index ${table}_source on ${table} (source, external_id) where source is not null;
create index ${table}_import on ${table} (import_id) where import_id is not null;`).join('\n'),
    );
  }
}
