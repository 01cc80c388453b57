import type { ActionsService } from '../actions/actions.service.ts';
import type { AbsencesService } from '../agents/absences.service.ts';
import type { Config } from '../config.ts';
import type { Clock } from '../db/clock.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { NotesService } from '../notes/notes.service.ts';
import type { NotificationsService } from '../notifications/notifications.service.ts';
import type { GoalsService } from '../goals/goals.service.ts';
import type { BusinessCalendar } from '../performance/business-day.ts';
import type { RecomputationService } from '../performance/recomputation.service.ts';
import type { SessionRequestsService } from '../session-requests/session-requests.service.ts';
import type { TeamsService } from '../teams/teams.service.ts';
import type { TemplatesService } from '../templates/templates.service.ts';
import { AcknowledgementRepository } from './acknowledgement.repository.ts';
import { AcknowledgementsService } from './acknowledgements.service.ts';
import { AgendaService } from './agenda.service.ts';
import { Bookings } from './bookings.ts';
import { CalendarsService } from './calendars.service.ts';
import { CommentRepository } from './comment.repository.ts';
import { CommentsService } from './comments.service.ts';
import { CompletionService } from './completion.service.ts';
import { DeadlineWatch } from './deadline-watch.service.ts';
import { Deadlines } from './deadlines.ts';
import { DisputesService } from './disputes.service.ts';
import { SchedulingService, type SessionReferences } from './scheduling.service.ts';
import { SessionDesk } from './session-desk.ts';
import { SessionLetters } from './session-letters.service.ts';
import { SessionRepository } from './session.repository.ts';
import { StepsService } from './steps.service.ts';
import { SummariesService } from './summaries.service.ts';

/** What the room needs of others. */
export interface SessionsNeeds {
  readonly config: Config;
  readonly uow: UnitOfWork;
  readonly clock: Clock;
  readonly calendar: BusinessCalendar;
  readonly absences: AbsencesService;
  readonly actions: ActionsService;
  readonly goals: GoalsService;
  readonly notes: NotesService;
  readonly notifications: NotificationsService;
  readonly recomputation: RecomputationService;
  readonly sessionRequests: SessionRequestsService;
  readonly teams: TeamsService;
  readonly templates: TemplatesService;
}

/** Coaching sessions, by what is done with them. */
export interface CoachingSessions {
  readonly desk: SessionDesk;
  readonly scheduling: SchedulingService;
  readonly steps: StepsService;
  readonly completion: CompletionService;
  readonly summaries: SummariesService;
  readonly acknowledgements: AcknowledgementsService;
  readonly disputes: DisputesService;
  readonly agenda: AgendaService;
  readonly comments: CommentsService;
  readonly calendars: CalendarsService;
  readonly deadlineWatch: DeadlineWatch;
  readonly repository: SessionRepository;
}

/** Who invitations are from where the installation sends no mail: an address that nobody can have. */
const NOBODY = 'coaching@sideline.invalid';

/** Puts the room together; called by the composition root. */
export function buildSessions(needs: SessionsNeeds): CoachingSessions {
  const { config, uow, clock, calendar } = needs;
  const now = (): Date => clock.now();
  const sender = { organizerEmail: addressIn(config.mail?.from) ?? NOBODY, publicUrl: config.publicUrl };
  const sessions = new SessionRepository();
  const acknowledgements = new AcknowledgementRepository();
  const desk = new SessionDesk({ uow, sessions, announceGoals: (tx, ids) => needs.goals.announceSessions(tx, ids) });
  const letters = new SessionLetters({ notifications: needs.notifications, sessions, timezone: calendar.timezone, sender });
  const deadlines = new Deadlines({ calendar, allowed: (db, teamId) => needs.teams.settingsInForce(db, teamId) });
  const bookings = new Bookings({ sessions, calendar, awayOn: (db, ids, from, to) => needs.absences.awayOn(db, ids, from, to) });
  const references: SessionReferences = {
    template: (by, id) => needs.templates.forSession(by, id),
    assertGoals: (db, ids, agentIds) => needs.goals.assertOf(db, ids, agentIds),
    request: (by, id, attendeeIds) => needs.sessionRequests.ofAttendee(by, id, attendeeIds),
    announceAgreed: (tx, sessionId) => needs.actions.announceOfSession(tx, sessionId),
    answerRequest: (by, id, session) => needs.sessionRequests.schedule(by, id, session),
  };
  const scheduling = new SchedulingService({ uow, sessions, desk, bookings, letters, references, now });
  const summaries = new SummariesService({ desk, actions: needs.actions });
  const answering = { uow, desk, acknowledgements, deadlines, letters };
  return {
    desk,
    scheduling,
    summaries,
    repository: sessions,
    steps: new StepsService({ uow, desk, letters, sessions, reopenRequest: (by, id, sessionId) => needs.sessionRequests.reopen(by, id, sessionId) }),
    completion: new CompletionService({
      ...answering,
      scheduling,
      summaries,
      actions: needs.actions,
      addressNotes: (by, id, noteIds, agentIds) => needs.notes.addressInSession(by, id, noteIds, agentIds),
      markFiguresStale: (tx, agentIds) => needs.recomputation.markFiguresStale(tx, agentIds),
    }),
    acknowledgements: new AcknowledgementsService(answering),
    disputes: new DisputesService(answering),
    agenda: new AgendaService({ uow, desk, letters }),
    comments: new CommentsService({ uow, desk, comments: new CommentRepository(), letters }),
    calendars: new CalendarsService({ desk, sender, now }),
    deadlineWatch: new DeadlineWatch({ uow, sessions, acknowledgements, letters }),
  };
}

/** The address of `Sideline <coaching@example.com>`. */
const addressIn = (from: string | undefined): string | undefined => /([^<>\s]+@[^<>\s]+?)>?\s*$/.exec(from ?? '')?.[1];
