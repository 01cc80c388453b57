import { Migration } from '@mikro-orm/migrations';

export class CreateCoachingTables extends Migration {
  override up(): void {
    this.addSql(`
create table coaching_sessions (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  team_leader_id integer not null references agents (id),
  status varchar(20) not null default 'scheduled'
    check (status in ('scheduled', 'preparing', 'live', 'completed', 'cancelled', 'no_show')),
  scheduled_at timestamptz not null,
  duration_minutes integer not null default 30,
  focus_metrics jsonb not null default '[]',
  started_at timestamptz,
  completed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index coaching_sessions_agent on coaching_sessions (agent_id, status, scheduled_at);
create index coaching_sessions_leader on coaching_sessions (team_leader_id, status);

create table quick_notes (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  author_id integer not null references agents (id),
  note_type varchar(20) not null check (note_type in ('COACHING', 'POSITIVE', 'URGENT')),
  priority varchar(10) not null check (priority in ('LOW', 'MEDIUM', 'HIGH')),
  category varchar(50),
  content text not null,
  is_private boolean not null default false,
  interaction_id uuid references interactions (id) on delete set null,
  addressed_at timestamptz,
  addressed_by integer references agents (id),
  addressed_in_session uuid references coaching_sessions (id) on delete set null,
  deleted_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index quick_notes_agent_created on quick_notes (agent_id, created_at desc) where deleted_at is null;
create index quick_notes_category_private on quick_notes (category, is_private);
create index quick_notes_author on quick_notes (author_id);

create table action_items (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  assigned_to integer not null references agents (id),
  session_id uuid references coaching_sessions (id) on delete set null,
  title varchar(200) not null,
  description text,
  due_date date not null,
  priority varchar(10) not null default 'MEDIUM' check (priority in ('LOW', 'MEDIUM', 'HIGH')),
  category varchar(50),
  status varchar(20) not null default 'open' check (status in ('open', 'in_progress', 'done', 'cancelled')),
  target_metric varchar(50),
  target_value numeric,
  created_by integer not null references agents (id),
  completed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index action_items_agent on action_items (agent_id, status, due_date);
create index action_items_assigned on action_items (assigned_to, status);
create index action_items_session on action_items (session_id);

create table queue_snoozes (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  until timestamptz not null,
  reason varchar(500) not null,
  created_by integer not null references agents (id),
  cleared_at timestamptz,
  created_at timestamptz not null default now()
);
create index queue_snoozes_agent on queue_snoozes (agent_id, until) where cleared_at is null;
    `);
  }
}
