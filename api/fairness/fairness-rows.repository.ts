import { every, sql, type Db, type RawBuilder } from '../db/db.ts';
import { iso } from '../db/iso.ts';
import type { AnswerKind, FairnessFrame, FairnessKind, NoteKind, PersonKind, SessionKind } from './fairness-frame.ts';
import { answerIs, inFrame, noteIs, peopleOf, personIs, sessionIs } from './fairness.sql.ts';

/** A row behind a figure. */
export interface FairnessRow {
  readonly kind: 'person' | 'coachingSession' | 'quickNote';
  readonly id: string;
  readonly at: string | null;
  readonly title: string;
  readonly agent: { readonly id: number; readonly name: string } | null;
  readonly status: string | null;
}

export interface RowRequest {
  readonly kind: FairnessKind;
  /** Only sessions, notes or people of this leader. */
  readonly leaderId?: number | undefined;
  readonly page: number;
  readonly limit: number;
}

const PERSON_KINDS: readonly string[] = ['people', 'inCadence', 'outOfCadence', 'coached'] satisfies PersonKind[];
const SESSION_KINDS: readonly string[] = ['held', 'cancelled', 'noShow'] satisfies SessionKind[];
const NOTE_KINDS: readonly string[] = ['praise', 'correction'] satisfies NoteKind[];

/** Lists what {@link FairnessRepository} counts, by the same conditions. */
export class FairnessRowsRepository {
  readonly #timezone: string;

  /** @param timezone IANA name of the zone whose days are business days */
  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  async list(db: Db, frame: FairnessFrame, request: RowRequest): Promise<{ rows: FairnessRow[]; total: number }> {
    const all = this.#rows(frame, request);
    const rows = await db.rows(sql<FairnessRow>`select kind, id, at, title, agent, status from (${all}) r order by r.place, r.id limit ${request.limit} offset ${(request.page - 1) * request.limit}`);
    const count = await db.first(sql<{ n: number }>`select count(*)::int as n from (${all}) r`);
    return { rows, total: count?.n ?? 0 };
  }

  #rows(frame: FairnessFrame, { kind, leaderId }: RowRequest): RawBuilder<unknown> {
    if (PERSON_KINDS.includes(kind)) return this.#people(frame, kind as PersonKind, leaderId);
    if (SESSION_KINDS.includes(kind)) return sessionRows(frame, kind as SessionKind, leaderId);
    if (NOTE_KINDS.includes(kind)) return noteRows(frame, kind as NoteKind, leaderId);
    return answerRows(frame, kind as AnswerKind, leaderId);
  }

  #people(frame: FairnessFrame, kind: PersonKind, leaderId: number | undefined): RawBuilder<unknown> {
    const led = leaderId === undefined ? sql`true` : sql`exists (select from team_leaders l where l.team_id = p.team_id and l.agent_id = ${leaderId})`;
    return sql`select 'person' as kind, p.id::text as id, p.last_on::text as at, p.full_name as title, ${person('p.id', 'p.full_name')} as agent, null as status,
      p.full_name as place from (${peopleOf(frame, this.#timezone)}) p where ${personIs(kind)} and ${led}`;
  }
}

const person = (id: string, name: string): RawBuilder<unknown> => sql`json_build_object('id', ${sql.ref(id)}, 'name', ${sql.ref(name)})`;

const heldBy = (leaderId: number | undefined): RawBuilder<unknown> => (leaderId === undefined ? sql`true` : sql`s.team_leader_id = ${leaderId}`);

function sessionRows(frame: FairnessFrame, kind: SessionKind, leaderId: number | undefined): RawBuilder<unknown> {
  return sql`
    select 'coachingSession' as kind, s.id::text as id, ${iso('s.at')} as at, string_agg(a.full_name, ', ' order by a.full_name) as title,
      case when count(*) = 1 then json_build_object('id', min(a.id), 'name', min(a.full_name)) end as agent, s.status, to_char(s.at, 'YYYYMMDDHH24MISSUS') as place
    from (select *, case when status = 'completed' then completed_at else scheduled_at end as at from coaching_sessions) s
    join session_attendees t on t.session_id = s.id join agents a on a.id = t.agent_id
    where ${every([inFrame(frame), sessionIs(kind, frame), heldBy(leaderId)])} group by s.id, s.at, s.status`;
}

function noteRows(frame: FairnessFrame, kind: NoteKind, leaderId: number | undefined): RawBuilder<unknown> {
  const by = leaderId === undefined ? sql`true` : sql`n.author_id = ${leaderId}`;
  return sql`
    select 'quickNote' as kind, n.id::text as id, ${iso('n.created_at')} as at, left(n.content, 200) as title, ${person('a.id', 'a.full_name')} as agent,
      n.note_type as status, to_char(n.created_at, 'YYYYMMDDHH24MISSUS') as place
    from quick_notes n join agents a on a.id = n.agent_id where ${every([inFrame(frame), noteIs(kind, frame), by])}`;
}

function answerRows(frame: FairnessFrame, kind: AnswerKind, leaderId: number | undefined): RawBuilder<unknown> {
  return sql`
    select 'coachingSession' as kind, s.id::text as id, ${iso('s.completed_at')} as at, a.full_name as title, ${person('a.id', 'a.full_name')} as agent,
      coalesce(d.outcome, t.acknowledgement) as status, to_char(s.completed_at, 'YYYYMMDDHH24MISSUS') || a.id as place
    from session_attendees t join coaching_sessions s on s.id = t.session_id join agents a on a.id = t.agent_id
    left join session_disputes d on d.session_id = t.session_id and d.agent_id = t.agent_id
    where ${every([inFrame(frame), sessionIs('held', frame), answerIs(kind, frame), heldBy(leaderId)])}`;
}
