import { Migration } from '@mikro-orm/migrations';

export class CreateApiKeys extends Migration {
  override up(): void {
    this.addSql(`
create table api_keys (
  id uuid primary key,
  name varchar(100) not null,
  -- The first characters of the key itself: enough to tell which one was found somewhere, too few to use it.
  prefix varchar(20) not null,
  key_hash bytea not null unique,
  scopes text[] not null,
  created_by integer references agents (id),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by integer references agents (id)
);
create index api_keys_prefix on api_keys (prefix);

-- Who a person is in a host system: their user id in Zendesk, their worker in Twilio.
create table agent_identities (
  id uuid primary key,
  agent_id integer not null references agents (id) on delete cascade,
  system varchar(50) not null,
  external_id varchar(200) not null,
  display_name varchar(255),
  created_at timestamptz not null default now(),
  unique (system, external_id)
);
create index agent_identities_agent on agent_identities (agent_id);
    `);
  }
}
