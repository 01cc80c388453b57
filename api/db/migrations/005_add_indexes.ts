import { Migration } from '@mikro-orm/migrations';

export class AddIndexes extends Migration {
  override up(): void {
    this.addSql(`
create index idx_agents_role on agents (role);
create index idx_agents_department on agents (department);
create index idx_agents_online_status on agents (online_status);
create index idx_agents_is_active on agents (is_active);
create index idx_agents_last_login on agents (last_login_at);
create index idx_agents_role_department on agents (role, department);
create index idx_agents_active_online on agents (is_active, online_status);
create index idx_agents_team on agents (team_id) where is_active;
create index idx_agents_name on agents (full_name, id);
create index idx_agents_search on agents using gin
  ((lower(full_name) || ' ' || lower(username) || ' ' || lower(email)) gin_trgm_ops);
create index idx_performance_agent_date_range on agent_performance_metrics (agent_id, date desc);
create index idx_activities_agent_type_time on agent_activities (agent_id, type, "timestamp" desc);
create index idx_sessions_agent_active on agent_sessions (agent_id, is_active);
create index idx_sessions_socket on agent_sessions (socket_id);
create index idx_sessions_last_activity on agent_sessions (last_activity);
    `);
  }
}
