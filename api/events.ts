import { actionCreated, actionUpdated } from './actions/actions.events.ts';
import { agentActivity } from './activity/activity.events.ts';
import { absenceChanged } from './agents/absences.events.ts';
import { agentCreated, agentDeleted, agentUpdated } from './agents/agents.events.ts';
import { agentSignedIn, passwordForgotten, signInEnded } from './auth/auth.events.ts';
import { authEventJobs } from './auth/password.jobs.ts';
import { identityCreated, identityDeleted } from './identities/identities.events.ts';
import { importsEvents } from './imports/imports.events.ts';
import { importsEventJobs } from './imports/imports.jobs.ts';
import type { EventDefinition } from './events/event.ts';
import { goalUpdated } from './goals/goals.events.ts';
import { keyRevoked } from './keys/keys.events.ts';
import { interactionsChanged } from './interactions/interactions.events.ts';
import { mailQueued } from './mail/mail.events.ts';
import { mailEventJobs } from './mail/mail.jobs.ts';
import { notification, notificationRead, preferencesUpdated } from './notifications/notifications.events.ts';
import { noteCreated, noteDeleted, noteUpdated } from './notes/notes.events.ts';
import { daysMarkedStale, daysRecomputed, performanceJobs, performanceUpdate } from './performance/performance.events.ts';
import { agentOffline, agentOnline, agentStatusChange, presenceCorrected } from './presence/presence.events.ts';
import { goalsJobs } from './goals/goals.jobs.ts';
import { preparationJobs, preparationUpdated } from './preparation/preparation.events.ts';
import { priorityQueueJobs, priorityQueueUpdated } from './priority-queue/priority-queue.events.ts';
import { sessionRequestUpdated } from './session-requests/session-requests.events.ts';
import type { EventJob } from './queues/jobs.ts';
import { sessionCommented, sessionUpdated, sessionWithdrawn } from './sessions/sessions.events.ts';
import { teamCreated, teamSettingsUpdated, teamUpdated } from './teams/teams.events.ts';

const all = [
  agentCreated, agentUpdated, agentDeleted, agentActivity, absenceChanged, agentSignedIn, signInEnded,
  identityCreated, identityDeleted, keyRevoked, mailQueued, passwordForgotten,
  agentOnline, agentOffline, agentStatusChange, presenceCorrected, notification, notificationRead, preferencesUpdated,
  teamCreated, teamUpdated, teamSettingsUpdated,
  noteCreated, noteUpdated, noteDeleted,
  sessionUpdated, sessionWithdrawn, sessionCommented,
  actionCreated, actionUpdated,
  interactionsChanged, performanceUpdate, daysMarkedStale, daysRecomputed, priorityQueueUpdated, preparationUpdated,
  goalUpdated, sessionRequestUpdated,
  ...importsEvents,
] as const;

/** Every event of every room, by type. Realtime knows no model: it only looks here. */
export const eventDefinitions: ReadonlyMap<string, EventDefinition<unknown>> = new Map(
  // Payloads meet only here, where the definition that is looked up is the one that wrote the event.
  all.map((definition) => [definition.type, definition as EventDefinition<never> as EventDefinition<unknown>]),
);

/** Which jobs follow from which events. */
export const eventJobs: readonly EventJob[] = [...importsEventJobs, ...authEventJobs, ...mailEventJobs, ...performanceJobs, ...priorityQueueJobs, ...preparationJobs, ...goalsJobs];
