import { Redis, type RedisOptions } from 'ioredis';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { ActionEvidenceService } from './actions/action-evidence.service.ts';
import type { ActionProgressService } from './actions/action-progress.service.ts';
import { ActionRepository } from './actions/action.repository.ts';
import { buildActions } from './actions/actions.room.ts';
import type { ActionsService } from './actions/actions.service.ts';
import type { RemindersService } from './actions/reminders.service.ts';
import { ActivityRepository } from './activity/activity.repository.ts';
import { ActivityService } from './activity/activity.service.ts';
import { PartitionsRepository } from './activity/partitions.repository.ts';
import { PartitionsService } from './activity/partitions.service.ts';
import { AbsenceRepository } from './agents/absence.repository.ts';
import { AbsencesService } from './agents/absences.service.ts';
import { PeopleOutdating, type PeopleCache } from './agents/people-cache.ts';
import { AgentRepository } from './agents/agent.repository.ts';
import { AgentsMigration } from './agents/migration/agents-migration.service.ts';
import { MigratedPeople } from './agents/migration/migrated-people.service.ts';
import { AgentsService } from './agents/agents.service.ts';
import { AuthService } from './auth/auth.service.ts';
import { PasswordsService } from './auth/passwords.service.ts';
import type { Principal } from './auth/principal.ts';
import { Sealer } from './auth/sealer.ts';
import { Authenticator } from './auth/authenticator.ts';
import { SignIns } from './auth/sign-ins.ts';
import { AccessTokens } from './auth/tokens.ts';
import { AnswerCache } from './cache/answer-cache.ts';
import type { Config } from './config.ts';
import { systemClock, type Clock } from './db/clock.ts';
import { createOrm } from './db/orm.ts';
import { UnitOfWork } from './db/unit-of-work.ts';
import { buildDemo } from './demo/demo.room.ts';
import type { DemoService } from './demo/demo.service.ts';
import type { FloorService } from './demo/floor.service.ts';
import { EffectService } from './effect/effect.service.ts';
import { NeighbourRepository } from './effect/neighbour.repository.ts';
import { FairnessRepository } from './fairness/fairness.repository.ts';
import { FairnessRowsRepository } from './fairness/fairness-rows.repository.ts';
import { FairnessService } from './fairness/fairness.service.ts';
import { ImportedPeople } from './agents/imported-people.service.ts';
import { buildImports } from './imports/imports.room.ts';
import type { ImportsService } from './imports/imports.service.ts';
import type { FileStore } from './storage/file-store.ts';
import { openFileStore } from './storage/open-file-store.ts';
import { buildExports } from './exports/exports.room.ts';
import type { ExportsService } from './exports/exports.service.ts';
import { GoalRepository } from './goals/goal.repository.ts';
import { GoalsService } from './goals/goals.service.ts';
import { NoteRepository } from './notes/note.repository.ts';
import { NotesService } from './notes/notes.service.ts';
import type { DigestsService } from './notifications/digests.service.ts';
import type { InboxService } from './notifications/inbox.service.ts';
import { buildNotifications } from './notifications/notifications.room.ts';
import type { NotificationsService } from './notifications/notifications.service.ts';
import type { PreferencesService } from './notifications/preferences.service.ts';
import { HostInteractionRepository } from './interactions/host-interaction.repository.ts';
import { InteractionRepository } from './interactions/interaction.repository.ts';
import { InteractionsService } from './interactions/interactions.service.ts';
import { IdentitiesService } from './identities/identities.service.ts';
import { MigratedIdentities } from './identities/migrated-identities.service.ts';
import { IdentityRepository } from './identities/identity.repository.ts';
import { KeyRepository } from './keys/key.repository.ts';
import { KeysService } from './keys/keys.service.ts';
import { RecordingRepository } from './interactions/recording.repository.ts';
import { RecordingService } from './interactions/recording.service.ts';
import { MailRepository } from './mail/mail.repository.ts';
import { MailService } from './mail/mail.service.ts';
import { smtpTransport } from './mail/mail-transport.ts';
import { createLog, type Log } from './observability/log.ts';
import { AgentFiguresRepository } from './performance/agent-figures.repository.ts';
import { BookedSessionRepository } from './performance/booked-session.repository.ts';
import { BusinessCalendar } from './performance/business-day.ts';
import { DailyRowsRepository } from './performance/daily-rows.repository.ts';
import { PerformanceService } from './performance/performance.service.ts';
import { RecomputationService } from './performance/recomputation.service.ts';
import { RecomputedDaysRepository } from './performance/recomputed-days.repository.ts';
import { buildPreparations } from './preparation/preparation.room.ts';
import type { PreparationService } from './preparation/preparation.service.ts';
import type { ImportedPresence } from './presence/imported-presence.service.ts';
import type { LedgerService } from './presence/ledger.service.ts';
import { buildPresence } from './presence/presence.room.ts';
import type { PresenceService } from './presence/presence.service.ts';
import type { SessionsService } from './presence/sessions.service.ts';
import type { ThresholdsService } from './presence/thresholds.service.ts';
import { AnnouncementsService } from './priority-queue/announcements.service.ts';
import { PriorityQueueRepository } from './priority-queue/priority-queue.repository.ts';
import { PriorityQueueService } from './priority-queue/priority-queue.service.ts';
import { QueueCache } from './priority-queue/queue-cache.ts';
import { SnoozeRepository } from './priority-queue/snooze.repository.ts';
import { SnoozesService } from './priority-queue/snoozes.service.ts';
import { QuickStatsRepository } from './quick-stats/quick-stats.repository.ts';
import { QuickStatsService } from './quick-stats/quick-stats.service.ts';
import { JobRunsRepository } from './queues/job-runs.repository.ts';
import { JobRunsService } from './queues/job-runs.service.ts';
import { queuePool } from './queues/queue-pool.ts';
import { Queues, type QueueBackend } from './queues/queues.ts';
import { EphemeralChannel } from './realtime/ephemeral.ts';
import { RetentionRepository } from './retention/retention.repository.ts';
import { RetentionService } from './retention/retention.service.ts';
import { RecordRepository } from './record/record.repository.ts';
import { RecordService } from './record/record.service.ts';
import { SessionRequestRepository } from './session-requests/session-request.repository.ts';
import { SessionRequestsService } from './session-requests/session-requests.service.ts';
import { buildSessions, type CoachingSessions } from './sessions/sessions.room.ts';
import { buildOldSystems, type OldSystems } from './old-systems/old-systems.room.ts';
import { StatusBoardRepository } from './status-board/status-board.repository.ts';
import { StatusBoardService } from './status-board/status-board.service.ts';
import { buildLiveSessions, type LiveSessions } from './sessions/live/live.room.ts';
import { MigratedTeams } from './teams/migrated-teams.service.ts';
import { TeamRepository } from './teams/team.repository.ts';
import { TeamsService } from './teams/teams.service.ts';
import { TemplateRepository } from './templates/template.repository.ts';
import { TemplatesService } from './templates/templates.service.ts';

