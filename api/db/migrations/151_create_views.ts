import { Migration } from '@mikro-orm/migrations';

export class CreateViews extends Migration {
  override up(): void {
    this.addSql(`
-- One row a person and day: of the computed and the imported row the one that counts (as in daily-rows.sql.ts).
create view agent_daily_summary as
select distinct on (d.agent_id, d.date)
  d.agent_id, a.full_name, a.department, a.team_id, d.date, d.origin, d.messages_handled, d.tickets_resolved,
  d.avg_response_time, d.customer_satisfaction, d.sla_compliance, d.online_hours, d.away_hours,
  d.offered, d.answered, d.abandoned, d.rating_sum, d.rating_count
from agent_performance_metrics d join agents a on a.id = d.agent_id
order by d.agent_id, d.date, case when d.origin = 'computed' and d.interactions > 0 then 0 when d.origin = 'imported' then 1 else 2 end;

-- Everybody counts as a person of the department; statuses and figures are those of the active ones.
create view department_stats as
select department,
  count(*)::integer as agents,
  count(*) filter (where is_active)::integer as active,
  count(*) filter (where is_active and online_status = 'online')::integer as online,
  count(*) filter (where is_active and online_status = 'away')::integer as away,
  count(*) filter (where is_active and online_status = 'busy')::integer as busy,
  count(*) filter (where is_active and online_status = 'offline')::integer as offline,
  coalesce(sum(current_tickets) filter (where is_active), 0)::integer as current_tickets,
  count(*) filter (where is_active and performance_level = 'high')::integer as high,
  count(*) filter (where is_active and performance_level = 'medium')::integer as medium,
  count(*) filter (where is_active and performance_level = 'low')::integer as low
from agents group by department;

-- The floor as it stands, one row an active person. The counters are those of the business day \`day\`, which is an
-- earlier one, or null, for somebody who has done nothing yet today: dashboards ask for \`day = today\` in their zone.
create view real_time_metrics as
select a.id as agent_id, a.full_name, a.department, a.team_id, a.online_status, a.status_reason, a.status_since, a.last_seen,
  a.current_tickets, a.figures_on as day, a.tickets_resolved_today, a.messages_handled_today, a.online_hours_today, a.performance_level
from agents a where a.is_active;
    `);
  }
}
