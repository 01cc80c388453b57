import { Migration } from '@mikro-orm/migrations';

export class RememberPerPerson extends Migration {
  override up(): void {
    this.addSql(`
-- What one person decides about a file was remembered for everybody, also what a leader says about people they do not lead.
delete from import_mappings where updated_by is null;
alter table import_mappings rename column updated_by to decided_by;
alter table import_mappings drop constraint import_mappings_pkey, add primary key (kind, signature, decided_by);
    `);
  }
}