/** What a test may put in place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Log;
}

/** Everything a process needs, built once from its configuration. Nothing else constructs services. */
export interface Context {
  readonly config: Config;
  readonly log: Log;
  readonly clock: Clock;
  readonly uow: UnitOfWork;
  /** Fails at once when Redis is away: for what can do without it for a while. Null without `REDIS_URL`. */
  readonly redis: Redis | null;
  readonly queueBackend: QueueBackend;
  readonly queues: Queues;
  readonly jobRuns: JobRunsService;
  readonly ephemeral: EphemeralChannel;
  readonly authenticator: Authenticator;
  readonly auth: AuthService;
  readonly activity: ActivityService;
  readonly partitions: PartitionsService;
  readonly peopleCache: PeopleCache;
  readonly outdating: PeopleOutdating;
  readonly agents: AgentsService;
  readonly identities: IdentitiesService;
  readonly keys: KeysService;
  readonly mail: MailService;
  readonly notifications: NotificationsService;
  readonly inbox: InboxService;
  readonly digests: DigestsService;
  /** How people want to be told things. */
  readonly preferences: PreferencesService;
  readonly passwords: PasswordsService;
  readonly agentsMigration: AgentsMigration;
  readonly absences: AbsencesService;
  readonly teams: TeamsService;
  readonly presence: PresenceService;
  /** Sessions of sockets; sign-ins are elsewhere. */
  readonly sessions: SessionsService;
  readonly ledger: LedgerService;
  readonly thresholds: ThresholdsService;
  readonly importedPresence: ImportedPresence;
  readonly notes: NotesService;
  readonly coachingSessions: CoachingSessions;
  readonly liveSessions: LiveSessions;
  readonly actions: ActionsService;
  readonly actionProgress: ActionProgressService;
  readonly actionEvidence: ActionEvidenceService;
  readonly templates: TemplatesService;
  readonly goals: GoalsService;
  readonly sessionRequests: SessionRequestsService;
  readonly actionReminders: RemindersService;
  readonly record: RecordService;
  /** Where uploaded files are kept. */
  readonly files: FileStore;
  readonly imports: ImportsService;
  /** What brings things of other systems along. */
  readonly oldSystems: OldSystems;
  readonly exports: ExportsService;
  readonly interactions: InteractionsService;
  readonly recording: RecordingService;
  readonly performance: PerformanceService;
  readonly recomputation: RecomputationService;
  readonly priorityQueue: PriorityQueueService;
  readonly quickStats: QuickStatsService;
  readonly snoozes: SnoozesService;
  readonly announcements: AnnouncementsService;
  readonly fairness: FairnessService;
  readonly effects: EffectService;
  readonly preparations: PreparationService;
  readonly statusBoard: StatusBoardService;
  readonly retention: RetentionService;
  readonly demo: DemoService;
  readonly floor: FloorService;
  readonly repositories: { readonly agents: AgentRepository; readonly notes: NoteRepository; readonly actions: ActionRepository };
  close(): Promise<void>;
}

