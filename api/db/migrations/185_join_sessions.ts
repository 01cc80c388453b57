import { Migration } from '@mikro-orm/migrations';

export class JoinSessions extends Migration {
  override up(): void {
    this.addSql(`
-- Who is in which session at the moment, by socket. Worth nothing after a crash of the database, hence unlogged.
create unlogged table session_visits (
  session_id uuid not null references coaching_sessions (id) on delete cascade,
  socket_id varchar(100) not null,
  agent_id integer not null references agents (id) on delete cascade,
  process_id uuid not null,
  entered_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  primary key (session_id, socket_id)
);
create index session_visits_process on session_visits (process_id);

-- What somebody writes in one go becomes one entry of the audit log; until then it stands here.
create table session_edits (
  session_id uuid not null references coaching_sessions (id) on delete cascade,
  author_id integer not null references agents (id) on delete cascade,
  began_at timestamptz not null,
  last_at timestamptz not null,
  writes integer not null default 1,
  -- By field: what it said before the first write and after the last.
  before jsonb not null,
  after jsonb not null,
  request_id varchar(100) not null,
  ip_address inet,
  primary key (session_id, author_id)
);
create index session_edits_last on session_edits (last_at);
create index session_edits_began on session_edits (began_at);

-- Of the edits of a document only the last one is worth a replay: the others are looked up to be cleared away.
create index outbox_session_updates on outbox (aggregate_id) where type = 'session:updated';

-- A field of the document that is written without being counted would be written over by whoever saw it before: what the
-- statement does not count is counted here.
create function count_session_fields() returns trigger language plpgsql as $fn$
declare
  field text;
  written text[];
begin
  if tg_op = 'INSERT' then
    written := array_remove(array[
      case when new.discussion_notes <> '' then 'discussionNotes' end,
      case when new.topics_covered <> '[]' then 'topicsCovered' end,
      case when new.engagement_score is not null then 'engagementScore' end,
      case when new.agenda <> '[]' then 'agenda' end,
      case when new.focus_metrics <> '[]' then 'focusMetrics' end,
      case when new.summary <> '' then 'summary' end,
      case when new.commitments <> '[]' then 'commitments' end], null);
    foreach field in array written loop
      new.field_versions := jsonb_build_object(field, 1) || new.field_versions;
    end loop;
    return new;
  end if;
  written := array_remove(array[
    case when new.discussion_notes is distinct from old.discussion_notes then 'discussionNotes' end,
    case when new.topics_covered is distinct from old.topics_covered then 'topicsCovered' end,
    case when new.engagement_score is distinct from old.engagement_score then 'engagementScore' end,
    case when new.agenda is distinct from old.agenda then 'agenda' end,
    case when new.focus_metrics is distinct from old.focus_metrics then 'focusMetrics' end,
    case when new.summary is distinct from old.summary then 'summary' end,
    case when new.commitments is distinct from old.commitments then 'commitments' end], null);
  foreach field in array written loop
    if new.field_versions -> field is not distinct from old.field_versions -> field then
      new.field_versions := new.field_versions || jsonb_build_object(field, coalesce((old.field_versions ->> field)::int, 0) + 1);
    end if;
  end loop;
  return new;
end $fn$;
create trigger count_session_fields before insert or update on coaching_sessions for each row execute function count_session_fields();
update coaching_sessions set field_versions = '{"focusMetrics": 1}' where focus_metrics <> '[]';
    `);
  }
}
