import { Migration } from '@mikro-orm/migrations';

export class CountMissingPeople extends Migration {
  override up(): void {
    this.addSql(`
alter table imports add column missing_agent_count integer not null default 0 check (missing_agent_count >= 0);
update imports set missing_agent_count = jsonb_array_length(missing_agents) where missing_agents <> '[]';
    `);
  }
}
