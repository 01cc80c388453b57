import { Migration } from '@mikro-orm/migrations';

export class NameRowsByColumns extends Migration {
  override up(): void {
    // Where an imported interaction comes from: `import_id` and these instead of JSON, which took a twelfth of the time in which
    // an import writes its rows. What was imported earlier keeps it in `provenance`, and is read from there.
    this.addSql('alter table interactions add column import_sheet varchar(100), add column import_row integer;');
  }
}
