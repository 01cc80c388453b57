import { Migration } from '@mikro-orm/migrations';

export class FindTeamlessInteractions extends Migration {
  override up(): void {
    this.addSql(`
-- Judged by the policy of the team their person is in today, which changes without them.
create index interactions_teamless on interactions (agent_id, business_date) where team_id is null and agent_id is not null;
    `);
  }
}
