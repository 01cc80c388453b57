import { Migration } from '@mikro-orm/migrations';

export class ShowOvertakenPreviews extends Migration {
  override up(): void {
    this.addSql(`
-- Why a preview that was agreed to is shown again.
alter table imports add column notice jsonb;
    `);
  }
}
