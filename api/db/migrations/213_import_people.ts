import { Migration } from '@mikro-orm/migrations';

export class ImportPeople extends Migration {
  override up(): void {
    this.addSql(`
-- The import that wrote a person last, and the row they came from.
alter table agents
  add column import_id uuid,
  add column provenance jsonb;
create index agents_import on agents (import_id) where import_id is not null;
    `);
  }
}