/** Connections a process keeps for its queues. */
const QUEUE_CONNECTIONS = 8;

/**
 * Builds the context. The database must be reachable and migrated.
 * @param name names the process in its log
 */
export async function createContext(config: Config, name: string, overrides: Overrides = {}): Promise<Context> {
  const log = overrides.log ?? createLog(config.logLevel, name);
  const clock = overrides.clock ?? systemClock;
  const orm = await createOrm(config.database, log);
  const uow = new UnitOfWork(() => orm.em.fork({ clear: true }), clock);
  const redis = config.redisUrl ? openRedis(config.redisUrl, log, IMPATIENT) : null;
  const queueBackend: QueueBackend = config.redisUrl ? { kind: 'redis', redis: openRedis(config.redisUrl, log, PATIENT) } : { kind: 'postgres', pool: queuePool(config.database.directUrl, QUEUE_CONNECTIONS) };
  const queues = new Queues(queueBackend);
  const peopleCache: PeopleCache = new AnswerCache({ seconds: config.cacheSeconds, redis, log });
  const outdating = new PeopleOutdating(peopleCache);
  uow.outdate = (events) => outdating.committed(events);
  const rooms = buildRooms(config, uow, clock, log, peopleCache);
  const ephemeral = new EphemeralChannel(uow);
  const jobRuns = new JobRunsService({ uow, runs: new JobRunsRepository() });
  const files = await openFileStore(config);
  const imports = buildImports({ config, log, clock, uow, files, people: new ImportedPeople({ uow, agents: rooms.repositories.agents, service: rooms.agents }), teams: rooms.teams, presence: rooms.importedPresence, ephemeral, recomputeStaleDays: () => rooms.recomputation.recomputeStaleDays({ quiet: true }) });
  return { config, log, clock, uow, redis, queueBackend, queues, jobRuns, ephemeral, files, imports, peopleCache, outdating, ...rooms, close: () => closeAll(orm, queues, queueBackend, redis) };
}

