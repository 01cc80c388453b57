import { Migration } from '@mikro-orm/migrations';

export class CreateMails extends Migration {
  override up(): void {
    this.addSql(`
create table mails (
  id uuid primary key,
  template varchar(40) not null,
  agent_id integer references agents (id) on delete set null,
  recipient varchar(255) not null,
  recipient_name varchar(255) not null,
  data jsonb not null default '{}',
  -- A link that opens something, encrypted; gone as soon as the mail is.
  sealed_link bytea,
  -- Sent, refused for good, too late to be of use, or kept because the installation sends no mail.
  status varchar(10) not null default 'queued' check (status in ('queued', 'sent', 'refused', 'expired', 'kept')),
  attempts integer not null default 0,
  error varchar(300),
  next_attempt_at timestamptz not null default now(),
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  ended_at timestamptz
);
create index mails_due on mails (next_attempt_at) where status = 'queued';
create index mails_ended on mails (ended_at) where status <> 'queued';

create index one_time_tokens_agent on one_time_tokens (agent_id, purpose);
    `);
  }
}
