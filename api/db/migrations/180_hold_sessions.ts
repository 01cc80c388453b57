import { Migration } from '@mikro-orm/migrations';

export class HoldSessions extends Migration {
  override up(): void {
    this.addSql(`
-- \`team_leader_id\` is who holds the session: its facilitator, whatever their role; older clients know it by that name.
alter table coaching_sessions
  alter column agent_id drop not null,
  add column kind varchar(20) not null default 'one_to_one' check (kind in ('one_to_one', 'group')),
  add column remote_url text,
  add column agenda jsonb not null default '[]',
  add column goal_ids uuid[] not null default '{}',
  add column template_id uuid,
  add column request_id uuid,
  add column previous_session_id uuid references coaching_sessions (id) on delete set null,
  add column follow_up_session_id uuid references coaching_sessions (id) on delete set null,
  add column preparation_status varchar(20) not null default 'none' check (preparation_status in ('none', 'pending', 'ready')),
  add column discussion_notes text not null default '',
  add column topics_covered jsonb not null default '[]',
  add column engagement_score smallint check (engagement_score between 1 and 5),
  add column summary text not null default '',
  add column commitments jsonb not null default '[]',
  -- How often each field of the live document was written.
  add column field_versions jsonb not null default '{}',
  add column cancel_reason text,
  -- SEQUENCE of RFC 5545: grows with every change that calendars must hear of.
  add column calendar_sequence integer not null default 0,
  add column created_by integer references agents (id),
  -- Of one person alone the session carries their id itself; everybody, that one included, is in session_attendees.
  add constraint coaching_sessions_about check ((kind = 'one_to_one') = (agent_id is not null));
create index coaching_sessions_previous on coaching_sessions (previous_session_id) where previous_session_id is not null;

create table session_attendees (
  session_id uuid not null references coaching_sessions (id) on delete cascade,
  agent_id integer not null references agents (id) on delete cascade,
  -- None is asked for before the session is completed.
  acknowledgement varchar(20) not null default 'none' check (acknowledgement in ('none', 'pending', 'acknowledged', 'disputed')),
  due_at timestamptz,
  answered_at timestamptz,
  comment text,
  -- When the leaders were told that the answer is late.
  reported_at timestamptz,
  primary key (session_id, agent_id)
);
create index session_attendees_agent on session_attendees (agent_id, session_id);
create index session_attendees_pending on session_attendees (due_at) where acknowledgement = 'pending';
insert into session_attendees (session_id, agent_id) select id, agent_id from coaching_sessions;

create table session_disputes (
  session_id uuid not null,
  agent_id integer not null,
  comment text not null,
  raised_at timestamptz not null,
  owner_id integer not null references agents (id),
  due_at timestamptz not null,
  outcome varchar(20) check (outcome in ('upheld', 'amended', 'rejected')),
  resolution text,
  resolved_by integer references agents (id),
  resolved_at timestamptz,
  reported_at timestamptz,
  primary key (session_id, agent_id),
  foreign key (session_id, agent_id) references session_attendees (session_id, agent_id) on delete cascade
);
create index session_disputes_open on session_disputes (owner_id, due_at) where outcome is null;

create table session_comments (
  id uuid primary key,
  session_id uuid not null references coaching_sessions (id) on delete cascade,
  author_id integer not null references agents (id),
  content text not null,
  created_at timestamptz not null default now()
);
create index session_comments_session on session_comments (session_id, created_at, id);
    `);
  }
}
