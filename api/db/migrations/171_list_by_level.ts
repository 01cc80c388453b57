import { Migration } from '@mikro-orm/migrations';

export class ListByLevel extends Migration {
  override up(): void {
    // The page in the order of names, and the count, without reading anybody's row.
    this.addSql('create index idx_agents_level on agents (performance_level, full_name, id) where performance_level is not null;');
  }
}
