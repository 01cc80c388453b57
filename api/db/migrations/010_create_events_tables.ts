import { Migration } from '@mikro-orm/migrations';

export class CreateEventsTables extends Migration {
  override up(): void {
    this.addSql(`
create table outbox (
  id uuid not null,
  position bigint generated always as identity,
  seq bigint,
  type varchar(60) not null,
  aggregate_type varchar(40) not null,
  aggregate_id varchar(60) not null,
  payload jsonb not null,
  audience jsonb not null,
  actor jsonb,
  occurred_at timestamptz not null default now(),
  published_at timestamptz,
  primary key (id, occurred_at)
) partition by range (occurred_at);
create table outbox_default partition of outbox default;
create index outbox_unnumbered on outbox (position) where seq is null;
create index outbox_unpublished on outbox (seq) where published_at is null;
create index outbox_seq on outbox (seq);
create sequence outbox_seq_seq owned by none;

create table audit_log (
  id uuid not null,
  at timestamptz not null default now(),
  actor_type varchar(20) not null,
  actor_id varchar(60),
  action varchar(60) not null,
  target_type varchar(40) not null,
  target_id varchar(60),
  before jsonb,
  after jsonb,
  request_id varchar(100),
  ip_address inet,
  primary key (id, at)
) partition by range (at);
create table audit_log_default partition of audit_log default;
create index audit_log_target on audit_log (target_type, target_id, at desc);
create index audit_log_actor on audit_log (actor_id, at desc);
create rule audit_log_no_update as on update to audit_log do instead nothing;

create table idempotency_keys (
  principal varchar(80) not null,
  operation varchar(80) not null,
  key varchar(255) not null,
  request_hash bytea not null,
  status integer not null,
  headers jsonb not null default '{}',
  body jsonb,
  created_at timestamptz not null default now(),
  primary key (principal, operation, key)
);
create index idempotency_keys_created on idempotency_keys (created_at);

-- Secrets and facts of the installation itself (signing key, when the demo was last topped up).
create table installation (
  name varchar(60) primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
    `);
  }
}