function buildRooms(config: Config, uow: UnitOfWork, clock: Clock, log: Log, cache: PeopleCache) {
  const calendar = new BusinessCalendar(config.businessTimezone);
  const repositories = { agents: new AgentRepository(() => calendar.today(clock.now())), notes: new NoteRepository(), actions: new ActionRepository(() => calendar.dayOf(clock.now())) };
  const tokens = new AccessTokens(config.auth);
  const keys = new KeysService({ uow, keys: new KeyRepository(), clock });
  const authenticator = new Authenticator({ tokens, uow, clock, keys });
  const signIns = new SignIns();
  // The one knot: people name their team, and a change of team changes people.
  const teamRows = new TeamRepository();
  const teams = new TeamsService({ uow, teams: teamRows, announce: (tx, ids) => agents.announce(tx, ids) });
  const agents: AgentsService = new AgentsService({ uow, agents: repositories.agents, teams, signIns, cache, today: () => calendar.dayOf(clock.now()), endPresence: (tx, id) => presence.end(tx, id), tellFormerAddress: (tx, to) => mail.queue(tx, { template: 'email-changed', to, link: config.publicUrl, validFor: '' }) });
  const activity = new ActivityService({ uow, activities: new ActivityRepository(), clock });
  const transport = config.mail && smtpTransport(config.mail.smtpUrl, config.mail.from);
  const mail = new MailService({ uow, mails: new MailRepository(), sealer: new Sealer(config.auth.secrets), transport, clock, log, publicUrl: config.publicUrl });
  const { notifications, preferences, ...told } = buildNotifications(config, uow, clock, mail, agents);
  const identities = new IdentitiesService({ uow, identities: new IdentityRepository(), agents });
  const absences = new AbsencesService({ uow, absences: new AbsenceRepository(), agents: repositories.agents });
  const passwords = new PasswordsService({ uow, mail, signIns, clock, publicUrl: config.publicUrl });
  const agentsMigration = new AgentsMigration({ uow, agents: repositories.agents, passwords });
  const auth = new AuthService({ uow, agents, activity, tokens, signIns, passwords, clock, config });
  const interactions = new InteractionsService({ uow, interactions: new InteractionRepository(), recordings: new RecordingRepository() });
  const notes = new NotesService({ uow, notes: repositories.notes, agents, interactionIsAbout: (by, id, agentId) => interactions.isAbout(by, id, agentId) });
  const measured = buildMeasured(config, uow, clock, calendar, agents);
  const voice = buildVoice(uow, clock, calendar, { agents, teams, notifications, performance: measured.performance });
  const actionItems = buildActions(uow, clock, calendar, repositories.actions, { agents, teams, interactions, notifications, preferences, performance: measured.performance });
  const coachingSessions = buildSessions({ config, uow, clock, calendar, absences, actions: actionItems.actions, notes, notifications, recomputation: measured.recomputation, teams, ...voice });
  const liveSessions = buildLiveSessions({ uow, clock, desk: coachingSessions.desk });
  const coached = { uow, clock, calendar, agents, performance: measured.performance, session: (by: Principal, id: string) => coachingSessions.desk.reached(by, id) };
  const effects = new EffectService({ ...coached, neighbours: new NeighbourRepository(config.businessTimezone) });
  const preparations = buildPreparations({ ...coached, notes, effects, actions: actionItems.actions, queue: measured.priorityQueue, announceReady: (tx, id) => coachingSessions.steps.prepared(tx, id) });
  const exports = buildExports({ uow, calendar, actions: actionItems.actions, agents, interactions, performance: measured.performance, notes, sessions: coachingSessions.scheduling });
  const recording = new RecordingService({ uow, interactions: new HostInteractionRepository(), recomputation: measured.recomputation, activity, calendar, resolveIdentities: (db, system, ids) => identities.resolve(db, system, ids) });
  const { presence, sessions, ledger, thresholds, importedPresence }: ReturnType<typeof buildPresence> = buildPresence(uow, clock, calendar, { agents, activity, teams, notifications, recomputation: measured.recomputation });
  const oldSystems = buildOldSystems({ uow, calendar, people: new MigratedPeople({ agents: repositories.agents, service: agents, calendar }), everybody: new ImportedPeople({ uow, agents: repositories.agents, service: agents }), identities, migratedIdentities: new MigratedIdentities({ service: identities }), teams: new MigratedTeams({ teams: teamRows, service: teams }), recomputation: measured.recomputation });
  const simulation = buildDemo(config, uow, clock, calendar, { agents, signIns, presence, recomputation: measured.recomputation });
  const partitions = new PartitionsService({ uow, partitions: new PartitionsRepository(), clock });
  const retention = new RetentionService({ uow, retention: new RetentionRepository(), partitions, clock });
  return { repositories, oldSystems, partitions, retention, authenticator, auth, activity, agents, identities, keys, mail, notifications, preferences, ...told, passwords, agentsMigration, absences, teams, presence, sessions, ledger, thresholds, importedPresence, notes, coachingSessions, liveSessions, effects, preparations, ...actionItems, ...voice, interactions, exports, recording, ...measured, ...simulation };
}

