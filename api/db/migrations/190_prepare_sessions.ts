import { Migration } from '@mikro-orm/migrations';

export class PrepareSessions extends Migration {
  override up(): void {
    this.addSql(`
-- What was compiled for a session about one of its attendees. Notes are not in it: who may read them can change.
create table session_preparations (
  session_id uuid not null,
  agent_id integer not null,
  content jsonb,
  computed_at timestamptz,
  -- Since when something has happened that is not in it.
  stale_since timestamptz,
  created_at timestamptz not null default now(),
  primary key (session_id, agent_id),
  foreign key (session_id, agent_id) references session_attendees (session_id, agent_id) on delete cascade
);
create index session_preparations_agent on session_preparations (agent_id);
create index session_preparations_due on session_preparations (created_at) where content is null or stale_since is not null;
create index coaching_sessions_open on coaching_sessions (id) where status in ('preparing', 'live');
    `);
  }
}
