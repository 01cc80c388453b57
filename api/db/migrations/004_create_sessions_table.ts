import { Migration } from '@mikro-orm/migrations';

export class CreateSessionsTable extends Migration {
  override up(): void {
    this.addSql(`
create table agent_sessions (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  socket_id varchar(100),
  ip_address inet,
  user_agent text,
  started_at timestamptz not null default now(),
  last_activity timestamptz not null default now(),
  ended_at timestamptz,
  is_active boolean not null default true
);

-- A sign-in and the family of refresh tokens that descends from it.
create table auth_sessions (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  created_at timestamptz not null default now(),
  last_used_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason varchar(30),
  ip_address inet,
  user_agent text
);
create index auth_sessions_agent on auth_sessions (agent_id) where revoked_at is null;

create table refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references auth_sessions (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);

create table login_failures (
  subject varchar(300) primary key,
  failures integer not null,
  last_failed_at timestamptz not null,
  locked_until timestamptz
);

-- One-time links: first administrator, password reset.
create table one_time_tokens (
  token_hash bytea primary key,
  purpose varchar(20) not null check (purpose in ('setup', 'password')),
  agent_id integer references agents (id) on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
    `);
  }
}
