import { Migration } from '@mikro-orm/migrations';

export class CreateActivitiesTable extends Migration {
  override up(): void {
    this.addSql(`
create table agent_activities (
  id uuid not null,
  agent_id integer not null references agents (id) on delete cascade,
  type varchar(50) not null check (type in ('login', 'logout', 'status_change', 'ticket_assigned', 'ticket_resolved', 'message_sent')),
  description text not null,
  "timestamp" timestamptz not null default now(),
  metadata jsonb,
  primary key (id, "timestamp")
) partition by range ("timestamp");
create table agent_activities_default partition of agent_activities default;
create index idx_activities_agent_time on agent_activities (agent_id, "timestamp" desc);
create index idx_activities_type on agent_activities (type);

create table presence_intervals (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  status varchar(20) not null check (status in ('online', 'offline', 'away', 'busy')),
  reason varchar(100),
  source varchar(20) not null check (source in ('self', 'leader', 'socket_lost', 'timeout', 'host', 'import', 'system')),
  started_at timestamptz not null,
  ended_at timestamptz,
  last_heartbeat_at timestamptz,
  recorded_by integer references agents (id),
  created_at timestamptz not null default now(),
  check (ended_at is null or ended_at >= started_at)
);
create unique index presence_one_open on presence_intervals (agent_id) where ended_at is null;
create index presence_agent_time on presence_intervals (agent_id, started_at desc);
    `);
  }
}
