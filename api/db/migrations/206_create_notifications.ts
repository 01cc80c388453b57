import { Migration } from '@mikro-orm/migrations';

export class CreateNotifications extends Migration {
  override up(): void {
    this.addSql(`
create table notifications (
  id uuid primary key,
  recipient_id integer not null references agents (id) on delete cascade,
  -- Who caused it; null for the installation itself.
  sender_id integer references agents (id) on delete set null,
  type varchar(60) not null,
  title text not null,
  message text not null,
  data jsonb not null default '{}',
  -- Of a burst: the type of those it stands for.
  burst_of varchar(60),
  read_at timestamptz,
  created_at timestamptz not null,
  -- When it was last added to; what lists are sorted by.
  updated_at timestamptz not null
);
create index notifications_recipient on notifications (recipient_id, updated_at desc, id desc);
create index notifications_unread on notifications (recipient_id, type, created_at) where read_at is null;
create unique index notifications_burst on notifications (recipient_id, burst_of) where burst_of is not null and read_at is null;
create index notifications_age on notifications (updated_at);

-- Which occasions somebody has been told of.
create table notification_occasions (
  recipient_id integer not null references agents (id) on delete cascade,
  key varchar(200) not null,
  at timestamptz not null,
  primary key (recipient_id, key)
);
create index notification_occasions_age on notification_occasions (at);

create table notification_preferences (
  agent_id integer primary key references agents (id) on delete cascade,
  -- An IANA name; null follows the installation.
  timezone varchar(60),
  digest_at time not null,
  quiet_from time,
  quiet_to time,
  -- Days that are quiet as a whole, 1 = Monday.
  quiet_days smallint[] not null default '{}',
  -- By group and channel: now, digest or never.
  choices jsonb not null default '{}',
  version integer not null default 1,
  updated_at timestamptz not null,
  check ((quiet_from is null) = (quiet_to is null))
);

-- What waits for somebody's next digest.
create table notification_digest_items (
  id uuid primary key,
  recipient_id integer not null references agents (id) on delete cascade,
  channel varchar(10) not null check (channel in ('inApp', 'email')),
  type varchar(60) not null,
  title text not null,
  message text not null,
  data jsonb not null default '{}',
  at timestamptz not null
);
create index notification_digest_items_recipient on notification_digest_items (recipient_id, at);

-- The days of which somebody has had a digest: one each, whoever makes it.
create table notification_digests (
  agent_id integer not null references agents (id) on delete cascade,
  day date not null,
  items integer not null,
  made_at timestamptz not null,
  primary key (agent_id, day)
);
create index notification_digests_age on notification_digests (made_at);
    `);
  }
}
