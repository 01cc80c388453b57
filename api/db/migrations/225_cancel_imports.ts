import { Migration } from '@mikro-orm/migrations';

export class CancelImports extends Migration {
  override up(): void {
    this.addSql(`
alter table imports
  drop constraint imports_status_check,
  add constraint imports_status_check check (status in
    ('queued', 'parsing', 'staged', 'committing', 'committed', 'rolling_back', 'failed', 'cancelled', 'discarded', 'rolled_back'));
    `);
  }
}
