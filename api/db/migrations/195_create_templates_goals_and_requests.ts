import { Migration } from '@mikro-orm/migrations';

export class CreateTemplatesGoalsAndRequests extends Migration {
  override up(): void {
    this.addSql(`
create table coaching_templates (
  id uuid primary key,
  kind varchar(10) not null check (kind in ('session', 'agenda', 'note')),
  -- Of one team, or of the whole installation.
  team_id uuid references teams (id) on delete cascade,
  name varchar(100) not null,
  description varchar(500),
  -- What the kind asks for: duration, agenda and focus metrics; agenda; or type, category and text of a note.
  content jsonb not null,
  created_by integer references agents (id),
  deleted_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index coaching_templates_name on coaching_templates
  (kind, coalesce(team_id, '00000000-0000-0000-0000-000000000000'), lower(name)) where deleted_at is null;

create table coaching_goals (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  title varchar(200) not null,
  description text,
  metric varchar(50),
  start_value numeric,
  target_value numeric,
  due_date date,
  status varchar(10) not null default 'open' check (status in ('open', 'reached', 'missed', 'dropped')),
  outcome text,
  closed_at timestamptz,
  closed_by integer references agents (id),
  created_by integer references agents (id),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- A goal that is measured says how far from where; one that is not, neither.
  check (metric is not null or (start_value is null and target_value is null)),
  check (metric is null or target_value is not null),
  check ((status = 'open') = (closed_at is null))
);
create index coaching_goals_agent on coaching_goals (agent_id, status, due_date);
create index coaching_goals_list on coaching_goals (created_at desc, id);

create table session_requests (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  topic varchar(200) not null,
  message text,
  preferred_times jsonb not null default '[]',
  status varchar(10) not null default 'open' check (status in ('open', 'scheduled', 'declined', 'withdrawn')),
  answer_due_at timestamptz not null,
  answered_at timestamptz,
  answered_by integer references agents (id),
  decline_reason text,
  session_id uuid references coaching_sessions (id) on delete set null,
  -- Leaders are told once that the answer is late.
  late_reported_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((status = 'open') = (answered_at is null))
);
create index session_requests_agent on session_requests (agent_id, created_at desc);
create index session_requests_open on session_requests (answer_due_at) where status = 'open';

create index coaching_sessions_goals on coaching_sessions using gin (goal_ids) where goal_ids <> '{}';
    `);
  }
}
