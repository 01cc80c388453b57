import { Migration } from '@mikro-orm/migrations';

export class CompareOnceMoreWhatChanged extends Migration {
  override up(): void {
    // The version of the stored thing that a row of a preview was compared with: while it is the same, so is the outcome.
    this.addSql('alter table import_rows add column target_version integer;');
  }
}
