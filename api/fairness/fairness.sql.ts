import { every, sql, type RawBuilder } from '../db/db.ts';
import { policySettings } from '../performance/policy.sql.ts';
import { DEFAULT_TEAM_SETTINGS } from '../performance/team-settings.ts';
import type { AnswerKind, FairnessFrame, NoteKind, PersonKind, SessionKind } from './fairness-frame.ts';

const known = (teamIds: FairnessFrame['teamIds']): string[] => teamIds.filter((id) => id !== null);

/** Everybody `a` whose coaching is looked at. */
export const inFrame = ({ teamIds, to }: FairnessFrame): RawBuilder<unknown> =>
  sql`(a.is_active and a.role = 'cs' and a.joined_on <= ${to}::date
    and (a.team_id = any(${known(teamIds)}::uuid[]) or (${teamIds.includes(null)}::boolean and a.team_id is null)))`;

const within = (column: string, { opens, closes }: FairnessFrame): RawBuilder<unknown> => sql`(${sql.ref(column)} >= ${opens} and ${sql.ref(column)} < ${closes})`;

/** Conditions on sessions `s`, by which they are counted and listed. */
export const sessionIs = (kind: SessionKind, frame: FairnessFrame): RawBuilder<unknown> => {
  if (kind === 'held') return sql`(s.status = 'completed' and ${within('s.completed_at', frame)})`;
  return sql`(s.status = ${kind === 'cancelled' ? 'cancelled' : 'no_show'} and ${within('s.scheduled_at', frame)})`;
};

/** On notes `n`. */
export const noteIs = (kind: NoteKind, frame: FairnessFrame): RawBuilder<unknown> =>
  every([sql`not n.is_private and n.deleted_at is null`, within('n.created_at', frame), kind === 'praise' ? sql`n.note_type = 'POSITIVE'` : sql`n.note_type <> 'POSITIVE'`]);

/** On answers: attendances `t` of held sessions `s`, with a dispute `d` where there was one. */
export const answerIs = (kind: AnswerKind | 'asked', { now }: FairnessFrame): RawBuilder<unknown> => {
  switch (kind) {
    case 'asked':
      return sql`t.acknowledgement <> 'none'`;
    case 'acknowledged':
      return sql`t.acknowledgement = 'acknowledged'`;
    case 'pending':
      return sql`(t.acknowledgement = 'pending' and (t.due_at is null or t.due_at >= ${now}))`;
    case 'overdue':
      return sql`(t.acknowledgement = 'pending' and t.due_at < ${now})`;
    case 'disputed':
      return sql`(t.acknowledgement = 'disputed' or d.session_id is not null)`;
  }
};

/** Days that may pass between two sessions of a team, by its settings at the end of a day. */
export const cadenceOf = (team: string, day: string, timezone: string): RawBuilder<number> =>
  sql`coalesce((${policySettings(team, day, timezone)} ->> 'cadenceDays')::int, ${DEFAULT_TEAM_SETTINGS.cadenceDays}::int)`;

/** People `a` with their last completed session `last_on`, their `held` sessions of the period, and their team's `cadence`. */
export const peopleOf = (frame: FairnessFrame, timezone: string): RawBuilder<unknown> => sql`
  select a.id, a.full_name, a.team_id, a.joined_on, coached.last_on, coalesce(coached.held, 0)::int as held, policy.cadence,
    ${frame.to}::date - coalesce(coached.last_on, a.joined_on) as days
  from agents a
  cross join (select ${frame.to}::date as last_day) frame
  left join lateral (
    select max((s.completed_at at time zone ${timezone})::date) as last_on, count(*) filter (where s.completed_at >= ${frame.opens}) as held
    from session_attendees t join coaching_sessions s on s.id = t.session_id
    where t.agent_id = a.id and s.status = 'completed' and s.completed_at < ${frame.closes}
  ) coached on true
  cross join lateral (select ${cadenceOf('a.team_id', 'frame.last_day', timezone)} as cadence) policy
  where ${inFrame(frame)}`;

/** Conditions on the people `p` of {@link peopleOf}. */
export const personIs = (kind: PersonKind): RawBuilder<unknown> => {
  switch (kind) {
    case 'people':
      return sql`true`;
    case 'inCadence':
      return sql`p.days <= p.cadence`;
    case 'outOfCadence':
      return sql`p.days > p.cadence`;
    case 'coached':
      return sql`p.held > 0`;
  }
};
