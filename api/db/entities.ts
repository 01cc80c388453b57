import { ActionEntity } from '../actions/action.entity.ts';
import { AbsenceEntity } from '../agents/absence.entity.ts';
import { AgentEntity } from '../agents/agent.entity.ts';
import { GoalEntity } from '../goals/goal.entity.ts';
import { NoteEntity } from '../notes/note.entity.ts';
import { SessionRequestEntity } from '../session-requests/session-request.entity.ts';
import { SessionEntity } from '../sessions/session.entity.ts';
import { TeamEntity } from '../teams/team.entity.ts';
import { TemplateEntity } from '../templates/template.entity.ts';

/** Every entity of every room. */
export const entities = [AgentEntity, AbsenceEntity, TeamEntity, NoteEntity, ActionEntity, TemplateEntity, GoalEntity, SessionRequestEntity, SessionEntity] as const;
