import { Migration } from '@mikro-orm/migrations';

export class ReadIntoThePreview extends Migration {
  override up(): void {
    this.addSql(`
-- Rows go from the file into the preview, in the transaction that compares them: they were written twice before, and most of
-- them are new and stay as they were read.
drop table import_staging;
-- The id is a hash of the row: equal rows are told apart by their order.
alter table import_rows add column hashed boolean not null default false;
    `);
  }
}