/** What coaching is prepared from: templates, goals, and what people ask for. */
function buildVoice(
  uow: UnitOfWork, clock: Clock, calendar: BusinessCalendar,
  { agents, teams, notifications, performance }: { agents: AgentsService; teams: TeamsService; notifications: NotificationsService; performance: PerformanceService },
) {
  const templates = new TemplatesService({ uow, templates: new TemplateRepository(), teamExists: (id) => teams.exists(id) });
  const goals = new GoalsService({ uow, goals: new GoalRepository(), agents, performance, calendar, clock });
  const sessionRequests = new SessionRequestsService({ uow, requests: new SessionRequestRepository(), notifications, calendar, clock, daysToAnswer: async (db, id) => (await teams.settingsInForce(db, (await agents.get(id)).teamId)).requestDays });
  const record = new RecordService({ uow, record: new RecordRepository(), agents });
  return { templates, goals, sessionRequests, record };
}

/** The rooms that count: daily rows, figures, the priority queue. */
function buildMeasured(config: Config, uow: UnitOfWork, clock: Clock, calendar: BusinessCalendar, agents: AgentsService) {
  const days = new RecomputedDaysRepository(config.businessTimezone);
  const performance = new PerformanceService({ uow, days: new DailyRowsRepository(), sessions: new BookedSessionRepository(), agents, calendar, clock });
  const figures = new AgentFiguresRepository();
  const recomputation = new RecomputationService({ uow, days, figures, calendar, announce: (tx, ids) => agents.announce(tx, ids) });
  const queue = { repository: new PriorityQueueRepository(config.businessTimezone), cache: new QueueCache() };
  const priorityQueue = new PriorityQueueService({ uow, ...queue, calendar, clock });
  const snoozes = new SnoozesService({ uow, queue: queue.repository, snoozes: new SnoozeRepository(), cache: queue.cache, calendar });
  const announcements = new AnnouncementsService({ uow, queue: queue.repository });
  const quickStats = new QuickStatsService({ uow, repository: new QuickStatsRepository(config.businessTimezone), calendar, clock });
  const fairness = new FairnessService({ uow, fairness: new FairnessRepository(config.businessTimezone), rows: new FairnessRowsRepository(config.businessTimezone), calendar, clock });
  const statusBoard = new StatusBoardService({ uow, board: new StatusBoardRepository(), calendar, clock });
  return { performance, recomputation, quickStats, priorityQueue, snoozes, announcements, fairness, statusBoard };
}

/** For queues: commands wait until Redis is back; what they would add is safe in the outbox meanwhile. */
type RedisPatience = Pick<RedisOptions, 'maxRetriesPerRequest' | 'enableOfflineQueue' | 'commandTimeout'>;
const PATIENT: RedisPatience = { maxRetriesPerRequest: null };
const IMPATIENT: RedisPatience = { maxRetriesPerRequest: 0, enableOfflineQueue: false, commandTimeout: 500 };

function openRedis(url: string, log: Log, options: RedisPatience): Redis {
  const redis = new Redis(url, options);
  redis.on('error', (error: Error) => log.warn({ err: error }, 'redis'));
  return redis;
}

async function closeAll(orm: MikroORM, queues: Queues, backend: QueueBackend, redis: Redis | null): Promise<void> {
  await queues.close();
  if (backend.kind === 'postgres') await backend.pool.end();
  else backend.redis.disconnect();
  redis?.disconnect();
  await orm.close();
}
