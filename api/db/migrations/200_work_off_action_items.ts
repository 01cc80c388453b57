import { Migration } from '@mikro-orm/migrations';

export class WorkOffActionItems extends Migration {
  override up(): void {
    this.addSql(`
create index action_items_due on action_items (due_date) where status in ('open', 'in_progress');

create table action_comments (
  id uuid primary key,
  action_item_id uuid not null references action_items (id) on delete cascade,
  author_id integer not null references agents (id),
  text text not null,
  created_at timestamptz not null default now()
);
create index action_comments_item on action_comments (action_item_id, created_at, id);

create table action_evidence (
  id uuid primary key,
  action_item_id uuid not null references action_items (id) on delete cascade,
  kind varchar(20) not null check (kind in ('interaction', 'metric', 'link', 'text')),
  interaction_id uuid references interactions (id) on delete set null,
  metric varchar(50),
  from_date date,
  to_date date,
  url varchar(2000),
  text text,
  added_by integer not null references agents (id),
  created_at timestamptz not null default now()
);
create index action_evidence_item on action_evidence (action_item_id, created_at, id);

-- What was said once because a day came. With another due day it is said again.
create table action_reminders (
  action_item_id uuid not null references action_items (id) on delete cascade,
  kind varchar(20) not null check (kind in ('overdue', 'remind_before', 'remind_after')),
  due_date date not null,
  at timestamptz not null,
  primary key (action_item_id, kind, due_date)
);
    `);
  }
}
